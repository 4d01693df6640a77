import { type Bytes, fail, hexOf, ok, type Result, type Sha256 } from "../../src/core/kernel.ts";
import type { Primitives } from "../format/primitives.ts";
import type { Examination } from "./examination.ts";

/** What a sealed copy is known by, whatever evidence is appended later (DESIGN decision 5). */
export type CopyIdentity = { readonly sha256: Sha256; readonly lengthBytes: number };

/**
 * SHA-256 of the bytes from 0 to the end of the second signature's revision, its timestamp inside, with that length.
 * Nothing is said about whether the signatures hold.
 */
export function identityOf(
  pdf: Bytes,
  examination: Examination,
  primitives: Pick<Primitives, "digest">,
): Result<CopyIdentity, { readonly code: "no_second_signature" }> {
  const agency = examination.signatures.filter(({ kind }) => kind === "signature")[1];
  const lengthBytes = agency?.revision?.to;
  if (lengthBytes === undefined) return fail({ code: "no_second_signature" });
  if (lengthBytes === examination.lengthBytes) return ok({ sha256: examination.documentSha256, lengthBytes });
  return ok({ sha256: hexOf(primitives.digest("sha256", pdf.subarray(0, lengthBytes))) as Sha256, lengthBytes });
}
