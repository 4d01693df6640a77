import { type Bytes, equalBytes } from "../../src/core/kernel.ts";
import { hashForMessages, hashIdentifier, signatureIdentifier } from "./algorithm.ts";
import type { CertificateIdentity } from "./certificate.ts";
import { tag } from "./der.ts";
import { element, explicit, implicit, integer, nullValue, octetString, oid, sequence, setOf } from "./der-writer.ts";
import { oids } from "./oids.ts";
import type { Primitives, SignatureAlgorithm } from "./primitives.ts";

/**
 * DER SET of the signed attributes of a PAdES baseline signature: what a key signs. EN 319 142-1 §6.3: content type,
 * message digest and signing-certificate-v2; no signing time, which stands in the PDF's /M.
 *
 * @param messageDigest of the covered bytes, with the digest of `algorithm` (SHA-512 for Ed25519)
 * @param certificate DER
 */
export function buildSignedAttributes(
  attributes: {
    readonly messageDigest: Uint8Array;
    readonly certificate: Bytes;
    readonly algorithm: SignatureAlgorithm;
  },
  primitives: Pick<Primitives, "digest">,
): Bytes {
  const hash = hashForMessages(attributes.algorithm);
  const certificateHash = octetString(primitives.digest(hash, attributes.certificate));
  // X.690 §11.5: a default is left out, and SHA-256 is the default of ESSCertIDv2.
  const certificateId = hash === "sha256" ? sequence(certificateHash) : sequence(hashIdentifier(hash), certificateHash);
  return setOf(
    attribute(encoded.contentType, encoded.data),
    attribute(encoded.messageDigest, octetString(attributes.messageDigest)),
    attribute(encoded.signingCertificateV2, sequence(sequence(certificateId))),
  );
}

const attribute = (id: Uint8Array, value: Uint8Array) => sequence(id, setOf(value));

// Encoded once: these stand in every signature.
const encoded = {
  contentType: oid(oids.contentType),
  data: oid(oids.data),
  messageDigest: oid(oids.messageDigest),
  rsaEncryption: sequence(oid(oids.rsaEncryption), nullValue()),
  signatureTimeStamp: oid(oids.signatureTimeStamp),
  signedData: oid(oids.signedData),
  signingCertificateV2: oid(oids.signingCertificateV2),
};

export type SignedDataParts = {
  /** The SET that was signed, from {@link buildSignedAttributes}. */
  readonly signedAttributes: Bytes;
  readonly signature: Bytes;
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: CertificateIdentity;
  /** DER of the issuers, any order. */
  readonly chain: readonly Bytes[];
  /** DER of a ContentInfo, RFC 3161; null leaves the signature at level B-B. */
  readonly timestampToken: Bytes | null;
};

/** DER of a detached ContentInfo with SignedData, one signer. RFC 5652 §5, EN 319 122-1 §6.3. */
export function buildSignedData(parts: SignedDataParts): Bytes {
  const digestAlgorithm = hashIdentifier(hashForMessages(parts.algorithm));
  const signedData = sequence(
    integer(1), // RFC 5652 §5.1: plain certificates, content of type id-data, a signer by issuer and serial
    setOf(digestAlgorithm),
    sequence(encoded.data),
    implicit(0, setOf(...distinct([parts.certificate.raw, ...parts.chain]))),
    setOf(signerInfo(parts, digestAlgorithm)),
  );
  return sequence(encoded.signedData, explicit(0, signedData));
}

function signerInfo(parts: SignedDataParts, digestAlgorithm: Bytes): Bytes {
  const { certificate, timestampToken } = parts;
  const unsigned =
    timestampToken === null ? [] : [implicit(1, setOf(attribute(encoded.signatureTimeStamp, timestampToken)))];
  return sequence(
    integer(1),
    sequence(certificate.issuer, element(tag.integer, certificate.serial)),
    digestAlgorithm,
    implicit(0, parts.signedAttributes),
    signerAlgorithm(parts.algorithm),
    octetString(parts.signature),
    ...unsigned,
  );
}

// RFC 3370 §3.2: rsaEncryption is what every CMS reader must know; older ones know nothing else.
const signerAlgorithm = (algorithm: SignatureAlgorithm): Bytes =>
  algorithm.scheme === "rsa-pkcs1" ? encoded.rsaEncryption : signatureIdentifier(algorithm);

const distinct = (certificates: readonly Bytes[]): Bytes[] =>
  certificates.filter((der, i) => certificates.findIndex((other) => equalBytes(other, der)) === i);
