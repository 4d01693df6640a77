import { type Bytes, equalBytes, hexOf, type Instant, type Sha256 } from "../../src/core/kernel.ts";
import { type Certificate, parseCertificate } from "../format/certificate.ts";
import type { AnchorPurpose, TrustAnchor } from "../format/chain.ts";
import { type CarriedRevocation, carriesNothing } from "../format/cms-revocation.ts";
import { type PdfLimits, usualLimits } from "../format/pdf/limits.ts";
import { firstForeignByte } from "../format/pdf/tail.ts";
import type { Hasher, IssuersAlgorithm, Primitives } from "../format/primitives.ts";
import { type Change, change } from "./change.ts";
import { changesAfter } from "./changes.ts";
import { type OutcomeCode, worstOf } from "./codes.ts";
import { type Proof, readEvidence } from "./evidence.ts";
import type { Examination, ExaminedSignature, RevocationAnswer, Status } from "./examination.ts";
import { examineOne } from "./examine-signature.ts";
import { type FileDigests, fileDigests } from "./file-digests.ts";
import { firstForeignObject } from "./foreign-objects.ts";
import { type OpenedPdf, type OpenFailure, once, openSigned } from "./open.ts";
import { permissionsOf } from "./permissions.ts";
import type { FoundSignature } from "./signatures.ts";
import type { Situation } from "./situation.ts";
import { hasUnreachableSignature } from "./unreachable.ts";
import { usageRightGaps } from "./usage-rights.ts";
import { documentVerdict, revokedBefore } from "./verdict.ts";

export type ExamineOptions = {
  /** Each anchor once for every purpose it has. One that cannot be read is left out. */
  readonly anchors: readonly { readonly certificate: Bytes; readonly purpose: AnchorPurpose }[];
  /** Certificates that files leave out (LAW 5.5); trusted for nothing. */
  readonly intermediates?: readonly Bytes[];
  /** The time of the examination. */
  readonly at: Instant;
  /** DER of lists and OCSP answers from elsewhere; as good as what stands in the file. */
  readonly evidence?: CarriedRevocation;
  /** Asked for the signer's certificate where its chain is trusted; absent: nobody is asked. */
  readonly revocation?: (certificate: Certificate, issuer: Certificate, at: Instant) => Promise<RevocationAnswer>;
  /** With true an unknown revocation status makes a signature INDETERMINATE / TRY_LATER. */
  readonly revocationRequired?: boolean;
  readonly limits?: PdfLimits;
};

/**
 * Judges every signature of a PDF, EN 319 102-1 and ISO 32000-2 §12.8: structure, mathematics, chain, proven time, and
 * what changed afterwards. A typed answer for any bytes; it never throws on them.
 */
export async function examinePdf(pdf: Bytes, options: ExamineOptions, own: Primitives): Promise<Examination> {
  const { primitives, isSpent } = boundedBy(mostVerifications, own);
  const opened = openSigned(pdf, primitives, options.limits ?? usualLimits);
  const gaps = opened.ok ? opened.value.signatures.flatMap(({ range }) => range?.gapStart ?? []) : [];
  const digests = fileDigests(pdf, gaps, primitives);
  const base = {
    documentSha256: hexOf(digests("sha256", [{ from: 0, to: pdf.length }])) as Sha256,
    lengthBytes: pdf.length,
    policy: options.revocationRequired === true ? "chungthuc-1-revocation-required" : "chungthuc-1-revocation-optional",
    checkedAt: options.at,
  };
  if (!opened.ok) return { ...base, ...unread(opened.failure.code, pdf) };
  const { budget } = opened.value.file;
  if (budget.exhausted) return { ...base, ...unread("too_complex", pdf) };
  if (opened.value.signatures.length === 0) return { ...base, ...withoutSignature(opened.value, pdf) };
  // Each costs a hash and a comparison of the whole file.
  if (opened.value.signatures.length > mostSignatures) return { ...base, ...unread("too_complex", pdf) };
  const signatures = await examineAll(opened.value, options, digests, primitives);
  const foreignFrom = foreignByteAfter(opened.value, signatures);
  // Once a limit was met, objects went missing: nothing that was found is the whole truth.
  if (budget.exhausted || isSpent()) return { ...base, ...unread("too_complex", pdf) };
  const code = worstOf(signatures.map((signature) => signature.code));
  return { ...base, code, document: documentVerdict(signatures), signatures, foreignFrom, unreadable: null };
}

