import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fuzzOne } from "../test/signing/format/fuzzing.ts";

// npm run fuzz -- [seconds] [first seed]: 60 seconds and the clock where not said; 0 seconds tries that one seed.

const [seconds = 60, first = Date.now()] = process.argv.slice(2).map(Number);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function main(): Promise<void> {
  const until = Date.now() + seconds * 1000;
  let tried = 0;
  let findings = 0;
  do {
    const found = await fuzzOne(first + tried);
    tried += 1;
    if (found === null) continue;
    findings += 1;
    const file = join(mkdtempSync(join(tmpdir(), "chungthuc-fuzz-")), `${found.kind}-${found.seed}`);
    writeFileSync(file, found.input);
    say({ seed: found.seed, kind: found.kind, why: found.why, file });
  } while (Date.now() < until);
  say({ firstSeed: first, inputs: tried, findings });
  process.exitCode = findings === 0 ? 0 : 1;
}

void main();
