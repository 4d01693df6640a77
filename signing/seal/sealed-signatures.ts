import { type Bytes, fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import type { Certificate } from "../format/certificate.ts";
import { parseSignedData, signerCertificate } from "../format/cms.ts";
import { readPdf } from "../format/pdf/file.ts";
import { dictionaryOf, nameOf, pdfNull } from "../format/pdf/object.ts";
import type { Primitives } from "../format/primitives.ts";
import { parseTimestampToken } from "../format/tsp.ts";
import { openDocument } from "./document.ts";
import { fieldsIn } from "./signature-field.ts";

/** A certificate whose standing must be proven for long, and since when it must have stood. */
export type Subject = {
  readonly role: "signer" | "timestamp";
  readonly certificate: Certificate;
  /** Certificates that came with it. */
  readonly candidates: readonly Certificate[];
  /** Of the timestamp it made, or that dates its signature; null for a signature that has none. */
  readonly time: Instant | null;
};

/**
 * The signers of a PDF and the authorities of its timestamps, in the order of its fields. Nothing is judged: that is the
 * examiner's work. What cannot be read is left out.
 */
export function subjectsOf(pdf: Bytes, primitives: Primitives): Result<readonly Subject[], SigningFailure> {
  const file = readPdf(pdf, primitives);
  if (!file.ok) return fail({ code: "pdf_unreadable", reason: file.failure.code });
  const document = openDocument(file.value);
  if (!document.ok) return document;
  const subjects = fieldsIn(document.value).flatMap(({ type, value }): Subject[] => {
    const signature = type === "Sig" ? dictionaryOf(document.value.resolve(value)) : null;
    const contents = signature?.entries.get("Contents") ?? pdfNull;
    if (signature === null || contents.kind !== "string") return [];
    const isTimestamp =
      nameOf(document.value.resolve(signature.entries.get("SubFilter") ?? pdfNull)) === "ETSI.RFC3161";
    return isTimestamp ? authorityOf(contents.bytes) : signerOf(contents.bytes);
  });
  return ok(subjects);
}

function signerOf(cms: Bytes): Subject[] {
  const signedData = parseSignedData(cms);
  const signer = signedData.ok ? signedData.value.signers[0] : undefined;
  if (!signedData.ok || signer === undefined) return [];
  const candidates = signedData.value.certificates;
  const certificate = signerCertificate(signer, candidates);
  const authorities = signer.timestampTokens.slice(0, 4).flatMap(authorityOf);
  const time = authorities.map((authority) => authority.time ?? "").toSorted()[0] as Instant | undefined;
  return [
    ...(certificate === null ? [] : [{ role: "signer", certificate, candidates, time: time ?? null } as const]),
    ...authorities,
  ];
}

function authorityOf(token: Bytes): Subject[] {
  const read = parseTimestampToken(token);
  const signer = read.ok ? read.value.signedData.signers[0] : undefined;
  if (!read.ok || signer === undefined) return [];
  const candidates = read.value.signedData.certificates;
  const certificate = signerCertificate(signer, candidates);
  return certificate === null ? [] : [{ role: "timestamp", certificate, candidates, time: read.value.genTime }];
}
