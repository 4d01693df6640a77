import { describe, expect, test } from "vitest";
import { type PdfFile, readPdf } from "../../../signing/format/pdf/file.ts";
import { appendedExtents, firstForeignByte, firstUnexplainedByte } from "../../../signing/format/pdf/tail.ts";
import { updatesOf } from "../../../signing/format/pdf/updates.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { appended, fileOf, rowText, type UpdateParts, type Written } from "../examine/appended.ts";

const join = (...parts: readonly (Bytes | string)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : part))));
function read(bytes: Bytes): PdfFile {
  const file = readPdf(bytes, nodePrimitives);
  if (!file.ok) throw new Error(file.failure.code);
  return file.value;
}
const catalog = "<</Type/Catalog>>";

describe("ISO 32000-2 §7.5.4, §7.5.5: updates that readers can take in two ways", () => {
  const base = fileOf([catalog, "7"], "/Root 1 0 R");
  const ambiguousAt = (objects: readonly Written[], parts: UpdateParts = {}) =>
    updatesOf(read(appended(base, objects, parts)))[0]?.ambiguousAt;

  test("a plain update is read alike by all", () => {
    expect(updatesOf(read(appended(base, [[2, "8"]])))).toEqual([{ revision: 1, ambiguousAt: null, isPlain: true }]);
    expect(updatesOf(read(base))).toEqual([]);
    const odd = appended(base, [[2, "8"]], { rows: ([at = 0]) => `2 1\n ${rowText(at)}` });
    expect(updatesOf(read(odd))).toMatchObject([{ isPlain: false, ambiguousAt: null }]);
  });

  test.each<[string, readonly Written[], UpdateParts, number | null]>([
    ["a key that stands twice", [[2, "<</A 1/A 2>>"]], {}, 2],
    ["a key that stands twice deep inside", [[2, "[<</B<</A 1/A 2>>>>]"]], {}, 2],
    ["a key that stands twice in a stream's dictionary", [[2, "<</Length 0/A 1/A 2>>\nstream\n\nendstream"]], {}, 2],
    ["a key that stands twice in the trailer", [[2, "8"]], { trailer: { "ID 1/ID": "2" } }, 0],
    [
      "a number that stands twice",
      [
        [2, "8"],
        [2, "9"],
      ],
      {},
      0,
    ],
    ["a size that makes objects disappear", [[2, "8"]], { trailer: { Size: "2" } }, 0],
    ["no size", [[2, "8"]], { trailer: { Size: "" } }, 0],
    ["a number that the size does not reach", [[7, "8"]], { trailer: { Size: "7" } }, 7],
    ["a number that the size just reaches", [[7, "8"]], { trailer: { Size: "8" } }, null],
    ["another generation", [[2, "8", 1]], {}, 2],
    ["another generation of a new number", [[7, "8", 1]], {}, null],
    ["a freed object", [], { rows: () => `2 1\n${rowText(0, 1, "f")}` }, null],
  ])("%s", (_, objects, parts, at) => {
    expect(ambiguousAt(objects, parts)).toBe(at);
  });
});

describe("DESIGN decision 5: what stands behind a revision is accounted for", () => {
  const base = fileOf([catalog, "7"]);
  const found = (bytes: Bytes) => {
    const file = read(bytes);
    const extents = appendedExtents(file);
    return [firstUnexplainedByte(file, extents, base.length), firstForeignByte(file, extents, base.length)];
  };

  test("an update of objects, table, trailer and closing is wholly explained", () => {
    expect(found(base)).toEqual([null, null]);
    expect(
      found(
        appended(base, [
          [2, "8"],
          [3, "<</Length 2>>\nstream\nab\nendstream"],
        ]),
      ),
    ).toEqual([null, null]);
    expect(found(appended(appended(base, [[2, "8"]]), [[2, "9"]]))).toEqual([null, null]);
  });

  test("white space and comments explain themselves, but are foreign at the end of a sealed copy", () => {
    const update = appended(base, [[2, "8"]]);
    expect(found(join(update, "  \n"))).toEqual([null, update.length]);
    expect(found(join(update, "%c\n"))).toEqual([null, update.length]);
    const comment = appended(join(base, "%c\n"), [[2, "8"]]);
    expect(found(comment)).toEqual([null, base.length]);
    expect(found(appended(join(base, " \n"), [[2, "8"]]))).toEqual([null, null]);
    const inside = appended(base, [[2, "8"]], { beforeClosing: "%c\n" });
    expect(found(inside)).toEqual([null, inside.lastIndexOf(0x25, inside.length - 7) - 1]);
  });

  test("objects that no section lists, and what stands where two objects share bytes, are not", () => {
    const stray = "7 0 obj\nnull\nendobj\n";
    expect(found(appended(join(base, stray), [[2, "8"]]))).toEqual([base.length, base.length]);
    const update = appended(base, [[2, "8"]]);
    expect(found(join(update, stray))).toEqual([update.length, update.length]);
    const nested = appended(base, [[2, "(3 0 obj 9 endobj)"]], {
      rows: ([at = 0]) => `2 1\n${rowText(at)}3 1\n${rowText(at + 9)}`,
    });
    expect(found(nested)[1]).toBe(base.length + 33);
  });
});
