import { type Bytes, concatBytes, fail, hexOf, type Instant, ok, type Result, utf8 } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { hashForMessages } from "../format/algorithm.ts";
import { type Certificate, parseCertificate } from "../format/certificate.ts";
import { buildSignedAttributes } from "../format/cms-writer.ts";
import { type PdfFile, readPdf } from "../format/pdf/file.ts";
import { itemsOf } from "../format/pdf/object.ts";
import type { Primitives, SignatureAlgorithm } from "../format/primitives.ts";
import { type Appearance, buildAppearance, type Deflate, type SignatureImage } from "./appearance.ts";
import { coveredDigest } from "./covered-digest.ts";
import { certificationLevel, openDocument } from "./document.ts";
import { type FieldPlace, type FillableField, fieldToFill } from "./field-filling.ts";
import { appendWithGap, type GappedPdf } from "./gap.ts";
import { dateText, textString } from "./pdf-writing.ts";
import { filterName, type SeededRequest, subFilterName } from "./seed-values.ts";
import { firstFreeNumber, newestTrailer, type WrittenObject } from "./writer.ts";

export type SignatureRequest = {
  /** Any PDF that is not encrypted: tables, streams, hybrid, linearised, with any number of signatures. */
  readonly pdf: Bytes;
  /** Fully qualified. An empty field of that name is filled in. */
  readonly fieldName: string;
  /** Where the field is added if there is none; without it there must be one. */
  readonly place?: FieldPlace;
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
  /** A timestamp will stand beside the signature, as the author of a field may ask. */
  readonly isTimestamped?: boolean;
};

/** A file that lacks only its signature. Plain data: it can be stored and taken up again. */
export type PreparedSignature = GappedPdf & {
  /** DER SET of signed attributes: what the key signs. */
  readonly toBeSigned: Bytes;
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: Bytes;
  readonly chain: readonly Bytes[];
};

/**
 * Appends the revision that fills one signature field: its /V, /AP and /M (DESIGN decision 1), and where they must, the
 * form and the page that get a new one. EN 319 142-1 §6.3, ISO 32000-2 §12.8.
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
  const document = openDocument(file.value);
  if (!document.ok) return document;
  if (certificationLevel(document.value) === 1) return fail({ code: "pdf_unsuitable", reason: "certified_as_final" });
  const signatureNumber = firstFreeNumber(file.value);
  const field = fieldToFill(document.value, request.fieldName, request.place, signatureNumber + 1);
  if (!field.ok) return field;
  const constraint = field.value.unmet(seeded(request, certificate.value));
  if (constraint !== null) return fail({ code: "seed_value_unmet", fieldName: request.fieldName, constraint });
  const appearance = appearanceFor(request, field.value, signatureNumber + 2, deflate);
  if (!appearance.ok) return appearance;
  const appearanceNumber = appearance.value?.formNumber ?? null;
  const filled = field.value.fill({ signatureNumber, appearanceNumber, modified: request.claimedTime });
  if (!filled.ok) return filled;
  const objects = [...(appearance.value?.objects ?? []), ...filled.value];
  return ok(withGap(request, file.value, { signatureNumber, objects, lock: field.value.lock }, primitives));
}

const seeded = (request: SignatureRequest, certificate: Certificate): SeededRequest => ({
  ...{ certificate, chain: request.chain, algorithm: request.algorithm },
  ...{ reason: request.reason, isTimestamped: request.isTimestamped === true },
});

function suits(algorithm: SignatureAlgorithm, { keyAlgorithm: key }: Certificate): boolean {
  if (algorithm.scheme === "ed25519") return key.kind === "ed25519";
  if (algorithm.hash === "sha1") return false;
  if (algorithm.scheme === "ecdsa") return key.kind === "ec";
  return key.kind === "rsa" && (algorithm.scheme === "rsa-pss" || !key.pssOnly);
}

function appearanceFor(
  { appearance }: SignatureRequest,
  field: FillableField,
  firstNumber: number,
  deflate: Deflate,
): Result<Appearance | null, SigningFailure> {
  return appearance === undefined ? ok(null) : buildAppearance(appearance, field, firstNumber, deflate);
}

function withGap(
  request: SignatureRequest,
  file: PdfFile,
  written: {
    readonly signatureNumber: number;
    readonly objects: readonly WrittenObject[];
    readonly lock: string;
  },
  primitives: Primitives,
): PreparedSignature {
  const { algorithm, certificate, chain, reservedBytes } = request;
  const signature = {
    number: written.signatureNumber,
    entries: `${signatureEntries(request)}${written.lock}`,
    reservedBytes,
  };
  const state = concatBytes(certificate, utf8(`${request.fieldName} ${request.claimedTime}`));
  const ID = nextFileId(file, state, primitives);
  const gapped = appendWithGap(file, written.objects, signature, { ID });
  const messageDigest = coveredDigest(gapped, hashForMessages(algorithm), primitives);
  const toBeSigned = buildSignedAttributes({ messageDigest, certificate, algorithm }, primitives);
  return { ...gapped, toBeSigned, algorithm, certificate, chain };
}

/** Signature dictionary, ISO 32000-2 Table 255, without its byte range and its gap. */
function signatureEntries(request: SignatureRequest): string {
  const texts = { Name: request.name, Reason: request.reason, Location: request.location };
  const said = Object.entries(texts).flatMap(([key, text]) => (text ? [`/${key} ${textString(text)} `] : []));
  const fixed = `/Type /Sig /Filter /${filterName} /SubFilter /${subFilterName}`;
  return `${fixed} /M ${dateText(request.claimedTime)} ${said.join("")}`;
}

/**
 * ISO 32000-2 §14.4: the first part names the document, the second this state of it.
 *
 * @param state what tells this update from others of the same file
 */
export function nextFileId(file: PdfFile, state: Bytes, { digest }: Pick<Primitives, "digest">): string {
  const [first, second] = itemsOf(
    file.resolve(newestTrailer(file).get("ID") ?? { kind: "null" }, file.revisions.length - 1),
  );
  const before = second?.kind === "string" ? second.bytes : new Uint8Array(0);
  const length = utf8(` ${file.bytes.length}`);
  const next = hexOf(digest("sha256", concatBytes(before, state, length)).subarray(0, 16));
  return `[<${first?.kind === "string" ? hexOf(first.bytes) : next}> <${next}>]`;
}
