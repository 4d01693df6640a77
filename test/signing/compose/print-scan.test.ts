import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { has } from "../../support/tools.ts";
import { composed, onDisk } from "./composed.ts";
import { aroundCode, printedAndScanned, randomOf, readByZbar, wearOf } from "./print-scan.ts";
import { longestLink, longestSignedCode, sampleCopy } from "./sample.ts";

const folder = mkdtempSync(join(tmpdir(), "print-scan-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!has("zbarimg") || !has("pdftoppm"))(
  "DESIGN Sheet and Signed code: printed at 0.92, folded, turned up to 3 degrees and scanned grey at 200 dpi, the longest codes are read (long form: npm run print-scan)",
  async () => {
    const input = await sampleCopy(undefined, { linkUrl: longestLink, signedCodeUrl: longestSignedCode });
    const { path } = onDisk(await composed(input));
    for (const [page, text] of [longestLink, longestSignedCode].entries()) {
      const sheet = await aroundCode(path, page + 1);
      const random = randomOf(20_261_123 + page + 1); // the first sheets of the long form
      for (let i = 0; i < 5; i++) {
        const scan = join(folder, `${page}-${i}.jpg`);
        writeFileSync(scan, await printedAndScanned(sheet, wearOf(random), random));
        expect(readByZbar(scan), `page ${page + 1}, sheet ${i}`).toBe(text);
      }
    }
  },
);
