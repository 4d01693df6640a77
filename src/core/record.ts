import { type Bytes, fail, type Instant, type LocalDate, type Result, type Sha256 } from "./kernel.ts";
import { type CborValue, decodeCbor, encodeCbor } from "./log/cbor.ts";
import * as shape from "./log/shape.ts";
import type { RecordCipher } from "./record-cipher.ts";
import { openByCode, type SealedUse, sealByCode } from "./sealed-by-code.ts";
import type { AnnulmentDecision } from "./status/annulment.ts";
import type { VerificationCode } from "./verification-code.ts";

/** What the citizen's store asks of a paper (docs: metadata), without its owner. */
export type PaperFacts = {
  /** code of the kind of paper in the national catalogue, where it has one */
  readonly code: string | null;
  /** kind of paper in words; never its heading, which often names people */
  readonly kind: string;
  readonly numberMasked: string;
  readonly issuedOn: LocalDate | null;
  readonly issuedBy: string;
};

/** Where the copy stands in the public log, enough to check without asking anyone. */
export type LogProof = {
  readonly leaf: Bytes;
  readonly leafIndex: number;
  readonly inclusion: readonly Bytes[];
  /** signed note whose tree the audit path leads to */
  readonly checkpoint: string;
};

/** All that the holder of a link may know of a copy. DESIGN decision 13: never the document, never a full name of the holder. */
export type RecordFacts = {
  readonly status: "issued" | "annulled" | "superseded";
  readonly decision: AnnulmentDecision | null;
  readonly paper: PaperFacts;
  readonly holderInitials: string;
  readonly agency: { readonly id: string; readonly name: string };
  readonly signer: { readonly name: string; readonly title: string };
  readonly sealedAt: Instant;
  readonly number: number;
  readonly book: { readonly id: string; readonly text: string };
  readonly pageCount: number;
  /** DESIGN decision 5 */
  readonly identity: { readonly digest: Sha256; readonly lengthBytes: number };
  /** opens the leaf's commitment */
  readonly salt: Bytes;
  readonly statusIndex: number;
  readonly development: boolean;
};

/** Record v1. */
export type CopyRecord = RecordFacts & { readonly log: LogProof };

export type RecordFailure =
  | { readonly code: "record_malformed"; readonly field: string }
  /** The bytes do not open with this code: changed, cut, or another copy's record. */
  | { readonly code: "record_changed" };

export const maximumRecordBytes = 64 * 1024;
const use: SealedUse = { words: "chungthuc record v1", maximumBytes: maximumRecordBytes };

/** Joins what the dossier knows and what the log answered; `record_malformed` names a field beyond its bound. */
export function makeRecord(facts: RecordFacts, log: LogProof): Result<CopyRecord, RecordFailure> {
  return decodeRecord(encodeRecord({ ...facts, log })); // what we write, we can read
}

/** Canonical CBOR, version first in the array. */
export const encodeRecord = (record: CopyRecord): Bytes => encodeCbor([1, cborOf(record)]);

export function decodeRecord(bytes: Uint8Array): Result<CopyRecord, RecordFailure> {
  const decoded = bytes.length <= maximumRecordBytes ? decodeCbor(bytes) : null;
  if (!decoded?.ok) return fail({ code: "record_malformed", field: "record" });
  const record = shape.readShape(() => readVersioned(decoded.value));
  return record.ok ? record : fail({ code: "record_malformed", field: record.failure.field });
}

/** What only the code opens. @param nonce see `sealByCode` */
export const sealRecord = (
  code: VerificationCode,
  record: CopyRecord,
  cipher: RecordCipher,
  nonce: Bytes,
): Promise<Bytes> => sealByCode(use, code, encodeRecord(record), cipher, nonce);

export async function openRecord(
  code: VerificationCode,
  bytes: Bytes,
  cipher: RecordCipher,
): Promise<Result<CopyRecord, RecordFailure>> {
  const plain = await openByCode(use, code, bytes, cipher);
  if (plain === "malformed") return fail({ code: "record_malformed", field: "file" });
  return plain === "changed" ? fail({ code: "record_changed" }) : decodeRecord(plain);
}

type Plain = CborValue | { readonly [field: string]: Plain };

function cborOf(value: Plain): CborValue {
  const isObject =
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
  if (!isObject) return value as CborValue;
  return new Map(Object.entries(value as object).map(([key, field]) => [key, cborOf(field)]));
}

