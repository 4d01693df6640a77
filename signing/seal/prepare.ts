import { type Bytes, concatBytes, fail, hexOf, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { hashForMessages } from "../format/algorithm.ts";
import { type Certificate, parseCertificate } from "../format/certificate.ts";
import { buildSignedAttributes } from "../format/cms-writer.ts";
import { type PdfFile, readPdf } from "../format/pdf/file.ts";
import { itemsOf } from "../format/pdf/object.ts";
import type { Primitives, SignatureAlgorithm } from "../format/primitives.ts";
import { type Appearance, buildAppearance, type Deflate, type SignatureImage } from "./appearance.ts";
import { dateText, dictionaryText, latin1, textString } from "./pdf-writing.ts";
import { findSignatureField, type SignatureField } from "./signature-field.ts";
import { appendRevision, firstFreeNumber, newestTrailer, type WrittenObject } from "./writer.ts";

export type SignatureRequest = {
  /** With an empty signature field, its own widget, on the page already. */
  readonly pdf: Bytes;
  readonly fieldName: string;
  /** DER of the signer's certificate, and of those above it. */
  readonly certificate: Bytes;
  readonly chain: readonly Bytes[];
  readonly algorithm: SignatureAlgorithm;
  /** Stands in /M with Vietnam's offset; nothing proves it but the timestamp. */
  readonly claimedTime: Instant;
  /** Room for the CMS with its timestamp, in bytes: see measure.ts. */
  readonly reservedBytes: number;
  readonly name?: string;
  readonly reason?: string;
  readonly location?: string;
  /** Without it the widget keeps the appearance it has. */
  readonly appearance?: SignatureImage;
};

/** A file that lacks only its signature. Plain data: it can be stored and taken up again. */
export type PreparedSignature = {
  /** Complete but for the hexadecimal digits between gapStart and gapEnd. */
  readonly pdf: Bytes;
  /** Offset of `<`. */
  readonly gapStart: number;
  /** Offset just after `>`. */
  readonly gapEnd: number;
  readonly byteRange: readonly [number, number, number, number];
  /** DER SET of signed attributes: what the key signs. */
  readonly toBeSigned: Bytes;
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: Bytes;
  readonly chain: readonly Bytes[];
};

/**
 * Appends the revision that fills one signature field: its /V, /AP and /M only (DESIGN decision 1). EN 319 142-1 §6.3,
 * ISO 32000-2 §12.8.
 */
export function prepareSignature(
  request: SignatureRequest,
  primitives: Primitives,
  deflate: Deflate,
): Result<PreparedSignature, SigningFailure> {
  const certificate = parseCertificate(request.certificate);
  if (!certificate.ok) return fail({ code: "certificate_unreadable" });
  if (!suits(request.algorithm, certificate.value)) return fail({ code: "algorithm_unsuitable" });
  const file = readPdf(request.pdf, primitives);
  if (!file.ok) return fail({ code: "pdf_unreadable", reason: file.failure.code });
  const field = findSignatureField(file.value, request.fieldName);
  if (!field.ok) return field;
  const firstNumber = firstFreeNumber(file.value);
  const appearance = appearanceFor(request, field.value, firstNumber + 1, deflate);
  if (!appearance.ok) return appearance;
  return ok(withGap(request, file.value, field.value, firstNumber, appearance.value, primitives));
}

function suits(algorithm: SignatureAlgorithm, { keyAlgorithm: key }: Certificate): boolean {
  if (algorithm.scheme === "ed25519") return key.kind === "ed25519";
  if (algorithm.hash === "sha1") return false;
  if (algorithm.scheme === "ecdsa") return key.kind === "ec";
  return key.kind === "rsa" && (algorithm.scheme === "rsa-pss" || !key.pssOnly);
}

function appearanceFor(
  request: SignatureRequest,
  field: SignatureField,
  firstNumber: number,
  deflate: Deflate,
): Result<Appearance | null, SigningFailure> {
  return request.appearance === undefined ? ok(null) : buildAppearance(request.appearance, field, firstNumber, deflate);
}

function withGap(
  request: SignatureRequest,
  file: PdfFile,
  field: SignatureField,
  signatureNumber: number,
  appearance: Appearance | null,
  primitives: Primitives,
): PreparedSignature {
  const signature = signatureDictionary(request);
  // The signature dictionary comes last, so that few bytes follow the gap: see coveredDigest.
  const objects = [
    ...(appearance?.objects ?? []),
    filledField(field, signatureNumber, appearance, request.claimedTime),
    { number: signatureNumber, generation: 0, body: signature.body },
  ];
  const { pdf, bodyOffsets } = appendRevision(file, objects, { ID: nextFileId(file, request, primitives) });
  const bodyStart = bodyOffsets.at(-1) ?? 0;
  const gapStart = bodyStart + signature.gapOffset;
  const gapEnd = gapStart + 2 * request.reservedBytes + 2;
  const byteRange = [0, gapStart, gapEnd, pdf.length - gapEnd] as const;
  pdf.set(latin1(rangeText(byteRange)), bodyStart + signature.rangeOffset);
  const { algorithm, certificate, chain } = request;
  const messageDigest = coveredDigest(pdf, gapStart, gapEnd, (bytes) =>
    primitives.digest(hashForMessages(algorithm), bytes),
  );
  const toBeSigned = buildSignedAttributes({ messageDigest, certificate, algorithm }, primitives);
  return { pdf, gapStart, gapEnd, byteRange, toBeSigned, algorithm, certificate, chain };
}

/** As wide as any file can need, so that the numbers may be written once the length is known. */
const rangeText = (range: readonly number[]) => `[${range.join(" ")}]`.padEnd("[0 ]".length + 3 * 11, " ");

/** Signature dictionary, ISO 32000-2 Table 255; offsets of its byte range and its gap within the body. */
function signatureDictionary(request: SignatureRequest): { body: Bytes; rangeOffset: number; gapOffset: number } {
  const texts = { Name: request.name, Reason: request.reason, Location: request.location };
  const said = Object.entries(texts).flatMap(([key, text]) => (text ? [`/${key} ${textString(text)} `] : []));
  const head = latin1(
    `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M ${dateText(request.claimedTime)} ` +
      `${said.join("")}/ByteRange `,
  );
  const range = latin1(`${rangeText([])} /Contents `);
  const gap = emptyGap(request.reservedBytes);
  const body = concatBytes(head, range, gap, latin1(" >>"));
  return { body, rangeOffset: head.length, gapOffset: head.length + range.length };
}

function emptyGap(reservedBytes: number): Bytes {
  const gap = new Uint8Array(2 * reservedBytes + 2).fill(zeroDigit);
  gap[0] = 0x3c;
  gap[gap.length - 1] = 0x3e;
  return gap;
}

const zeroDigit = 0x30;

function filledField(
  field: SignatureField,
  signatureNumber: number,
  appearance: Appearance | null,
  claimedTime: Instant,
): WrittenObject {
  const drawn = appearance === null ? {} : { AP: `<< /N ${appearance.formNumber} 0 R >>` };
  const changes = { V: `${signatureNumber} 0 R`, M: dateText(claimedTime), ...drawn };
  const { number, generation } = field.reference;
  return { number, generation, body: latin1(dictionaryText(field.dictionary.entries, changes)) };
}

/** ISO 32000-2 §14.4: the first part names the document, the second this state of it. */
function nextFileId(file: PdfFile, request: SignatureRequest, { digest }: Primitives): string {
  const [first, second] = itemsOf(
    file.resolve(newestTrailer(file).get("ID") ?? { kind: "null" }, file.revisions.length - 1),
  );
  const before = second?.kind === "string" ? second.bytes : new Uint8Array(0);
  const state = latin1(`${request.fieldName} ${request.claimedTime} ${file.bytes.length}`);
  const next = hexOf(digest("sha256", concatBytes(before, request.certificate, state)).subarray(0, 16));
  return `[<${first?.kind === "string" ? hexOf(first.bytes) : next}> <${next}>]`;
}

/**
 * Digest of everything but the gap. Where what follows the gap fits into it, it is moved there for the moment of
 * hashing: one digest over one piece, without a second copy of the file.
 */
function coveredDigest(pdf: Bytes, gapStart: number, gapEnd: number, digest: (bytes: Bytes) => Bytes): Bytes {
  const tail = pdf.subarray(gapEnd);
  if (tail.length > gapEnd - gapStart) return digest(concatBytes(pdf.subarray(0, gapStart), tail));
  const gap = pdf.slice(gapStart, gapStart + tail.length);
  pdf.set(tail, gapStart);
  const digested = digest(pdf.subarray(0, gapStart + tail.length));
  pdf.set(gap, gapStart);
  return digested;
}
