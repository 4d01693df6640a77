import { type Bytes, type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import { signerCertificate } from "../format/cms.ts";
import { parseTimestampToken } from "../format/tsp.ts";

const daySeconds = 86_400;
const longestMarginSeconds = 90 * daySeconds;
const leastRestSeconds = 7 * daySeconds;

// ADR 0019: after that day a timestamp that rests on such a key must stand under one that does not, or under a newer one.
const endOfShortRsa = "2028-07-01T00:00:00Z" as Instant;
const shortRsaBits = 3000;

/**
 * When the document timestamp must be followed by another: a quarter of its certificate's life, at most 90 days, before
 * that ends, or before its algorithm is too weak. Never sooner than a week after it was made, however old the
 * authority's certificate is: renewing gains nothing then.
 *
 * @param token DER of the newest document timestamp
 */
export function renewalDue(token: Bytes): Instant | null {
  const read = parseTimestampToken(token);
  const signer = read.ok ? read.value.signedData.signers[0] : undefined;
  const certificate =
    read.ok && signer !== undefined ? signerCertificate(signer, read.value.signedData.certificates) : null;
  if (!read.ok || certificate === null) return null;
  const { genTime } = read.value;
  const ends = [endOfKey(certificate), endOfAlgorithm(certificate, genTime)].flatMap((end) => end ?? []);
  return instantOfSeconds(Math.max(Math.min(...ends.map(secondsOf)), secondsOf(genTime) + leastRestSeconds));
}

function endOfKey({ notBefore, notAfter }: Certificate): Instant {
  const lifeSeconds = secondsOf(notAfter) - secondsOf(notBefore);
  return instantOfSeconds(secondsOf(notAfter) - Math.min(longestMarginSeconds, Math.floor(lifeSeconds / 4)));
}

function endOfAlgorithm({ keyAlgorithm }: Certificate, genTime: Instant): Instant | null {
  const isShort = keyAlgorithm.kind === "rsa" && keyAlgorithm.bits < shortRsaBits;
  return isShort && genTime < endOfShortRsa ? endOfShortRsa : null;
}
