import type { ChainFinding } from "../format/chain.ts";
import { dictionaryOf, entryOf, itemsOf } from "../format/pdf/object.ts";
import type { Level, RevocationAnswer } from "./examination.ts";
import { rootOf } from "./fields.ts";
import type { Integrity } from "./integrity.ts";
import type { FoundSignature } from "./signatures.ts";
import type { Situation } from "./situation.ts";
import type { TimestampFinding } from "./timestamp.ts";

/**
 * The form that a sound signature has reached, EN 319 142-1 §6. Form only: whether its authority is trusted is told by
 * `provenTime`. Evidence counts where it settles the signer's revocation: bytes that were put behind a file, or touched
 * there, and prove nothing lift no level. Of an untrusted path nobody can say what settles it; there form is all.
 *
 * @param standing what the evidence in the file says of the signer
 */
export function levelOf(
  found: FoundSignature,
  integrity: Integrity,
  timestamps: readonly TimestampFinding[],
  { chain, standing }: { readonly chain: ChainFinding | null; readonly standing: RevocationAnswer },
  situation: Situation,
): Level {
  const attributes = integrity.signer?.signedAttributes ?? null;
  if (found.subFilter !== "ETSI.CAdES.detached" || attributes?.signingCertificate == null) return "CMS";
  const end = found.range?.end ?? 0;
  const isTimestamped = timestamps.some(({ status }) => status === "valid" || status === "untrusted");
  if (!isTimestamped && situation.timestampedEnd < end) return "B-B";
  const isIdle = chain?.trusted === true && standing.status === "unknown";
  const evidence = isIdle ? null : evidenceRevisions(situation);
  if (evidence === null) return "B-T";
  return situation.timestampedEnd > evidence && situation.timestampedEnd > end ? "B-LTA" : "B-LT";
}

/** Where the first revision that holds revocation evidence begins to be covered; null without any. */
function evidenceRevisions({ opened: { file } }: Situation): number | null {
  for (const { index, end } of file.revisions) {
    const store = file.resolve(entryOf(rootOf(file, index), "DSS"), index);
    const has = (key: string) => itemsOf(file.resolve(entryOf(store, key), index)).length > 0;
    if (dictionaryOf(store) !== null && (has("OCSPs") || has("CRLs"))) return end - 1;
  }
  return null;
}
