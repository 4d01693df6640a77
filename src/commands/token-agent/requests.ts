import { X509Certificate } from "node:crypto";
import { z } from "zod";
import { readSignedAttributes } from "../../../signing/format/cms-attributes.ts";
import { parseDer, readingDer } from "../../../signing/format/der.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { Pkcs11Failure } from "../../../signing/keys/pkcs11-failure.ts";
import { type Bytes, equalBytes, fail, hexOf, ok, type Result } from "../../core/kernel.ts";
import { nodePrimitives } from "../../primitives-node.ts";

const Item = z.strictObject({
  id: z.string().max(60),
  title: z.string().max(400),
  number: z.string().max(60),
  /** Which of how many copies of its number; absent where there is one. */
  copy: z.int().min(1).max(1000).optional(),
  toBeSigned: z.base64().max(2048),
});

const mostOfPart = 50;
/** A thousand copies, or a counter's whole day. */
export const mostItems = 1200;

/**
 * What the service's page asks for; titles and numbers are its word, the digests are what is signed.
 *
 * `more` is told by pages that bring a long list in parts and take its values in parts, as they are made; it is true while
 * further parts follow, and nothing is shown to the person before the last one.
 */
export const SigningAsked = z.strictObject({
  certificate: z.base64().max(8192),
  items: z.array(Item).min(1).max(mostOfPart),
  more: z.boolean().optional(),
});

/** The parts behind the first. */
export const FurtherAsked = SigningAsked.omit({ certificate: true }).required();

export type AskedItem = {
  readonly id: string;
  readonly title: string;
  readonly number: string;
  readonly copy?: number | undefined;
  readonly toBeSigned: Bytes;
  /** Hex of the digest of the PDF's covered bytes. */
  readonly digest: string;
};

export type SigningRequest = {
  readonly certificate: Bytes;
  readonly signer: string;
  readonly items: AskedItem[];
  /** Of the page that asks the PIN: what another site cannot know. */
  readonly formToken: string;
  /** Values are taken while others are still being made; else all at once or none. */
  readonly isInParts: boolean;
  /** When something was last asked or done: what nobody comes back for is forgotten. */
  touchedAt: number;
  state: "gathering" | "waiting" | "signing" | "signed" | "refused" | "broken";
  signed: number;
  /** Made, and not yet taken. */
  values: SignedValue[];
  /** Why it broke. */
  failure: Pkcs11Failure | null;
};

type SignedValue = { readonly id: string; readonly value: string };

/**
 * Takes only what a PAdES signature by this very certificate signs (RFC 5652 §5.4, RFC 5035): whoever could have other bytes
 * signed could have a contract signed, or a certificate.
 */
export function readRequest(
  asked: z.infer<typeof SigningAsked>,
  made: Pick<SigningRequest, "formToken" | "touchedAt">,
): Result<SigningRequest, Refused> {
  const certificate = bytesOf(asked.certificate);
  const items = readItems(asked.items, certificate);
  const signer = subjectOf(certificate);
  if (signer === null || items === null) return fail({ code: "request_refused" });
  const isInParts = asked.more !== undefined;
  const state = asked.more === true ? "gathering" : "waiting";
  return ok({ certificate, signer, items, ...made, isInParts, state, signed: 0, values: [], failure: null });
}

type Refused = { readonly code: "request_refused" };

/** Adds a part to what is still being gathered; once it is shown to the person nothing is added any more. */
export function addItems(
  request: SigningRequest,
  asked: z.infer<typeof FurtherAsked>,
  now: number,
): Result<null, Refused> {
  const items = readItems(asked.items, request.certificate);
  if (request.state !== "gathering" || items === null || request.items.length + items.length > mostItems) {
    return fail({ code: "request_refused" });
  }
  request.items.push(...items);
  request.touchedAt = now;
  if (!asked.more) request.state = "waiting";
  return ok(null);
}

function readItems(asked: readonly RawItem[], certificate: Bytes): AskedItem[] | null {
  const items = asked.map((item) => readItem(item, certificate));
  return items.includes(null) ? null : items.flatMap((item) => (item === null ? [] : [item]));
}

const bytesOf = (base64: string): Bytes => new Uint8Array(Buffer.from(base64, "base64"));

function subjectOf(certificate: Bytes): string | null {
  try {
    return new X509Certificate(certificate).subject;
  } catch {
    return null;
  }
}

type RawItem = z.infer<typeof SigningAsked>["items"][number];

function readItem({ toBeSigned, ...told }: RawItem, certificate: Bytes): AskedItem | null {
  const bytes = bytesOf(toBeSigned);
  const read = readingDer(() => readSignedAttributes(parseDer(bytes)));
  if (!read.ok || bytes[0] !== 0x31) return null;
  const { contentType, messageDigest, signingCertificate, types } = read.value;
  if (contentType !== oids.data || messageDigest === null || signingCertificate?.hash == null) return null;
  const isOurs = types.length === 3 && types.includes(oids.signingCertificateV2);
  const pinned = nodePrimitives.digest(signingCertificate.hash, certificate);
  if (!isOurs || !equalBytes(signingCertificate.certificateHash, pinned)) return null;
  return { ...told, toBeSigned: bytes, digest: hexOf(messageDigest) };
}
