import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { Examination } from "../../../signing/examine/examination.ts";
import { type ExamineOptions, examinePdf } from "../../../signing/examine/examine.ts";
import type { Certificate } from "../../../signing/format/certificate.ts";
import { oid, sequence } from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { appendDocumentTimestamp } from "../../../signing/seal/document-timestamp.ts";
import { appendEvidence, type Evidence } from "../../../signing/seal/evidence.ts";
import type { HttpPost } from "../../../signing/seal/http-post.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import type { TimestampWorld } from "../../../signing/seal/timestamp.ts";
import { type Bytes, type Instant, ok } from "../../../src/core/kernel.ts";
import { answerTimestamp } from "../../../src/development/timestamp-answer.ts";
import { nodeDeflate, nodePrimitives } from "../../../src/primitives-node.ts";
import * as made from "../format/made-pki.ts";
import { value } from "../seal/sealing.ts";

// Files that are signed, dated and renewed over twenty years, by fictional authorities, with every time as a test wants it.

export const day = (text: string) => `${text}T00:00:00Z` as Instant;
const until = (text: string, notBefore = "2020-01-01") => ({ notBefore: day(notBefore), notAfter: day(text) });

/** A timestamp authority: its certificate, and the clock that whoever asks it chooses. */
export type Clock = { readonly certificate: Certificate; readonly key: KeyObject };

const rsa = generateKeyPairSync("rsa", { modulusLength: 3072 });

export function clockOf(issuer: made.Authority, subject: string, notAfter: string, notBefore?: string): Clock {
  const spki = new Uint8Array(rsa.publicKey.export({ type: "spki", format: "der" }));
  const purpose = made.extension(oids.extendedKeyUsage, sequence(oid(oids.timeStamping)), true);
  const certificate = made.issue({ subject, issuer, spki, ...until(notAfter, notBefore), extensions: [purpose] });
  return { certificate, key: rsa.privateKey };
}

/** An authority's certificate for these years. */
export function authorityFor(subject: made.Authority, issuer: made.Authority, notAfter: string, notBefore?: string) {
  const extensions = [made.authorityExtension()];
  return made.issue({
    ...{ subject: subject.name, spki: subject.key.spki, issuer },
    ...until(notAfter, notBefore),
    extensions,
  });
}

export type Signer = {
  readonly key: made.Key;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
};

export function signerOf(issuer: made.Authority, chain: readonly Certificate[], notAfter: string): Signer {
  const key = made.newKey();
  const subject = "Nguyễn Văn Giả (hư cấu)";
  return { key, certificate: made.issue({ subject, issuer, spki: key.spki, ...until(notAfter) }), chain };
}

function timestampsAt(clock: Clock, at: Instant): Omit<TimestampWorld, "primitives"> {
  const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes));
  const authority = { certificate: clock.certificate.raw, key: clock.key };
  const post: HttpPost = async ({ body }) =>
    ok({ status: 200, contentType: "", body: answerTimestamp(body, authority, { now: () => at, random }) });
  const nonce = random(16);
  return { authorities: [{ url: "http://clock.invalid/" }], post, nonce, trusts: async () => true, now: () => at };
}

/** A signature of level B-T of that day. */
export async function signedOn(pdf: Bytes, when: string, signer: Signer, clock: Clock): Promise<Bytes> {
  const key: KeyHolder = {
    certificate: signer.certificate.raw,
    chain: signer.chain.map(({ raw }) => raw),
    algorithm: { scheme: "ed25519" },
    sign: async (toBeSigned) => ok(new Uint8Array(sign(null, toBeSigned, signer.key.privateKey))),
  };
  const world = { key, timestamps: timestampsAt(clock, day(when)), deflate: nodeDeflate, primitives: nodePrimitives };
  const request = { pdf, fieldName: "officer", claimedTime: day(when), reservedBytes: 8000 };
  return value(await sealSignature(request, world)).pdf;
}

export const stored = (pdf: Bytes, evidence: Partial<Evidence>): Bytes =>
  value(appendEvidence(pdf, { certificates: [], ocspResponses: [], crls: [], ...evidence }, nodePrimitives)).pdf;

/** A document timestamp of that day over all that stands. */
export async function datedOn(pdf: Bytes, when: string, clock: Clock): Promise<Bytes> {
  const world = { ...timestampsAt(clock, day(when)), primitives: nodePrimitives };
  return value(await appendDocumentTimestamp(pdf, 6000, world)).pdf;
}

/** DER of a list of that day, for a week. */
export function listOn(
  issuer: made.Authority,
  when: string,
  revoked: readonly { readonly certificate: Certificate; readonly on: string; readonly lostOn?: string }[] = [],
): Bytes {
  const week = new Date(Date.parse(day(when)) + 7 * 86_400_000).toISOString().slice(0, 10);
  const entries = revoked.map(({ certificate, on, lostOn }) => {
    const lost = (text: string) => made.invalidityDate(day(text));
    const extensions = [made.reason(1), ...(lostOn === undefined ? [] : [lost(lostOn)])];
    return { serial: certificate.serial, revokedAt: day(on), extensions };
  });
  return made.listDer({ issuer, thisUpdate: day(when), nextUpdate: day(week), entries });
}

export function examinedOn(
  pdf: Bytes,
  when: string,
  root: Certificate,
  more: Partial<ExamineOptions> = {},
): Promise<Examination> {
  const anchors = (["public", "timestamp"] as const).map((purpose) => ({ purpose, certificate: root.raw }));
  return examinePdf(pdf, { anchors, at: day(when), revocationRequired: true, ...more }, nodePrimitives);
}
