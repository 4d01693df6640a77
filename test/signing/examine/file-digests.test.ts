import fc from "fast-check";
import { expect, test } from "vitest";
import { fileDigests } from "../../../signing/examine/file-digests.ts";
import type { HashName, Primitives } from "../../../signing/format/primitives.ts";
import { concatBytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { webPrimitives } from "../../../src/primitives-web.ts";

const stretch = fc.tuple(fc.nat(400), fc.nat(400)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
const asked = fc.record({
  name: fc.constantFrom<HashName>("sha1", "sha256", "sha384", "sha512"),
  stretches: fc
    .array(stretch, { minLength: 1, maxLength: 3 })
    .chain((all) => fc.boolean().map((begins) => all.map((one, i) => (i === 0 && begins ? { ...one, from: 0 } : one)))),
});

test("ISO 32000-2 §12.8.1: in whatever order signatures ask, each digest is the one over its own bytes", () => {
  const pdf = new Uint8Array(400).map((_, i) => (i * 31) % 251);
  for (const primitives of [nodePrimitives, webPrimitives]) {
    fc.assert(
      fc.property(fc.array(fc.nat(450), { maxLength: 5 }), fc.array(asked, { maxLength: 6 }), (marks, questions) => {
        const digests = fileDigests(pdf, marks, primitives);
        for (const { name, stretches } of questions) {
          const content = concatBytes(...stretches.map(({ from, to }) => pdf.subarray(from, to)));
          expect(digests(name, stretches)).toEqual(primitives.digest(name, content));
        }
      }),
      { numRuns: 60 },
    );
  }
});

test("PERFORMANCE `examine`: the beginning that signatures share is hashed once", () => {
  let hashed = 0;
  const counting: Pick<Primitives, "hasher"> = { hasher: (name) => counted(nodePrimitives.hasher(name)) };
  const counted = (hasher: ReturnType<Primitives["hasher"]>): ReturnType<Primitives["hasher"]> => ({
    ...hasher,
    copy: () => counted(hasher.copy()),
    update: (bytes) => {
      hashed += bytes.length;
      hasher.update(bytes);
    },
  });
  const digests = fileDigests(new Uint8Array(10_000), [9000, 9400], counting);
  digests("sha256", [{ from: 0, to: 10_000 }]);
  digests("sha256", [
    { from: 0, to: 9400 },
    { from: 9500, to: 10_000 },
  ]);
  digests("sha256", [
    { from: 0, to: 9000 },
    { from: 9100, to: 9300 },
  ]);
  expect(hashed).toBeLessThan(11_000);
});
