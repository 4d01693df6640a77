import { expect, test } from "vitest";
import { type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import { auditLog } from "../../src/core/log/audit.ts";
import { encodeCbor } from "../../src/core/log/cbor.ts";
import { decodeLeaf, encodeLeaf, type Leaf, type LeafEvent } from "../../src/core/log/leaf.ts";

const now = "2026-11-23T08:00:00Z" as Instant;
const day = 86_400;
const nothing = new Uint8Array();

const leaf = (event: LeafEvent, number: number, daysAgo = 5): Leaf => ({
  ...{ event, agencyId: "H55.242", bookId: "01/2026-SCT/BS", number },
  time: instantOfSeconds(secondsOf(now) - daysAgo * day),
  commitment: event === "issued" ? new Uint8Array(32).fill(number) : nothing,
});

const committed = (one: Leaf): Leaf => ({ ...one, commitment: new Uint8Array(32).fill(9) });

function findingsOf(...leaves: readonly Leaf[]) {
  const audit = auditLog(now);
  for (const [index, one] of leaves.entries()) audit.add(one, index);
  return audit.findings();
}
const cheatsOf = (...leaves: readonly Leaf[]) => findingsOf(...leaves).cheats.map(({ code }) => code);

test("Leaf v3 has exactly these bytes: those of v1 with another version and event", () => {
  const told = leaf("on_paper", 17);
  const text = (value: string) => Buffer.from(value).toString("hex");
  expect(Buffer.from(encodeLeaf(told)).toString("hex")).toBe(
    `87030867${text("H55.242")}6e${text("01/2026-SCT/BS")}111a${secondsOf(told.time).toString(16)}40`,
  );
  expect(decodeLeaf(encodeLeaf(told))).toEqual({ ok: true, value: told });
});

test.each([
  ["a number on paper in version 1", [1, 8, "a", "b", 1, 1, nothing]],
  ["a number on paper in version 2", [2, 8, "a", "b", 1, 1, nothing, 2]],
  ["an issued number in version 3", [3, 1, "a", "b", 1, 1, new Uint8Array(32)]],
  ["one field more", [3, 8, "a", "b", 1, 1, nothing, 2]],
  ["an event that nobody knows", [3, 9, "a", "b", 1, 1, nothing]],
] as const)("Leaf v3: %s is refused", (_, fields) => {
  expect(decodeLeaf(encodeCbor([...fields]))).toEqual({ ok: false, failure: { code: "malformed_leaf" } });
});

test("REG-5: numbers on paper close the gaps of a shared series, given up or not, and are counted apart", () => {
  const leaves = [leaf("issued", 1), leaf("on_paper", 2), leaf("on_paper", 3), leaf("voided", 3), leaf("issued", 4)];
  expect(findingsOf(...leaves)).toMatchObject({ cheats: [], series: [{ last: 4, issued: 2, onPaper: 2, voided: 1 }] });
});

test.each([
  ["issued after it went to paper", ["number_twice"], [leaf("on_paper", 1), leaf("issued", 1)]],
  ["given to paper after it was issued", ["number_twice"], [leaf("issued", 1), leaf("on_paper", 1)]],
  ["given to paper twice", ["number_twice"], [leaf("on_paper", 1), leaf("on_paper", 1)]],
  ["given up twice", ["number_twice"], [leaf("on_paper", 1), leaf("voided", 1), leaf("voided", 1)]],
  ["given to paper again once it was given up", ["number_twice"], [leaf("voided", 1), leaf("on_paper", 1)]],
  ["annulled though it went to paper", ["never_issued"], [leaf("on_paper", 1), leaf("annulled", 1)]],
  ["on paper that commits to bytes", ["commitment_unexpected"], [committed(leaf("on_paper", 1))]],
  ["given up that commits to bytes", ["commitment_unexpected"], [committed(leaf("voided", 1))]],
  ["told of late", ["number_late"], [leaf("issued", 2), leaf("on_paper", 1, 1)]],
  ["never told of", ["number_missing"], [leaf("on_paper", 1), leaf("on_paper", 3)]],
] as const)("REG-5: a number %s is a cheat, by name", (_, cheats, leaves) => {
  expect(cheatsOf(...leaves)).toEqual(cheats);
});
