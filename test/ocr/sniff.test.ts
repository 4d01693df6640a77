import fc from "fast-check";
import { expect, test } from "vitest";
import { isReasonCode, reasonCodes } from "../../ocr/reason-codes.ts";
import { sniff } from "../../ocr/sniff.ts";

const text = (content: string) => new TextEncoder().encode(content);
const bytes = (...values: number[]) => Uint8Array.from(values);
const none = { fileName: null, declaredType: null };
const named = (fileName: string) => ({ fileName, declaredType: null });
const refusal = (reason: string) => ({ ok: false, failure: reason });

const pngHead = (width: number, height: number) =>
  bytes(
    ...[0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
    ...[width >>> 24, width >>> 16, width >>> 8, width, height >>> 24, height >>> 16, height >>> 8, height].map(
      (byte) => byte & 0xff,
    ),
    ...[8, 2, 0, 0, 0, 0, 0, 0, 0],
  );

test.each([
  ["nothing at all", new Uint8Array(), none, "EMPTY_FILE"],
  ["unknown bytes", text("hello there"), none, "UNRECOGNISED_TYPE"],
  ["unknown bytes under a PDF's name", text("hello there"), named("a.pdf"), "TYPE_MISMATCH"],
  ["markup under a picture's name", text("<!doctype html><p>"), named("scan.png"), "TYPE_MISMATCH"],
  ["markup", text("<!doctype html><p>"), none, "UNSUPPORTED_TYPE"],
  ["a drawing", text('<?xml version="1.0"?><svg/>'), named("a.svg"), "UNSUPPORTED_TYPE"],
  ["a program under a PDF's name", text("MZ\0\0"), named("a.PDF"), "TYPE_MISMATCH"],
  ["PostScript under a JPEG's name", text("%!PS-Adobe-3.0"), named("a.jpg"), "TYPE_MISMATCH"],
  ["PostScript", text("%!PS-Adobe-3.0"), named("a.eps"), "UNSUPPORTED_TYPE"],
  ["a bitmap", text("BM......"), named("a.bmp"), "UNSUPPORTED_TYPE"],
  ["an AVIF", text("\0\0\0\x1cftypavif"), named("a.avif"), "UNSUPPORTED_TYPE"],
  ["a HEIC", text("\0\0\0\x18ftypheic"), named("a.heic"), "UNSUPPORTED_TYPE"],
  ["a PDF header beyond 1,024 bytes", text(`${" ".repeat(2000)}%PDF-1.4`), named("a.pdf"), "TYPE_MISMATCH"],
  ["markup before a PDF header", text("<html>\n%PDF-1.4"), none, "UNSUPPORTED_TYPE_OR_POLYGLOT"],
  ["a JPEG that is a PDF too", bytes(0xff, 0xd8, 0xff, 0xfe, 0, 12, ...text("%PDF-1.4")), none, "POLYGLOT"],
  ["only the start of a JPEG", bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16), none, "CORRUPT_IMAGE"],
  ["a PNG of zero width", pngHead(0, 100), none, "CORRUPT_IMAGE"],
  ["900 million pixels", pngHead(30_000, 30_000), none, "IMAGE_TOO_LARGE"],
  ["a thumbnail", pngHead(120, 160), none, "IMAGE_TOO_SMALL"],
  ["a ribbon", pngHead(300, 9000), none, "IMAGE_TOO_SMALL"],
])("nasty: %s is refused from its first bytes", (_, content, names, reason) => {
  const outcome = sniff(content, names);
  if (reason === "UNSUPPORTED_TYPE_OR_POLYGLOT") expect(["UNSUPPORTED_TYPE", "POLYGLOT"]).toContain(failureOf(outcome));
  else expect(outcome).toEqual(refusal(reason));
});

const failureOf = (outcome: ReturnType<typeof sniff>) => (outcome.ok ? null : outcome.failure);

test("nasty: a file name is only its extension here: paths, controls and unknown endings neither refuse nor matter", () => {
  const names = [
    "../../tmp/a.pdf",
    "a.pdf\0.exe",
    "CON.pdf",
    ".htaccess",
    "",
    "..",
    "<img src=x>.pdf",
    "x".repeat(300),
  ];
  for (const fileName of names)
    expect(sniff(text("%PDF-1.7\n"), named(fileName))).toEqual({ ok: true, value: { type: "pdf" } });
});

test("nasty: a declared type of another kind is a mismatch; one that claims nothing is not", () => {
  const declared = (declaredType: string) => sniff(text("%PDF-1.7\n"), { fileName: null, declaredType });
  expect(declared("image/jpeg")).toEqual(refusal("TYPE_MISMATCH"));
  expect(declared("application/octet-stream").ok).toBe(true);
  expect(declared("Application/PDF; x=y").ok).toBe(true);
});

test("DESIGN floors: any bytes are told or refused by a known reason, never by an exception", () => {
  const magics = ["\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "II*\0", "MM\0*", "RIFF....WEBP", "%PDF-", "GIF89a", ""];
  const anything = fc.tuple(fc.constantFrom(...magics), fc.uint8Array({ maxLength: 400 }));
  fc.assert(
    fc.property(anything, ([magic, rest]) => {
      const outcome = sniff(bytes(...[...magic].map((char) => char.charCodeAt(0)), ...rest), none);
      expect(outcome.ok || isReasonCode(outcome.failure)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("reason codes are a closed set", () => {
  expect(Object.keys(reasonCodes)).toHaveLength(25);
  expect(isReasonCode("toString")).toBe(false);
});
