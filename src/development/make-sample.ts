import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { samplePaths } from "./sample.ts";
import { inked } from "./sample-ink.ts";
import { sampleScan } from "./sample-scan.ts";
import { sealDrawing } from "./sample-seal.ts";
import { officerStrokes, signatureDrawing } from "./sample-signature.ts";

// Run by hand, `npx tsx src/development/make-sample.ts`; the files are committed. The same run gives the same bytes.

const seal = sealDrawing({
  above: "UBND PHƯỜNG HOA BAN",
  below: "TỈNH BAN MAI (HƯ CẤU)",
  middle: [
    { text: "MẪU THỬ", size: 10 },
    { text: "DEVELOPMENT", size: 6.6 },
    { text: "không có giá trị", size: 5.4 },
  ],
});

writeFileSync(samplePaths.seal, await inked(seal, 300, [200, 22, 29]));
writeFileSync(samplePaths.signature, await inked(signatureDrawing(officerStrokes), 300, [22, 52, 160]));
const scan = await sampleScan();
writeFileSync(samplePaths.scan, scan);
// The same paper scanned another time, for docs/first-day: a start certifies the first scan, and the same file would be told as certified before.
const again = sharp(scan).jpeg({ quality: 84 }).withMetadata({ density: 200 });
writeFileSync(join(dirname(samplePaths.scan), "first-day.jpg"), await again.toBuffer());