const recordFields = [
  "status",
  "decision",
  "paper",
  "holderInitials",
  "agency",
  "signer",
  "sealedAt",
  "number",
  "book",
  "pageCount",
  "identity",
  "salt",
  "statusIndex",
  "development",
  "log",
];

function readVersioned(value: unknown): CopyRecord {
  const [version, record, ...more] = shape.list(value, "record", 2);
  if (version !== 1 || more.length > 0) shape.wrongShape("version");
  return readRecord(shape.fieldsOf(record, "record", recordFields));
}

function readRecord(fields: shape.Fields): CopyRecord {
  return {
    status: shape.oneOf(fields.get("status"), "status", ["issued", "annulled", "superseded"]),
    decision: shape.nullOr(fields.get("decision"), readDecision),
    paper: readPaper(fields.get("paper")),
    holderInitials: shape.text(fields.get("holderInitials"), "holderInitials", 40),
    agency: readPair(fields.get("agency"), "agency", ["id", "name"]),
    signer: readPair(fields.get("signer"), "signer", ["name", "title"]),
    sealedAt: shape.instant(fields.get("sealedAt"), "sealedAt"),
    number: shape.count(fields.get("number"), "number"),
    book: readPair(fields.get("book"), "book", ["id", "text"]),
    pageCount: shape.count(fields.get("pageCount"), "pageCount"),
    identity: readIdentity(fields.get("identity")),
    salt: shape.bytes(fields.get("salt"), "salt", { least: 16, most: 64 }),
    statusIndex: shape.count(fields.get("statusIndex"), "statusIndex"),
    development: shape.truth(fields.get("development"), "development"),
    log: readLog(fields.get("log")),
  };
}

function readPair<A extends string, B extends string>(
  value: unknown,
  field: string,
  names: [A, B],
): { [K in A | B]: string } {
  const fields = shape.fieldsOf(value, field, names);
  const [a, b] = names;
  const textOf = (name: string) => shape.text(fields.get(name), `${field}.${name}`, 300);
  return { [a]: textOf(a), [b]: textOf(b) } as { [K in A | B]: string };
}

function readDecision(value: unknown): AnnulmentDecision {
  const fields = shape.fieldsOf(value, "decision", ["number", "date", "by", "reason"]);
  return {
    number: shape.text(fields.get("number"), "decision.number", 100),
    date: shape.localDate(fields.get("date"), "decision.date"),
    by: shape.text(fields.get("by"), "decision.by", 300),
    reason: shape.text(fields.get("reason"), "decision.reason", 1000),
  };
}

function readPaper(value: unknown): PaperFacts {
  const fields = shape.fieldsOf(value, "paper", ["code", "kind", "numberMasked", "issuedOn", "issuedBy"]);
  return {
    code: shape.nullOr(fields.get("code"), (code) => shape.text(code, "paper.code", 100)),
    kind: shape.text(fields.get("kind"), "paper.kind", 300),
    numberMasked: shape.text(fields.get("numberMasked"), "paper.numberMasked", 100),
    issuedOn: shape.nullOr(fields.get("issuedOn"), (date) => shape.localDate(date, "paper.issuedOn")),
    issuedBy: shape.text(fields.get("issuedBy"), "paper.issuedBy", 300),
  };
}

function readIdentity(value: unknown): RecordFacts["identity"] {
  const fields = shape.fieldsOf(value, "identity", ["digest", "lengthBytes"]);
  const digest = shape.text(fields.get("digest"), "identity.digest", 64);
  if (!/^[0-9a-f]{64}$/.test(digest)) shape.wrongShape("identity.digest");
  return { digest: digest as Sha256, lengthBytes: shape.count(fields.get("lengthBytes"), "identity.lengthBytes") };
}

function readLog(value: unknown): LogProof {
  const fields = shape.fieldsOf(value, "log", ["leaf", "leafIndex", "inclusion", "checkpoint"]);
  const inclusion = shape.list(fields.get("inclusion"), "log.inclusion", 53); // a path is no longer than sizes of 2^53 allow
  return {
    leaf: shape.bytes(fields.get("leaf"), "log.leaf", { least: 1, most: 1024 }),
    leafIndex: shape.count(fields.get("leafIndex"), "log.leafIndex"),
    inclusion: inclusion.map((hash) => shape.bytes(hash, "log.inclusion", { least: 32, most: 32 })),
    checkpoint: shape.text(fields.get("checkpoint"), "log.checkpoint", 16_384),
  };
}
