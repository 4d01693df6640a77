import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composed, onDisk } from "../test/signing/compose/composed.ts";
import {
  aroundCode,
  foldedThrough,
  nearer,
  printedAndScanned,
  randomOf,
  readByZbar,
  wearOf,
} from "../test/signing/compose/print-scan.ts";
import { longestLink, longestSignedCode, sampleCopy } from "../test/signing/compose/sample.ts";

// npm run print-scan -- [samples] [seed]: how many of the printed, folded and scanned codes ZBar and ZXing read, each by
// itself; 99 of 100 is the goal. Needs zbarimg and pdftoppm, and `npm ci --prefix bench` for ZXing.

const [samples = 300, seed = 20_261_123] = process.argv.slice(2).map(Number);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

/** By its address: what it stands on is installed for benches only, and is not there when this is compiled. */
const zxing = (): Promise<{ readQr: (picture: Uint8Array) => Promise<string | null> }> =>
  import(new URL("./peers/zxing.mjs", import.meta.url).href);

type Measured = { readonly name: string; readonly pdfPath: string; readonly page: number };

async function measure({ name, pdfPath, page }: Measured, count: number, isThrough: boolean): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "print-scan-bench-"));
  const { readQr } = await zxing();
  const sheet = await aroundCode(pdfPath, page);
  const random = randomOf(seed + page);
  const read = { zbar: 0, zxing: 0, zxingAtOnce: 0 };
  for (let i = 0; i < count; i++) {
    const usual = wearOf(random);
    const wear = isThrough ? foldedThrough(usual, sheet) : usual;
    const scanned = await printedAndScanned(sheet, wear, random);
    const path = join(folder, "scan.jpg");
    writeFileSync(path, scanned);
    const zbar = readByZbar(path) === sheet.text;
    const zxingAtOnce = (await readQr(scanned)) === sheet.text;
    const zxingRead = zxingAtOnce || (await readQr(await nearer(scanned))) === sheet.text;
    read.zbar += Number(zbar);
    read.zxing += Number(zxingRead);
    read.zxingAtOnce += Number(zxingAtOnce);
    if (!isThrough && !(zbar && zxingRead)) say({ code: name, sample: i, zbar, zxing: zxingRead, ...wear });
  }
  rmSync(folder, { recursive: true, force: true });
  say({ code: name, isThrough, letters: sheet.text.length, samples: count, seed, ...read });
  return Math.min(read.zbar, read.zxing) >= 0.99 * count;
}

async function main(): Promise<void> {
  const input = await sampleCopy(undefined, { linkUrl: longestLink, signedCodeUrl: longestSignedCode });
  const { path: pdfPath } = onDisk(await composed(input));
  const link = { name: "link", pdfPath, page: 1 };
  const signed = { name: "signed code", pdfPath, page: 2 };
  const met = [await measure(link, samples, false), await measure(signed, samples, false)];
  process.exitCode = met.every(Boolean) ? 0 : 1;
  // Told, not held to the goal: few sheets are folded both ways through the very place of their code.
  const few = Math.ceil(samples / 10);
  await measure(link, few, true);
  await measure(signed, few, true);
}

void main();
