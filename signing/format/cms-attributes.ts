import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { hashOf } from "./algorithm.ts";
import { type CarriedRevocation, carriesNothing, readAdobeRevocation, readRevocationValues } from "./cms-revocation.ts";
import { bail, type Element, expect, fieldsOf, membersOf, tag } from "./der.ts";
import { instantOf, octetsOf, oidOf } from "./der-values.ts";
import { element as encode } from "./der-writer.ts";
import { oids } from "./oids.ts";
import type { HashName } from "./primitives.ts";

/** Signed attributes, RFC 5652 §11; null where the attribute is absent. */
export type SignedAttributes = {
  /** What was signed: the attributes as a SET with a definite length, RFC 5652 §5.4. */
  readonly toBeSigned: Bytes;
  readonly contentType: string | null;
  readonly messageDigest: Bytes | null;
  /** The signer's own clock, claimed only. */
  readonly signingTime: Instant | null;
  readonly signingCertificate: SigningCertificate | null;
  /** adbe-revocationInfoArchival. */
  readonly revocation: CarriedRevocation;
  readonly types: readonly string[];
};

/** The first ESSCertID or ESSCertIDv2, RFC 5035: pins the certificate that was meant. */
export type SigningCertificate = {
  /** Null for a digest that this project does not know. */
  readonly hash: HashName | null;
  readonly certificateHash: Bytes;
};

/** @param element `[0] IMPLICIT SET OF Attribute`. Bails out. */
export function readSignedAttributes(element: Element): SignedAttributes {
  const values = collect(element);
  const only = (id: string) => {
    const found = values.get(id);
    if (found === undefined) return null;
    const [value, ...others] = found;
    // RFC 5652 §11: one value each; a second one could be what another reader sees.
    return value !== undefined && others.length === 0 ? value : bail("bad_value");
  };
  const contentType = only(oids.contentType);
  const messageDigest = only(oids.messageDigest);
  const signingTime = only(oids.signingTime);
  return {
    toBeSigned: encode(0x31, element.content),
    contentType: contentType && oidOf(contentType),
    messageDigest: messageDigest && octetsOf(messageDigest),
    signingTime: signingTime && instantOf(signingTime),
    signingCertificate: readSigningCertificate(only(oids.signingCertificateV2), only(oids.signingCertificate)),
    revocation: readAdobeRevocation(values.get(oids.adobeRevocationInfo)?.[0] ?? null),
    types: [...values.keys()],
  };
}

export type UnsignedAttributes = {
  readonly timestampTokens: readonly Bytes[];
  readonly types: readonly string[];
  readonly revocation: CarriedRevocation;
};

/** @param element `[1] IMPLICIT SET OF Attribute`, or null. Bails out. */
export function readUnsignedAttributes(element: Element | null): UnsignedAttributes {
  if (element === null) return { timestampTokens: [], types: [], revocation: carriesNothing };
  const values = collect(element);
  const tokens = values.get(oids.signatureTimeStamp) ?? [];
  const revocation = readRevocationValues(values.get(oids.revocationValues)?.[0] ?? null);
  return { timestampTokens: tokens.map((token) => token.raw), types: [...values.keys()], revocation };
}

function collect(set: Element): Map<string, Element[]> {
  const values = new Map<string, Element[]>();
  for (const attribute of set.children) {
    const fields = fieldsOf(attribute);
    const id = oidOf(fields.next());
    if (values.has(id)) bail("bad_value"); // RFC 5652 §5.3: no attribute twice
    values.set(id, expect(fields.next(), tag.set).children);
  }
  return values;
}

/** The newer form wins where both stand, RFC 5035 §4. */
function readSigningCertificate(v2: Element | null, v1: Element | null): SigningCertificate | null {
  const attribute = v2 ?? v1;
  if (attribute === null) return null;
  const first = membersOf(fieldsOf(attribute).next())[0] ?? bail("unexpected");
  const fields = fieldsOf(first);
  if (v2 === null) return { hash: "sha1", certificateHash: octetsOf(fields.next()) };
  const algorithm = fields.optional(tag.sequence);
  return { hash: algorithm === null ? "sha256" : hashOf(algorithm), certificateHash: octetsOf(fields.next()) };
}
