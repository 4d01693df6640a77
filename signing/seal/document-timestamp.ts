import { type Bytes, fail, type Instant, ok, type Result, utf8 } from "../../src/core/kernel.ts";
import type { SigningFailure } from "../failure.ts";
import { readPdf } from "../format/pdf/file.ts";
import type { Primitives } from "../format/primitives.ts";
import { coveredDigest } from "./covered-digest.ts";
import { openDocument } from "./document.ts";
import { addedField, freeFieldName } from "./field-filling.ts";
import { appendWithGap, fillGap, type GappedPdf, reservedIn } from "./gap.ts";
import { nextFileId } from "./prepare.ts";
import { requestTimestamp, type Timestamp, type TimestampWorld } from "./timestamp.ts";
import { firstFreeNumber } from "./writer.ts";

/** @property token DER of the ContentInfo; `provenTime` what it says: everything before the gap existed then */
export type TimestampedPdf = { readonly pdf: Bytes; readonly provenTime: Instant; readonly token: Bytes };

/**
 * Appends a document timestamp over the whole file, ISO 32000-2 §12.8.5, EN 319 142-1 §5.4.3: level B-LTA where the store
 * before it proves the signatures. Its field shows nothing and stands on the first page.
 *
 * @param reservedBytes room for the token, see `measureTimestampReservation`
 */
export async function appendDocumentTimestamp(
  pdf: Bytes,
  reservedBytes: number,
  world: TimestampWorld & { readonly primitives: Primitives },
): Promise<Result<TimestampedPdf, SigningFailure>> {
  const prepared = prepareDocumentTimestamp(pdf, reservedBytes, world.now(), world.primitives);
  if (!prepared.ok) return prepared;
  const bytes = coveredDigest(prepared.value, "sha256", world.primitives);
  const timestamp = await requestTimestamp({ hash: "sha256", bytes }, world);
  return timestamp.ok ? filled(prepared.value, timestamp.value) : timestamp;
}

function filled(prepared: GappedPdf, { token, genTime }: Timestamp): Result<TimestampedPdf, SigningFailure> {
  if (fillGap(prepared.pdf, prepared, token)) return ok({ pdf: prepared.pdf, provenTime: genTime, token });
  const reservedBytes = reservedIn(prepared);
  return fail({ code: "signature_larger_than_reserved", reservedBytes, neededBytes: token.length });
}

function prepareDocumentTimestamp(
  pdf: Bytes,
  reservedBytes: number,
  at: Instant,
  primitives: Primitives,
): Result<GappedPdf, SigningFailure> {
  const file = readPdf(pdf, primitives);
  if (!file.ok) return fail({ code: "pdf_unreadable", reason: file.failure.code });
  const document = openDocument(file.value);
  if (!document.ok) return document;
  const signatureNumber = firstFreeNumber(file.value);
  const name = freeFieldName(document.value, "timestamp");
  const field = addedField(document.value, name, { page: 1, rectangle: null }, signatureNumber + 1);
  const objects = field.fill({ signatureNumber, appearanceNumber: null, modified: at });
  if (!objects.ok) return objects;
  const entries = "/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161";
  const ID = nextFileId(file.value, utf8(`${name} ${at}`), primitives);
  return ok(appendWithGap(file.value, objects.value, { number: signatureNumber, entries, reservedBytes }, { ID }));
}