function withoutSignature(opened: OpenedPdf, pdf: Bytes) {
  return hasUnreachableSignature(pdf, usageRightGaps(opened.file))
    ? ({ ...brokenSigned("signature_unreachable"), unreadable: null } as const)
    : ({ code: "UNSIGNED", document: noStatus("not_signed"), ...nothing, unreadable: null } as const);
}

const mostSignatures = 64;
const mostVerifications = 1000; // some seven a signature; certificates that all sign one another would ask for thousands
const largestKeyBytes = 1100; // RSA of 8192 bits
const mostHashedBytes = 2 ** 31; // every signature hashes the file up to itself

/** Work that files can ask for without writing it down: beyond the bound nothing verifies, and the file is told too complex. */
function boundedBy(verifications: number, own: Primitives): { primitives: Primitives; isSpent: () => boolean } {
  let left = verifications;
  let hashed = 0;
  const answers: (Verification & { readonly holds: boolean })[] = [];
  const counted = (hasher: Hasher): Hasher => ({
    ...hasher,
    update: (bytes) => {
      hashed += bytes.length;
      if (hashed <= mostHashedBytes) hasher.update(bytes);
    },
    copy: () => counted(hasher.copy()),
  });
  const primitives: Primitives = {
    ...own,
    digest: (name, bytes) => {
      hashed += bytes.length;
      return own.digest(name, hashed > mostHashedBytes ? bytes.subarray(0, 0) : bytes);
    },
    hasher: (name) => counted(own.hasher(name)),
    verify: async (publicKey, algorithm, message, signature) => {
      if (publicKey.length > largestKeyBytes) return false;
      const asked = { publicKey, algorithm, message, signature };
      const known = answers.find((answer) => isSameQuestion(answer, asked));
      if (known !== undefined) return known.holds;
      hashed += message.length; // lists of revoked certificates have megabytes, and anyone may put them into a file
      if (--left < 0 || hashed > mostHashedBytes) return false;
      const holds = await own.verify(publicKey, algorithm, message, signature);
      answers.push({ ...asked, holds });
      return holds;
    },
  };
  return { primitives, isSpent: () => left < 0 || hashed > mostHashedBytes };
}

type Verification = {
  readonly publicKey: Bytes;
  readonly algorithm: IssuersAlgorithm;
  readonly message: Bytes;
  readonly signature: Bytes;
};

/** Two signatures of a copy and their timestamps rest on the same certificates and answers. */
const isSameQuestion = (a: Verification, b: Verification): boolean =>
  equalBytes(a.signature, b.signature) &&
  equalBytes(a.publicKey, b.publicKey) &&
  equalBytes(a.message, b.message) &&
  JSON.stringify(a.algorithm) === JSON.stringify(b.algorithm);

const nothing = { signatures: [], foreignFrom: null } as const;

const noStatus = (reason: string): Status => ({ status: null, subIndication: null, reason });

/** EN 319 102-1 §5.2.2: what was signed and can no longer be taken apart is no signature of this form. */
function brokenSigned(reason: string) {
  const document: Status = { status: "FAILED", subIndication: "FORMAT_FAILURE", reason };
  return { code: "BAD_STRUCTURE", document, ...nothing } as const;
}

type Unread = OpenFailure["code"] | "too_complex";

/** Where a bound of ours or a password is in the way the file may be sound, and nothing is said of it. */
const saysNothing: ReadonlySet<Unread> = new Set(["encrypted", "file_too_large", "too_complex"]);

