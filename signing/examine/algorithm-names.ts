import type { Bytes } from "../../src/core/kernel.ts";
import { explicitOf, fieldsOf, parseLeadingDer, readingDer, tag } from "../format/der.ts";
import { oidOf } from "../format/der-values.ts";

/** Identifiers of the first SignerInfo as they stand, known or not: the readers keep only what they understand. */
export type AlgorithmNames = { readonly digest: string; readonly signature: string };

const md5 = "1.2.840.113549.2.5";

/** @returns null where the CMS cannot be read so far */
export function algorithmNamesOf(cms: Bytes): AlgorithmNames | null {
  const read = readingDer(() => {
    const contentInfo = fieldsOf(parseLeadingDer(cms));
    contentInfo.next();
    const signedData = fieldsOf(explicitOf(contentInfo.next()));
    const signerInfos = signedData.rest().findLast((element) => element.is(tag.set));
    const signer = signerInfos?.children[0];
    if (signer === undefined) return null;
    const fields = fieldsOf(signer);
    fields.next();
    fields.next();
    const digest = oidOf(fieldsOf(fields.next()).next());
    fields.optionalContext(0);
    return { digest, signature: oidOf(fieldsOf(fields.next()).next()) };
  });
  return read.ok ? read.value : null;
}

/** A signature algorithm where a digest belongs: readers that guess the hash disagree with those that refuse. */
export const namesNoDigest = (digest: string): boolean =>
  digest.startsWith("1.2.840.113549.1.1.") || digest.startsWith("1.2.840.10045.4.");

export const isMd5 = (digest: string): boolean => digest === md5;
