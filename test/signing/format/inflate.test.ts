import { constants, deflateSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type InflateFailure, inflate } from "../../../signing/format/inflate.ts";
import { type Bytes, fail, ok, type Result } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { webPrimitives } from "../../../src/primitives-web.ts";

const plain = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);
const enough = 10_000_000;

/** zlib's own word, without a limit and without the checksum. */
function zlibSays(stream: Bytes): Result<Bytes, InflateFailure> {
  try {
    return ok(plain(inflateRawSync(stream.subarray(2))));
  } catch {
    return fail({ code: "inflate_broken" });
  }
}

// vitest compares long arrays slowly.
const shown = (answer: Result<Bytes, unknown>) =>
  answer.ok ? Buffer.from(answer.value).toString("base64") : answer.failure;

// Runs and echoes, so that every kind of block, code length and distance comes up.
const data = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.nat(400)), { maxLength: 12 })
  .map((parts) => Buffer.concat(parts.flatMap(([bytes, times]) => Array.from({ length: 1 + times }, () => bytes))));
const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE];
const written = fc
  .tuple(data, fc.constantFrom(...strategies), fc.constantFrom(0, 1, 6, 9), fc.integer({ min: 9, max: 15 }))
  .map(([bytes, strategy, level, windowBits]) => plain(deflateSync(bytes, { strategy, level, windowBits })));

const harms: Readonly<Record<string, (stream: Bytes, at: number, byte: number) => Bytes>> = {
  "left whole": (stream) => stream,
  cut: (stream, at) => stream.slice(0, 2 + (at % stream.length)),
  padded: (stream, at) => plain(Buffer.concat([stream, Buffer.alloc(at % 40, 13)])),
  "without its checksum": (stream) => stream.slice(0, -4),
  "with a wrong checksum": (stream) => stream.with(stream.length - 1, (stream.at(-1) ?? 0) ^ 1) as Bytes,
  "damaged in one byte": (stream, at, byte) => stream.with(2 + (at % (stream.length - 2)), byte) as Bytes,
  "damaged in its first block": (stream, at, byte) =>
    stream.with(2 + (at % Math.min(60, stream.length - 2)), byte) as Bytes,
};

describe("RFC 1950, RFC 1951", () => {
  test.each(Object.entries(harms))("a stream %s is read, or refused, as zlib does", (_, harm) => {
    fc.assert(
      fc.property(written, fc.nat(), fc.nat(255), (stream, at, byte) => {
        const harmed = harm(stream, at, byte);
        expect(shown(inflate(harmed, enough))).toEqual(shown(zlibSays(harmed)));
      }),
      { numRuns: 200 },
    );
  });

  test("any bits behind a header are read, or refused, as zlib does", () => {
    let read = 0;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), fc.constantFrom(0, 2, 4), (noise, kind) => {
        const stream = plain(Buffer.concat([Buffer.from([0x78, 0x9c]), noise]));
        stream[2] = ((stream[2] ?? 0) & 0xf8) | kind | 1;
        const answer = inflate(stream, enough);
        if (answer.ok) read++;
        expect(shown(answer)).toEqual(shown(zlibSays(stream)));
      }),
      { numRuns: 3000 },
    );
    expect(read).toBeGreaterThan(20);
  });

  test("whatever the limit and the harm, Node and the web answer alike", () => {
    fc.assert(
      fc.property(
        written,
        fc.constantFrom(...Object.values(harms)),
        fc.nat(),
        fc.nat(255),
        fc.oneof(fc.nat(3000), fc.nat(200_000)),
        (stream, harm, at, byte, limit) => {
          const harmed = harm(stream, at, byte);
          const [node, web] = [nodePrimitives, webPrimitives].map((own) => own.inflate(harmed, limit));
          expect(web && shown(web)).toEqual(node && shown(node));
          if (node?.ok) expect(node.value.length).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a header with another method, a dictionary, a window beyond 32 KiB or a wrong check is refused", () => {
    const body = deflateSync(Buffer.from("text")).subarray(2);
    for (const [method, flags] of [
      [0x79, 0x9c],
      [0x78, 0xbb],
      [0x88, 0x1c],
      [0x78, 0x9d],
    ] as const) {
      const stream = plain(Buffer.concat([Buffer.from([method, flags]), body]));
      for (const read of [inflate, nodePrimitives.inflate, webPrimitives.inflate])
        expect(read(stream, enough)).toEqual({ ok: false, failure: { code: "inflate_broken" } });
    }
  });

  test("two thousand streams that each define new codes cost no more than their bytes are worth", () => {
    const small = deflateSync(Buffer.from(Array.from({ length: 600 }, (_, i) => (i * i * 7) % 251)), { level: 9 });
    const start = performance.now();
    for (let i = 0; i < 2000; i++) inflate(plain(small), enough);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
