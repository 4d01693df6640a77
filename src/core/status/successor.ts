import {
  type Bytes,
  concatBytes,
  fail,
  type Hash,
  hexOf,
  type LocalDate,
  type Result,
  type Sha256,
  utf8,
} from "../kernel.ts";
import { decodeCbor, encodeCbor } from "../log/cbor.ts";
import * as shape from "../log/shape.ts";
import type { RecordCipher } from "../record-cipher.ts";
import { openByCode, type SealedUse, sealByCode } from "../sealed-by-code.ts";
import { bytesOfCode, type VerificationCode } from "../verification-code.ts";

/** The line of the copy that stands in another one's place, as the public list names it; never its code. ADR 0092 */
export type Successor = {
  readonly number: number;
  readonly bookText: string;
  /** day it was certified */
  readonly date: LocalDate;
};

export const maximumSuccessorBytes = 1024;
const use: SealedUse = { words: "chungthuc successor v1", maximumBytes: maximumSuccessorBytes };

/** File name beside the record: nobody who knows the record's name can tell which belongs to it. DESIGN decision 13. */
export const successorName = (code: VerificationCode, sha256: Hash): Sha256 =>
  hexOf(sha256(concatBytes(utf8("successor"), bytesOfCode(code)))) as Sha256;

/** Successor v1: canonical CBOR, sealed by the code of the copy that was replaced. @param nonce see `sealByCode` */
export function sealSuccessor(
  code: VerificationCode,
  { number, bookText, date }: Successor,
  cipher: RecordCipher,
  nonce: Bytes,
): Promise<Bytes> {
  const told = new Map<string, string | number>([
    ["number", number],
    ["bookText", bookText],
    ["date", date],
  ]);
  return sealByCode(use, code, encodeCbor([1, told]), cipher, nonce);
}

export async function openSuccessor(
  code: VerificationCode,
  bytes: Bytes,
  cipher: RecordCipher,
): Promise<Result<Successor, { readonly code: "successor_malformed" }>> {
  const plain = await openByCode(use, code, bytes, cipher);
  const decoded = typeof plain === "string" ? null : decodeCbor(plain);
  const read = decoded?.ok ? shape.readShape(() => readVersioned(decoded.value)) : null;
  return read?.ok ? read : fail({ code: "successor_malformed" });
}

function readVersioned(value: unknown): Successor {
  const [version, told, ...more] = shape.list(value, "successor", 2);
  if (version !== 1 || more.length > 0) shape.wrongShape("version");
  const fields = shape.fieldsOf(told, "successor", ["number", "bookText", "date"]);
  return {
    number: shape.count(fields.get("number"), "number"),
    bookText: shape.text(fields.get("bookText"), "bookText", 300),
    date: shape.localDate(fields.get("date"), "date"),
  };
}
