import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import { auditLog } from "../../src/core/log/audit.ts";
import { encodeCbor } from "../../src/core/log/cbor.ts";
import { decodeLeaf, encodeLeaf, type Leaf } from "../../src/core/log/leaf.ts";
import { furtherCode } from "../../src/core/verification-code.ts";

const now = "2026-11-23T08:00:00Z" as Instant;
const day = 86_400;
const commitment = new Uint8Array(32).fill(7);

const issued: Leaf = {
  event: "issued",
  agencyId: "H55.242",
  bookId: "01/2026",
  number: 17,
  time: instantOfSeconds(secondsOf(now) - 5 * day),
  commitment,
};
const further = (copy: number, changes: Partial<Leaf> = {}): Leaf => ({
  ...issued,
  event: "further_copy",
  copy,
  ...changes,
});

test("Leaf v2 has exactly these bytes: those of v1 with another version and event, then the copy", () => {
  expect(Buffer.from(encodeLeaf(further(1000))).toString("hex")).toBe(
    `88020767${Buffer.from("H55.242").toString("hex")}67${Buffer.from("01/2026").toString("hex")}111a${secondsOf(issued.time).toString(16)}5820${"07".repeat(32)}1903e8`,
  );
});

test.each([2, 500, 1000])("Leaf v2: copy %i is read back as it was written", (copy) => {
  expect(decodeLeaf(encodeLeaf(further(copy)))).toEqual({ ok: true, value: further(copy) });
});

test.each([
  ["a further copy in version 1", [1, 7, "a", "b", 1, 1, commitment]],
  ["a further copy in version 1 with its place", [1, 7, "a", "b", 1, 1, commitment, 2]],
  ["an issued number in version 2", [2, 1, "a", "b", 1, 1, commitment, 2]],
  ["an issued number in version 2 without a place", [2, 1, "a", "b", 1, 1, commitment]],
  ["no place", [2, 7, "a", "b", 1, 1, commitment]],
  ["copy 1, which is the number's own leaf", [2, 7, "a", "b", 1, 1, commitment, 1]],
  ["copy 1001", [2, 7, "a", "b", 1, 1, commitment, 1001]],
  ["one field more", [2, 7, "a", "b", 1, 1, commitment, 2, 3]],
] as const)("Leaf v2: %s is refused", (_, fields) => {
  expect(decodeLeaf(encodeCbor([...fields]))).toEqual({ ok: false, failure: { code: "malformed_leaf" } });
});

/** A file of its own behind each leaf that commits to one. */
const ownFile = (leaf: Leaf, index: number): Leaf =>
  leaf.commitment.length === 0
    ? leaf
    : { ...leaf, commitment: new Uint8Array(32).fill(index % 256).fill(index >> 8, 0, 2) };

function cheatsOf(leaves: readonly Leaf[]): readonly string[] {
  const audit = auditLog(now);
  for (const [index, leaf] of leaves.entries()) audit.add(ownFile(leaf, index), index);
  return audit.findings().cheats.map(({ code }) => code);
}
const book: readonly Leaf[] = Array.from({ length: 16 }, (_, i) => ({ ...issued, number: i + 1 }));

test("COPIES-1: a thousand copies of one number are one line, each in its turn, and nothing to object to", () => {
  const copies = Array.from({ length: 999 }, (_, i) => further(i + 2));
  const audit = auditLog(now);
  for (const [index, leaf] of [...book, issued, ...copies].entries()) audit.add(ownFile(leaf, index), index);
  const { cheats, series } = audit.findings();
  expect(cheats).toEqual([]);
  expect(series).toMatchObject([{ last: 17, issued: 17, furtherCopies: 999, inProgress: [] }]);
});

test.each<[name: string, leaves: readonly Leaf[], cheats: readonly string[]]>([
  ["of a number that was never issued", [further(2)], ["copy_out_of_turn"]],
  ["before its number", [further(2), issued], ["copy_out_of_turn"]],
  [
    "of a voided number",
    [{ ...issued, event: "voided", commitment: new Uint8Array() }, further(2)],
    ["copy_out_of_turn"],
  ],
  ["twice", [issued, further(2), further(2)], ["copy_out_of_turn"]],
  ["out of turn", [issued, further(3)], ["copy_out_of_turn"]],
  ["that commits to nothing", [issued, further(2, { commitment: new Uint8Array() })], ["commitment_missing"]],
  [
    "made four days later with the agency's keys",
    [issued, further(2, { time: instantOfSeconds(secondsOf(now) - day) })],
    ["copy_late"],
  ],
])("COPIES-1: an auditor names a further copy %s", (_, leaves, cheats) => {
  expect(cheatsOf([...book, ...leaves])).toEqual(cheats);
});

test("DESIGN decision 13: the codes of a thousand copies differ, and follow from their own secret alone", () => {
  const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash("sha256").update(bytes).digest());
  const codes = (secret: Uint8Array) => Array.from({ length: 999 }, (_, i) => furtherCode(secret, i + 2, sha256));
  const [first, second] = [codes(new Uint8Array(32)), codes(new Uint8Array(32).fill(1))];
  expect(new Set([...first, ...second]).size).toBe(2 * 999);
  expect(codes(new Uint8Array(32))).toEqual(first);
  expect(() => furtherCode(new Uint8Array(16), 2, sha256)).toThrow(RangeError);
});
