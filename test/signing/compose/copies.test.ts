import { expect, test } from "vitest";
import type { Instant } from "../../../src/core/kernel.ts";
import { has, run } from "../../support/tools.ts";
import { composed, onDisk } from "./composed.ts";
import { sampleCopy } from "./sample.ts";

const skipped = !has("pdftotext");

test.skipIf(skipped)(
  "COPIES-1: each copy says which of how many it is, on each page's strip and on the attestation sheet",
  async () => {
    const single = await sampleCopy();
    const place = { ordinal: 1000, of: 1000 };
    const many = { ...single, certificate: { ...single.certificate, copy: place } };
    const textOf = async (copy: typeof single) => {
      const { path } = onDisk(await composed(copy));
      return run("pdftotext", ["-bbox", path, "-"]).output;
    };
    const words = (text: string) => [...text.matchAll(/xMax="([\d.]+)"[^>]*>([^<]*)</g)];
    const shown = words(await textOf(many));
    const text = shown.map(([, , word]) => word).join(" ");
    expect(text).toContain("· Bản 1000/1000 ·");
    expect(text).toContain("Bản số 1000 trong tổng số 1000 bản.");
    const rightOf = (all: typeof shown) => Math.max(...all.map(([, right]) => Number(right)));
    const alone = words(await textOf(single));
    expect(alone.map(([, , word]) => word).join(" ")).not.toContain("Bản số");
    expect(rightOf(shown)).toBeLessThanOrEqual(rightOf(alone) + 0.5); // nothing runs into the margin
  },
);

test.skipIf(skipped)(
  "OFFSITE-1, NĐ 23/2015 Art. 10(2): place, hour and minute stand below the day, before the signer's line, in Vietnam's time",
  async () => {
    const office = await sampleCopy();
    const place = "nhà số 5, tổ 3, khu phố Thử Nghiệm Rất Dài Tên, phường Bình Minh, thành phố Sông Quyên (hư cấu)";
    const elsewhere = { place, at: "2026-11-22T02:40:00Z" as Instant };
    const { path } = onDisk(await composed({ ...office, certificate: { ...office.certificate, elsewhere } }));
    const text = run("pdftotext", ["-f", "2", "-layout", path, "-"]).output.replace(/\s+/g, " ");
    const said = `Ngày 22 tháng 11 năm 2026 Chứng thực ngoài trụ sở: tại ${place}, lúc 09 giờ 40 phút, ngày 22 tháng 11 năm 2026`;
    expect(text).toContain(`${said} Người thực hiện chứng thực ký, ghi rõ họ tên và đóng dấu`);
  },
);
