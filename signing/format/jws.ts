import { type Bytes, concatBytes, fail, ok, type Result, utf8 } from "../../src/core/kernel.ts";
import { base64UrlOf, bytesOfBase64Url } from "../../src/core/log/base64.ts";
import { fieldsOf, parseDer, readingDer } from "./der.ts";
import { integerBytesOf } from "./der-values.ts";
import { sequence, unsignedInteger } from "./der-writer.ts";
import type { SignatureAlgorithm } from "./primitives.ts";

const namesByScheme = {
  "rsa-pkcs1": { sha256: "RS256", sha384: "RS384", sha512: "RS512" },
  "rsa-pss": { sha256: "PS256", sha384: "PS384", sha512: "PS512" },
  ecdsa: { sha256: "ES256", sha384: "ES384", sha512: "ES512" },
} as const;

/** `alg` of RFC 7518 §3.1 and RFC 8037 §3.1; null for what JWS has no name for (SHA-1, another salt than the digest's length). */
export function jwsAlgorithmOf(algorithm: SignatureAlgorithm): string | null {
  if (algorithm.scheme === "ed25519") return "EdDSA";
  if (algorithm.hash === "sha1") return null;
  if (algorithm.scheme === "rsa-pss" && algorithm.saltBytes !== digestBytes[algorithm.hash]) return null;
  return namesByScheme[algorithm.scheme][algorithm.hash];
}

const digestBytes = { sha256: 32, sha384: 48, sha512: 64 } as const;

/** What is signed, RFC 7515 §5.1: base 64 of the header, a dot, base 64 of the payload. */
export const jwsSigningInput = (header: Readonly<Record<string, unknown>>, payload: Bytes): string =>
  `${base64UrlOf(utf8(JSON.stringify(header)))}.${base64UrlOf(payload)}`;

/** The compact form, RFC 7515 §7.1. @param signature as JWS carries it: see {@link jwsSignatureOf} */
export const compactJws = (signingInput: string, signature: Bytes): string =>
  `${signingInput}.${base64UrlOf(signature)}`;

export type ReadJws = {
  readonly header: unknown;
  readonly payload: Bytes;
  readonly signingInput: string;
  /** As JWS carries it. */
  readonly signature: Bytes;
};

/** Takes the compact form apart and believes nothing of it. */
export function readCompactJws(text: string): Result<ReadJws, { readonly code: "jws_malformed" }> {
  const parts = text.split(".", 4);
  const [head, payload, signature] = parts.map(bytesOfBase64Url);
  // A part that is left out is not an empty one: §7.1 writes three.
  if (parts.length !== 3 || !head || !payload || !signature) return fail({ code: "jws_malformed" });
  const header = jsonOf(head);
  if (header === undefined) return fail({ code: "jws_malformed" });
  return ok({ header, payload, signingInput: parts.slice(0, 2).join("."), signature });
}

function jsonOf(bytes: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** The flattened JSON form of the same, RFC 7515 §7.2.2: what opens in an editor and stays one file. */
export function flattenedJws(compact: string): string {
  const [protectedHeader = "", payload = "", signature = ""] = compact.split(".");
  return `${JSON.stringify({ payload, protected: protectedHeader, signature }, null, 2)}\n`;
}

/** Octets of each of r and s, RFC 7518 §3.4. */
const coordinateBytes = { sha1: 0, sha256: 32, sha384: 48, sha512: 66 } as const;

/**
 * A signature value of CMS as JWS carries it: ECDSA as r and s of fixed length side by side, the rest unchanged.
 *
 * @returns null for ECDSA that is no SEQUENCE of two numbers of that length
 */
export function jwsSignatureOf(signature: Bytes, algorithm: SignatureAlgorithm): Bytes | null {
  if (algorithm.scheme !== "ecdsa") return signature;
  const size = coordinateBytes[algorithm.hash];
  const read = readingDer(() => {
    const pair = fieldsOf(parseDer(signature));
    return [integerBytesOf(pair.next()), integerBytesOf(pair.next())] as const;
  });
  if (!read.ok) return null;
  const [r, s] = read.value.map((number) => padded(number, size));
  return r && s ? concatBytes(r, s) : null;
}

/** The other way; null where the length is not that of the algorithm. */
export function cmsSignatureOf(signature: Bytes, algorithm: SignatureAlgorithm): Bytes | null {
  if (algorithm.scheme !== "ecdsa") return signature;
  const size = coordinateBytes[algorithm.hash];
  if (signature.length !== 2 * size || size === 0) return null;
  return sequence(unsignedInteger(signature.subarray(0, size)), unsignedInteger(signature.subarray(size)));
}

function padded(number: Bytes, size: number): Bytes | null {
  const first = number.findIndex((octet) => octet !== 0);
  const digits = first < 0 ? number.subarray(number.length) : number.subarray(first);
  return digits.length > size ? null : concatBytes(new Uint8Array(size - digits.length), digits);
}
