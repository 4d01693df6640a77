import { createPrivateKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import forge from "node-forge";
import { type Bytes, fail, ok, type Result } from "../../src/core/kernel.ts";
import { integer, octetString, oid, sequence } from "../format/der-writer.ts";
import { oids } from "../format/oids.ts";
import type { SignatureAlgorithm } from "../format/primitives.ts";
import type { KeyFailure, KeyHolder } from "./key-holder.ts";
import { cryptoOptions, suitsKey, usualAlgorithm } from "./key-kind.ts";
import { type Pkcs12Content, readPbes2Pkcs12 } from "./pkcs12-pbes2.ts";

export type Pkcs12Failure =
  | { readonly code: "wrong_pin" }
  | { readonly code: "key_unreadable"; readonly reason: string };

/**
 * Opens a PKCS#12 (RFC 7292) with one private key: RSA, EC (P-256, P-384, P-521) or Ed25519, under the old RC2 and 3DES
 * or PBES2. node-forge only decrypts the old ones, which OpenSSL 3 does not know. Signing is node:crypto's.
 *
 * @param pin as typed; it is not kept
 * @returns a holder whose key was parsed once and lives as a KeyObject
 */
export function openPkcs12(pkcs12: Bytes, pin: string): Result<KeyHolder, Pkcs12Failure> {
  const opened = decrypt(pkcs12, pin);
  if (!opened.ok) return opened;
  const { certificates } = opened.value;
  const found = pairOf(opened.value.key, certificates);
  if (found === null) return unreadable("no certificate for the key");
  const { key, leaf } = found;
  const algorithm = usualAlgorithm(key);
  if (algorithm === null) return unreadable(`key of kind ${key.asymmetricKeyType}`);
  return ok({
    certificate: derOf(leaf),
    chain: issuersOf(leaf, certificates).map(derOf),
    algorithm,
    sign: async (toBeSigned, asked) => signWith(key, toBeSigned, asked),
  });
}

const unreadable = (reason: string) => fail({ code: "key_unreadable", reason } as const);

type Pair = { readonly key: KeyObject; readonly leaf: X509Certificate };

/** node-forge reads a key that is for RSA-PSS alone (RFC 4055 §1.2) as any RSA key; its certificate tells. */
function pairOf(key: KeyObject, certificates: readonly X509Certificate[]): Pair | null {
  for (const candidate of key.asymmetricKeyType === "rsa" ? [key, forPssAlone(key)] : [key]) {
    const leaf = certificates.find((certificate) => certificate.checkPrivateKey(candidate));
    if (leaf !== undefined) return { key: candidate, leaf };
  }
  return null;
}

/** PrivateKeyInfo, RFC 5208 §5, with the other name of the same numbers. */
function forPssAlone(key: KeyObject): KeyObject {
  const numbers = key.export({ format: "der", type: "pkcs1" });
  const info = sequence(integer(0), sequence(oid(oids.rsaPss)), octetString(numbers));
  return createPrivateKey({ key: Buffer.from(info), format: "der", type: "pkcs8" });
}

type Opened = { readonly key: KeyObject; readonly certificates: readonly X509Certificate[] };

function decrypt(pkcs12: Bytes, pin: string): Result<Opened, Pkcs12Failure> {
  try {
    const content = readPbes2Pkcs12(pkcs12, pin) ?? readOldPkcs12(pkcs12, pin);
    if (content === "wrong_pin") return fail({ code: "wrong_pin" });
    const { keys, certificates } = content;
    const [key] = keys;
    if (key === undefined || keys.length > 1) return unreadable(`${keys.length} private keys`);
    return ok({ key, certificates });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : "unknown";
    return isAboutPin(reason) ? fail({ code: "wrong_pin" }) : unreadable(reason);
  }
}

function readOldPkcs12(pkcs12: Bytes, pin: string): Pkcs12Content {
  const file = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(binary(pkcs12)), false, pin);
  const bags = file.safeContents.flatMap((contents) => contents.safeBags);
  const keys = bags.filter(isKeyBag).map(keyOf);
  const certificates = bags.filter((bag) => bag.type === bagTypes.certificate).map(certificateOf);
  return { keys, certificates };
}

// node-forge tells a failed MAC or decryption only by its words.
const isAboutPin = (reason: string) => /password/i.test(reason);

/** RFC 7292 §4.2. */
const bagTypes = {
  key: "1.2.840.113549.1.12.10.1.1",
  shroudedKey: "1.2.840.113549.1.12.10.1.2",
  certificate: "1.2.840.113549.1.12.10.1.3",
} as const;

const isKeyBag = ({ type }: forge.pkcs12.Bag) => type === bagTypes.key || type === bagTypes.shroudedKey;

/** node-forge parses RSA keys; of others it hands over the PrivateKeyInfo as it stood. */
function keyOf(bag: forge.pkcs12.Bag): KeyObject {
  const info = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1;
  return createPrivateKey({ key: derOfAsn1(info), format: "der", type: "pkcs8" });
}

const certificateOf = (bag: forge.pkcs12.Bag): X509Certificate =>
  new X509Certificate(derOfAsn1(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1));

const derOfAsn1 = (asn1: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(asn1).getBytes(), "binary");
const binary = (bytes: Bytes): string => Buffer.from(bytes).toString("binary");
const derOf = (certificate: X509Certificate): Bytes => new Uint8Array(certificate.raw);

/** Nearest first; a root, which a verifier must already have, is left out. */
function issuersOf(leaf: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain: X509Certificate[] = [];
  let current = leaf;
  while (chain.length < all.length) {
    const issuer = all.find((candidate) => candidate !== current && current.checkIssued(candidate));
    if (issuer === undefined || issuer.checkIssued(issuer) || chain.includes(issuer)) break;
    chain.push(issuer);
    current = issuer;
  }
  return chain;
}

function signWith(key: KeyObject, message: Bytes, algorithm: SignatureAlgorithm): Result<Bytes, KeyFailure> {
  if (!suitsKey(key, algorithm)) return fail({ code: "algorithm_unsupported", algorithm });
  if (algorithm.scheme === "ed25519") return ok(new Uint8Array(sign(null, message, key)));
  return ok(new Uint8Array(sign(algorithm.hash, message, { key, ...cryptoOptions(algorithm) })));
}
