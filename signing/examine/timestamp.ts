import { type Bytes, equalBytes, type Instant } from "../../src/core/kernel.ts";
import type { Certificate } from "../format/certificate.ts";
import { signerCertificate } from "../format/cms.ts";
import { checkSigner } from "../format/cms-verify.ts";
import { oids } from "../format/oids.ts";
import type { HashName, Primitives } from "../format/primitives.ts";
import { parseTimestampToken, type TimestampToken } from "../format/tsp.ts";
import { type ChainFinding, findChain, type TrustAnchor } from "./chain.ts";

/**
 * `valid`: the token is sound and its authority is trusted, so `time` is proven. `untrusted`: sound, but nobody vouches
 * for the clock. `weak`: rests on SHA-1 or a short key and is not counted. `unsupported`: an algorithm we lack.
 * `broken`: imprint or signature is wrong.
 */
export type TimestampStatus = "valid" | "untrusted" | "weak" | "unsupported" | "broken";

export type TimestampReason =
  | "token_unreadable"
  | "imprint_differs"
  | "token_signature_wrong"
  | "authority_certificate_missing"
  | "authority_may_not_timestamp"
  | "authority_not_trusted"
  | "algorithm_unknown"
  | "algorithm_weak";

export type TimestampFinding = {
  readonly status: TimestampStatus;
  readonly reason: TimestampReason | null;
  /** What the token says; proven only where the status is `valid`. */
  readonly time: Instant | null;
  readonly authority: Certificate | null;
  readonly chain: ChainFinding | null;
};

export type TimestampQuestion = {
  readonly token: Bytes;
  /** Digest of what the token must be about: the signature value, or the byte range of a document timestamp. */
  readonly imprint: (hash: HashName) => Bytes;
  readonly anchors: readonly TrustAnchor[];
  readonly intermediates: readonly Certificate[];
  /** When the authority's certificate must have been valid: now, or a later time already proven. */
  readonly at: Instant;
};

/** RFC 3161 §2.4.2 and Appendix A, EN 319 102-1 §5.4. */
export async function checkTimestamp(question: TimestampQuestion, primitives: Primitives): Promise<TimestampFinding> {
  const read = parseTimestampToken(question.token);
  const nobody = { time: null, authority: null, chain: null };
  if (!read.ok) return { status: "broken", reason: "token_unreadable", ...nobody };
  const token = read.value;
  const [signer] = token.signedData.signers;
  const candidates = [...token.signedData.certificates, ...question.intermediates];
  const authority = signer === undefined ? null : signerCertificate(signer, candidates);
  const said = { time: token.genTime, authority, chain: null };
  const imprint = imprintFault(token, question);
  if (imprint !== null) return { ...imprint, ...said };
  if (signer === undefined || authority === null)
    return { status: "broken", reason: "authority_certificate_missing", ...said };
  const digest = (hash: HashName) => primitives.digest(hash, token.content);
  const finding = await checkSigner(token.signedData, signer, authority, digest, primitives);
  if (finding === "algorithm_unknown") return { status: "unsupported", reason: "algorithm_unknown", ...said };
  if (finding !== "intact") return { status: "broken", reason: "token_signature_wrong", ...said };
  if (!mayTimestamp(authority)) return { status: "untrusted", reason: "authority_may_not_timestamp", ...said };
  const chain = await findChain(
    { leaf: authority, candidates, anchors: question.anchors, purposes: ["timestamp"], at: question.at },
    primitives,
  );
  return { ...verdict(token, authority, chain), ...said, chain };
}

function imprintFault(
  token: TimestampToken,
  { imprint }: TimestampQuestion,
): { status: TimestampStatus; reason: TimestampReason } | null {
  if (token.hash === null) return { status: "unsupported", reason: "algorithm_unknown" };
  return equalBytes(token.imprint, imprint(token.hash)) ? null : { status: "broken", reason: "imprint_differs" };
}

/** RFC 3161 §2.3: the purpose must be there, critical, and alone. */
function mayTimestamp({ extensions }: Certificate): boolean {
  const usage = extensions.extendedKeyUsage;
  return usage?.critical === true && usage.purposes.length === 1 && usage.purposes[0] === oids.timeStamping;
}

function verdict(
  token: TimestampToken,
  { keyAlgorithm }: Certificate,
  chain: ChainFinding,
): { status: TimestampStatus; reason: TimestampReason | null } {
  const isShort = keyAlgorithm.kind === "rsa" && keyAlgorithm.bits < 2048;
  const isWeak = token.hash === "sha1" || token.signedData.signers[0]?.digestAlgorithm === "sha1" || isShort;
  if (isWeak) return { status: "weak", reason: "algorithm_weak" };
  return chain.trusted ? { status: "valid", reason: null } : { status: "untrusted", reason: "authority_not_trusted" };
}
