import { createHmac } from "node:crypto";
import * as cborg from "cborg";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hexOf, parseInstant } from "../../src/core/kernel.ts";
import { base64Of, base64UrlOf, bytesOfBase64, bytesOfBase64Url } from "../../src/core/log/base64.ts";
import { type CborValue, decodeCbor, encodeCbor } from "../../src/core/log/cbor.ts";
import { commitmentOf, decodeLeaf, encodeLeaf, type Leaf, leafEvents } from "../../src/core/log/leaf.ts";
import { sha256 } from "./memory-files.ts";

const hex = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const value = fc.letrec<{ value: CborValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeInteger(),
    fc.string({ unit: "grapheme" }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array().map((bytes) => new Uint8Array(bytes)),
    fc.array(tie("value"), { maxLength: 30 }),
    fc
      .array(fc.tuple(fc.oneof(fc.integer(), fc.string()), tie("value")), { maxLength: 10 })
      .map((pairs) => new Map(pairs)),
  ),
})).value;

test("RFC 8949 §4.2.1: what is written is read back, byte for byte the same, and another reader agrees", () => {
  fc.assert(
    fc.property(value, (written) => {
      const encoded = encodeCbor(written);
      const read = decodeCbor(encoded);
      expect(read.ok && encodeCbor(read.value)).toEqual(encoded);
      const theirs = cborg.encode(cborg.decode(encoded, { useMaps: true }), cborg.rfc8949EncodeOptions);
      expect(hexOf(theirs)).toBe(hexOf(encoded));
    }),
  );
});

test.each([
  ["1817", "an integer in a longer head than it needs"],
  ["190017", "an integer in a longer head than it needs"],
  ["a2616201616101", "keys out of order"],
  ["a2616101616102", "a key twice"],
  ["9f01ff", "an array of indefinite length"],
  ["5f4101ff", "bytes of indefinite length"],
  ["f90000", "a float"],
  ["f7", "undefined"],
  ["0101", "a byte left over"],
  ["61ff", "text that is not UTF-8"],
  ["5affffffff", "a length beyond the input"],
  ["9bffffffffffffffff", "an array length beyond the input"],
  ["1bffffffffffffffff", "an integer beyond 2^53"],
  ["81".repeat(40), "nesting without end"],
  ["", "nothing"],
])("RFC 8949 §4.2.1: %s is refused (%s)", (encoded) => {
  expect(decodeCbor(hex(encoded))).toMatchObject({ ok: false, failure: { code: "malformed_cbor" } });
});

test("any bytes get an answer, never an exception", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void decodeLeaf(bytes)));
});

test("RFC 4648: base 64 agrees with Node's, and one value has one text", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(base64Of(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(base64UrlOf(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
      expect(Buffer.from(bytesOfBase64(base64Of(bytes)) ?? [])).toEqual(Buffer.from(bytes));
    }),
  );
  expect(["YQ", "YR==", "Y===", "Y Q=", "YQ==\n"].map(bytesOfBase64)).toEqual([null, null, null, null, null]);
  expect(["YQ==", "YR", "Y"].map(bytesOfBase64Url)).toEqual([null, null, null]);
});

const time = parseInstant("2026-11-22T03:15:30Z");
const leaf: Leaf = {
  event: "issued",
  agencyId: "H55.242",
  bookId: "01/2026",
  number: 17,
  time: time.ok
    ? time.value
    : (() => {
        throw new Error("instant");
      })(),
  commitment: new Uint8Array(32).fill(7),
};

test("Leaf v1 has exactly these bytes", () => {
  expect(Buffer.from(encodeLeaf(leaf)).toString("hex")).toBe(
    `87010167${Buffer.from("H55.242").toString("hex")}67${Buffer.from("01/2026").toString("hex")}111a6b025e525820${"07".repeat(32)}`,
  );
});

test.each(
  leafEvents.filter((event) => event !== "further_copy"),
)("Leaf v1: %s is read back as it was written", (event) => {
  const written = { ...leaf, event, commitment: event === "issued" ? leaf.commitment : new Uint8Array() };
  expect(decodeLeaf(encodeLeaf(written))).toEqual({ ok: true, value: written });
});

test.each([
  ["an unknown version", [2, 1, "a", "b", 1, 1, new Uint8Array()]],
  ["an unknown event", [1, 8, "a", "b", 1, 1, new Uint8Array()]],
  ["event 0", [1, 0, "a", "b", 1, 1, new Uint8Array()]],
  ["no agency", [1, 1, "", "b", 1, 1, new Uint8Array()]],
  ["a negative number", [1, 1, "a", "b", -1, 1, new Uint8Array()]],
  ["a year past 9999", [1, 1, "a", "b", 1, 253_402_300_800, new Uint8Array()]],
  ["a commitment of 31 bytes", [1, 1, "a", "b", 1, 1, new Uint8Array(31)]],
  ["one field more", [1, 1, "a", "b", 1, 1, new Uint8Array(), 0]],
  ["one field less", [1, 1, "a", "b", 1, 1]],
] as const)("Leaf v1: %s is refused", (_, fields) => {
  expect(decodeLeaf(encodeCbor([...fields]))).toEqual({ ok: false, failure: { code: "malformed_leaf" } });
});

test("Leaf v1: the commitment is HMAC-SHA-256 under the salt of digest and length as 8 bytes, as Node computes it", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 100 }),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.nat(),
      (salt, digest, length) => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigUInt64BE(BigInt(length));
        const expected = createHmac("sha256", salt).update(digest).update(bytes).digest();
        expect(Buffer.from(commitmentOf(salt, digest, length, sha256))).toEqual(expected);
      },
    ),
  );
});
