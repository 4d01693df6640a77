import { additions, outcomeOfAddition } from "../test/signing/examine/additions.ts";
import { outcomeOf, tamperings, tamperTarget } from "../test/signing/examine/tampering.ts";

// npm run tamper -- [samples] [seed]: half of them on a file with classic tables, half with object streams;
// then a tenth as many updates behind it that smuggle something beside evidence.

const [samples = 10_000, seed = Math.floor(Date.now() / 1000)] = process.argv.slice(2).map(Number);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function tamper(useObjectStreams: boolean, count: number): Promise<number> {
  const target = await tamperTarget(useObjectStreams);
  const table: Record<string, Record<string, number>> = {};
  let brokenPromises = 0;
  for (const one of tamperings(target, count, seed)) {
    const { broken: why, status } = await outcomeOf(target, one);
    const row = table[one.region] ?? {};
    table[one.region] = { ...row, [status]: (row[status] ?? 0) + 1 };
    if (why === null) continue;
    brokenPromises += 1;
    say(JSON.stringify({ seed, useObjectStreams, ...one, why }));
  }
  const updates = additions(target, Math.ceil(count / 10), seed);
  for (const one of updates) {
    const why = await outcomeOfAddition(target, one);
    if (why === null) continue;
    brokenPromises += 1;
    say(JSON.stringify({ seed, useObjectStreams, ...one, why }));
  }
  await target.copy.end();
  say(JSON.stringify({ seed, useObjectStreams, samples: count, updates: updates.length, ...table, brokenPromises }));
  return brokenPromises;
}

async function main(): Promise<void> {
  const half = Math.ceil(samples / 2);
  const broken = (await tamper(false, half)) + (await tamper(true, samples - half));
  process.exitCode = broken === 0 ? 0 : 1;
}

void main();
