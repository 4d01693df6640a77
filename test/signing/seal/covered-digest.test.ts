import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { appendedTo } from "../../../signing/seal/appended.ts";
import { coveredDigest, digestAnew } from "../../../signing/seal/covered-digest.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";

const base = new Uint8Array(5000).map((_, i) => i % 251);

/** A file with 300 bytes more, of which a hundred in the middle are the gap. */
function gapped(pdf: Bytes, filling: number) {
  const longer = appendedTo(pdf, 300, (into) => into.fill(filling));
  return { pdf: longer, gapStart: pdf.length + 100, gapEnd: pdf.length + 200 };
}

const byHand = ({ pdf, gapStart, gapEnd }: ReturnType<typeof gapped>, name = "sha256"): string =>
  createHash(name).update(pdf.slice(0, gapStart)).update(pdf.slice(gapEnd)).digest("hex");

const hex = (bytes: Bytes) => Buffer.from(bytes).toString("hex");

/** How many bytes went through the digests. */
function counted() {
  let hashed = 0;
  const wrapped = (hasher: ReturnType<typeof nodePrimitives.hasher>): typeof hasher => ({
    update: (bytes) => {
      hashed += bytes.length;
      hasher.update(bytes);
    },
    copy: () => wrapped(hasher.copy()),
    digest: () => hasher.digest(),
  });
  const hashes = {
    hasher: (name: Parameters<typeof nodePrimitives.hasher>[0]) => wrapped(nodePrimitives.hasher(name)),
  };
  return { hashes, hashed: () => hashed };
}

describe("ISO 32000-2 §12.8.1: everything but the gap is digested", () => {
  test("a second and a third signature go on from the beginning that they share with the one before, and digest the same", () => {
    const { hashes, hashed } = counted();
    const first = gapped(base, 1);
    expect(hex(coveredDigest(first, "sha256", hashes))).toBe(byHand(first));
    expect(hashed()).toBe(5200);
    first.pdf.fill(9, first.gapStart, first.gapEnd); // its signature is written into its gap
    const second = gapped(first.pdf, 2);
    expect(second.pdf.buffer).toBe(first.pdf.buffer);
    expect(hex(coveredDigest(second, "sha256", hashes))).toBe(byHand(second));
    expect(hashed()).toBe(5200 + 300 + 100);
    const third = gapped(second.pdf, 3);
    expect(hex(coveredDigest(third, "sha256", hashes))).toBe(byHand(third));
  });

  test("another digest, and another continuation of the same file, begin anew", () => {
    const first = gapped(base, 1);
    coveredDigest(first, "sha256", nodePrimitives);
    const second = gapped(first.pdf, 2);
    expect(hex(coveredDigest(second, "sha384", nodePrimitives))).toBe(byHand(second, "sha384"));
    const other = gapped(first.pdf, 4);
    expect(other.pdf.buffer).not.toBe(first.pdf.buffer);
    expect(hex(coveredDigest(other, "sha256", nodePrimitives))).toBe(byHand(other));
  });

  test("a beginning that was changed after the first signature gives the second no digest that would bless it", () => {
    const first = gapped(base, 1);
    const before = coveredDigest(first, "sha256", nodePrimitives);
    first.pdf[10] = 255;
    const second = gapped(first.pdf, 2);
    expect(hex(coveredDigest(second, "sha256", nodePrimitives))).not.toBe(byHand(second));
    expect(hex(digestAnew(first, "sha256", nodePrimitives))).not.toBe(hex(before));
    expect(hex(digestAnew(second, "sha256", nodePrimitives))).toBe(byHand(second));
  });
});
