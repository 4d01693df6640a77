import type { Bytes } from "../../src/core/kernel.ts";
import { type Element, expect, fieldsOf, parseDer, readingDer, tag } from "./der.ts";
import { integerBytesOf, oidOf, wholeBitsOf } from "./der-values.ts";
import { bitString, element, oid, sequence } from "./der-writer.ts";
import { oids } from "./oids.ts";

const mostBits = 3072;

/**
 * DSA, FIPS 186-4 §4.7, for judging old certificates only; nothing is signed with it and nothing secret is handled, so
 * plain arithmetic will do. Pure, that every runtime may answer alike: WebCrypto has no DSA.
 *
 * @param publicKey DER of SubjectPublicKeyInfo with its parameters (RFC 3279 §2.3.2)
 * @param digest of the message
 * @param signature DER of the SEQUENCE of r and s
 * @returns false for anything that is no sound key or signature, keys above 3072 bits too
 */
export function verifyDsa(publicKey: Bytes, digest: Bytes, signature: Bytes): boolean {
  const read = readingDer(() => ({ key: readKey(parseDer(publicKey)), pair: integersOf(parseDer(signature)) }));
  if (!read.ok || read.value.key === null) return false;
  const { p, q, g, y } = read.value.key;
  const [r = 0n, s = 0n, ...others] = read.value.pair;
  const inRange = (value: bigint, limit: bigint) => value > 0n && value < limit;
  if (others.length > 0 || !inRange(r, q) || !inRange(s, q)) return false;
  if (bitLength(p) > mostBits || bitLength(q) > 256 || !inRange(g, p) || !inRange(y, p) || g === 1n) return false;
  const w = power(s, q - 2n, q); // q is prime in a sound key; where it is not, no signature fits
  const z = leftmost(digest, bitLength(q));
  const v = ((power(g, (z * w) % q, p) * power(y, (r * w) % q, p)) % p) % q;
  return v === r;
}

type DsaKey = { readonly p: bigint; readonly q: bigint; readonly g: bigint; readonly y: bigint };

function readKey(spki: Element): DsaKey | null {
  const fields = fieldsOf(spki);
  const algorithm = fieldsOf(fields.next());
  if (oidOf(algorithm.next()) !== oids.dsa) return null;
  const [p, q, g] = integersOf(expect(algorithm.next(), tag.sequence));
  const y = numberIn(parseDer(wholeBitsOf(fields.next())));
  return p === undefined || q === undefined || g === undefined ? null : { p, q, g, y };
}

const integersOf = (list: Element): bigint[] => expect(list, tag.sequence).children.map(numberIn);

/** Negative numbers read as 0, which fits nothing. */
function numberIn(integer: Element): bigint {
  const octets = integerBytesOf(integer);
  return (octets[0] ?? 0) > 127 || octets.length > mostBits / 8 + 1 ? 0n : numberOf(octets);
}

const numberOf = (octets: Bytes): bigint => octets.reduce((number, octet) => (number << 8n) | BigInt(octet), 0n);

const bitLength = (value: bigint): number => value.toString(2).length;

function leftmost(digest: Bytes, bits: number): bigint {
  const excess = digest.length * 8 - bits;
  return excess > 0 ? numberOf(digest) >> BigInt(excess) : numberOf(digest);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/**
 * The key with the parameters of the issuer's, RFC 5280 §6.1.4 (d)-(f): DSA certificates may leave them out.
 *
 * @param issuerKey of the certificate above, itself complete
 * @returns `publicKey` where it has its own or none are there to inherit
 */
export function withInheritedParameters(publicKey: Bytes, issuerKey: Bytes): Bytes {
  const completed = readingDer(() => {
    const own = fieldsOf(parseDer(publicKey));
    const algorithm = fieldsOf(own.next());
    if (oidOf(algorithm.next()) !== oids.dsa || algorithm.optional(tag.sequence) !== null) return publicKey;
    const issuer = fieldsOf(fieldsOf(parseDer(issuerKey)).next());
    const parameters = oidOf(issuer.next()) === oids.dsa ? issuer.optional(tag.sequence) : null;
    if (parameters === null) return publicKey;
    return sequence(sequence(oid(oids.dsa), element(0x30, parameters.content)), bitString(wholeBitsOf(own.next())));
  });
  return completed.ok ? completed.value : publicKey;
}
