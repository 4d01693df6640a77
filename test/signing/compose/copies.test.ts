import { expect, test } from "vitest";
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
