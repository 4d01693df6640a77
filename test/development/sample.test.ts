import { statSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { samplePaths } from "../../src/development/sample.ts";
import { has, run } from "../support/tools.ts";

describe("NĐ 30/2020 Appendix I: the sample is what an office scans and stamps", () => {
  test("the scan is A4 in colour at 200 dpi, JPEG, and small enough to be committed", async () => {
    const { format, width = 0, height = 0, density, channels } = await sharp(samplePaths.scan).metadata();
    expect({ format, density, channels }).toEqual({ format: "jpeg", density: 200, channels: 3 });
    expect([(width / 200) * 25.4, (height / 200) * 25.4].map(Math.round)).toEqual([210, 297]);
    expect(statSync(samplePaths.scan).size).toBeLessThan(400_000);
  });

  test.each([
    { name: "seal", path: samplePaths.seal, millimetres: [35, 35], strongest: 0 },
    { name: "signature", path: samplePaths.signature, millimetres: [48, 20], strongest: 2 },
  ])("the $name is a transparent PNG at true size in its ink", async ({ path, millimetres, strongest }) => {
    const { format, width = 0, height = 0, density = 0, hasAlpha } = await sharp(path).metadata();
    expect({ format, density, hasAlpha }).toEqual({ format: "png", density: 300, hasAlpha: true });
    expect([(width / density) * 25.4, (height / density) * 25.4].map(Math.round)).toEqual(millimetres);
    const { channels } = await sharp(path).stats();
    expect(channels[3]?.min).toBe(0); // nothing where nothing was drawn: the page shows through
    const ink = channels.slice(0, 3).map(({ max }) => max);
    expect(ink.indexOf(Math.max(...ink))).toBe(strongest);
  });

  test.skipIf(!has("tesseract"))("every name on the scan is marked as invented, readably", () => {
    const { output } = run("tesseract", [samplePaths.scan, "-", "-l", "vie", "--dpi", "200"]);
    expect(output).toContain("GIẤY CHỨNG NHẬN");
    expect(output).toMatch(/LÒ THỊ HOA MẪU \(HƯ CẤU\)/);
    expect(output).toMatch(/Cầm Văn Thí Dụ \(hư cấu\)/);
  });
});