function unread(failure: Unread, pdf: Bytes) {
  if (!saysNothing.has(failure) && hasUnreachableSignature(pdf))
    return { ...brokenSigned("structure_unreadable"), unreadable: failure };
  const code: OutcomeCode = failure === "encrypted" ? "ENCRYPTED" : "PARSE_ONLY";
  const document: Status =
    failure === "encrypted"
      ? { status: "INDETERMINATE", subIndication: "SIGNED_DATA_NOT_FOUND", reason: failure }
      : noStatus(failure);
  return { code, document, ...nothing, unreadable: failure };
}

/** Newest first: a trusted document timestamp proves that everything before it existed at its time (EN 319 102-1 §5.6). */
async function examineAll(
  opened: OpenedPdf,
  options: ExamineOptions,
  digests: FileDigests,
  primitives: Primitives,
): Promise<readonly ExaminedSignature[]> {
  const anchors = options.anchors.flatMap(({ certificate, purpose }): TrustAnchor[] =>
    readable([certificate]).map((read) => ({ certificate: read, purpose })),
  );
  const intermediates = readable(options.intermediates ?? []);
  const evidence = once(() => readEvidence(opened, options.evidence ?? carriesNothing));
  const examined: ExaminedSignature[] = [];
  const proofs: Proof[] = [];
  let existedAt = options.at;
  let timestampedEnd = 0;
  for (const found of opened.signatures.toReversed()) {
    if (opened.file.budget.exhausted) break; // the answer is known: too complex
    const known = { opened, options, anchors, intermediates, digests, primitives, existedAt, timestampedEnd };
    const situation: Situation = { ...known, evidence, proofs: [...proofs] };
    const one = await examineOne(found, laterChanges(opened, found), situation);
    examined.unshift(one);
    if (one.kind !== "document_timestamp" || !one.intact) continue;
    const end = one.revision?.to ?? 0;
    timestampedEnd = Math.max(timestampedEnd, end);
    if (one.provenTime !== null) proofs.push({ time: one.provenTime, end });
    existedAt = [existedAt, ...proofs.map(({ time }) => time)].toSorted()[0] ?? existedAt;
  }
  return examined.map((one, i) => ({ ...one, verdict: revokedBefore(one, examined.slice(0, i)) }));
}

const readable = (ders: readonly Bytes[]): Certificate[] =>
  ders.flatMap((der) => {
    const read = parseCertificate(der);
    return read.ok ? [read.value] : [];
  });

function foreignByteAfter(opened: OpenedPdf, examined: readonly ExaminedSignature[]): number | null {
  const last = examined.findLast(({ kind }) => kind === "signature");
  const signedEnd = last?.revision?.to;
  if (last === undefined || signedEnd === undefined) return null;
  if (opened.unreadFrom !== null) return opened.unreadFrom;
  const isFollowed = opened.file.revisions.some(({ end }) => end > signedEnd);
  const hasEvidence = last.laterChanges.some((change) => change.class === "evidence");
  if (isFollowed && !hasEvidence) return signedEnd;
  const loose = firstForeignByte(opened.file, opened.extents(), signedEnd);
  const sealed = opened.signatures.findLast(({ range }) => range?.end === signedEnd)?.revision ?? null;
  const isChanged = last.laterChanges.some(({ class: of }) => of !== "evidence" && of !== "upkeep");
  if (loose !== null || sealed === null || isChanged) return loose; // what was changed is told already
  return firstForeignObject(opened.file, opened.extents(), sealed);
}

function laterChanges(
  { file, signatures, unreadFrom, extents, updates }: OpenedPdf,
  found: FoundSignature,
): readonly Change[] {
  if (found.range === null || found.revision === null) return [];
  const { revision, range } = found;
  const earlier = signatures.filter((other) => other.revision !== null && other.revision <= revision);
  const permissions = permissionsOf(file, earlier);
  const changes = changesAfter({ file, before: revision, signedEnd: range.end, permissions, extents, updates });
  return unreadFrom === null ? changes : [...changes, change("unexplained_bytes", "forbidden", unreadFrom)];
}
