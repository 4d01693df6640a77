import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { withBeginnings } from "../../../src/wiring/beginnings.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const kiB = 1024;

/** The remembering primitives, and how many bytes went through a digest. */
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
  const primitives = withBeginnings({ ...nodePrimitives, hasher: (name) => wrapped(nodePrimitives.hasher(name)) });
  return {
    primitives,
    hashedBy: (act: () => unknown) => {
      const before = hashed;
      act();
      return hashed - before;
    },
  };
}

/** A copy of one number: a long beginning, and an end of its own. */
function copyOf(number: number, ordinal: number): Uint8Array {
  const copy = new Uint8Array(900 * kiB + ordinal).map((_, i) => (i * (number + 7)) % 251);
  copy.fill(ordinal, 850 * kiB);
  return copy;
}

describe("FIPS 180-4: digests of files that begin alike", () => {
  test("the third copy of a number is digested from where its own part begins, and its digest is that of its bytes", () => {
    const { primitives, hashedBy } = counted();
    const costs = [1, 2, 3, 4].map((ordinal) => {
      const copy = copyOf(1, ordinal);
      return hashedBy(() =>
        expect(hex(primitives.digest("sha256", copy))).toBe(hex(nodePrimitives.digest("sha256", copy))),
      );
    });
    expect(costs.slice(0, 2).every((bytes) => bytes > 850 * kiB)).toBe(true);
    expect(costs.slice(2).every((bytes) => bytes < 120 * kiB)).toBe(true);
  });

  test("two numbers in turn keep a beginning each", () => {
    const { primitives, hashedBy } = counted();
    for (const number of [1, 2]) for (const ordinal of [1, 2]) primitives.digest("sha256", copyOf(number, ordinal));
    for (const number of [1, 2, 1, 2]) {
      const copy = copyOf(number, 9);
      expect(hashedBy(() => primitives.digest("sha256", copy))).toBeLessThan(120 * kiB);
    }
  });

  test("a file that is changed after it was digested is another file", () => {
    const { primitives } = counted();
    const copy = copyOf(1, 1);
    for (const place of [0, 300_000, 800_000, copy.length - 1]) {
      primitives.digest("sha256", copy);
      primitives.digest("sha256", copy);
      copy[place] = 255 - (copy[place] ?? 0);
      expect(hex(primitives.digest("sha256", copy))).toBe(hex(nodePrimitives.digest("sha256", copy)));
    }
  });

  test("whatever comes, in pieces and copied half-way, the digest is that of Node", () => {
    const { primitives } = counted();
    const files = [1, 2].flatMap((number) => [1, 2, 3].map((ordinal) => copyOf(number, ordinal)));
    const piece = fc.record({ file: fc.nat(5), from: fc.constantFrom(0, 1, 70_000), length: fc.nat(950 * kiB) });
    const names = fc.constantFrom("sha256" as const, "sha384" as const);
    fc.assert(
      fc.property(names, fc.array(piece, { maxLength: 3 }), (name, pieces) => {
        const [ours, theirs] = [primitives.hasher(name), nodePrimitives.hasher(name)];
        for (const { file, from, length } of pieces) {
          const bytes = files[file]?.subarray(from, from + length) ?? new Uint8Array();
          ours.update(bytes);
          theirs.update(bytes);
          expect(hex(ours.copy().digest())).toBe(hex(theirs.copy().digest()));
        }
        expect(hex(ours.digest())).toBe(hex(theirs.digest()));
      }),
      { numRuns: 40 },
    );
  });
});
