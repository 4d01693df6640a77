import { type Bytes, type Hash, type Instant, secondsOf, utf8 } from "./kernel.ts";
import { base64UrlOf } from "./log/base64.ts";
import type { FieldSource } from "./paper-fields.ts";
import type { SignEs256 } from "./signed-code.ts";

/** What every verifier is shown, whatever the holder hides: SD-JWT VC §2.2.2. */
export type CredentialHead = {
  readonly issuer: string;
  readonly issuedAt: Instant;
  /** `vct`. */
  readonly type: string;
  /** Token Status List §6.2. */
  readonly status: { readonly idx: number; readonly uri: string };
  /** `field_sources`: of each field by name where it comes from; names only, so that it may be shown with every value hidden. */
  readonly sources: Readonly<Record<string, FieldSource>>;
};

/** `vct` of a certified copy. Another set of fields, or another meaning of one, is another type. */
export const certifiedCopyType = "urn:chungthuc:certified-copy:1";

const saltBytes = 16; // RFC 9901 §9.3: 128 bits, so that a hidden value cannot be found by trying values

/**
 * An SD-JWT VC (RFC 9901 §4, ES256) in compact form with every disclosure: whoever passes it on leaves out what it hides.
 * Without `cnf`: it stands for the paper and not for who holds it, and no key of the holder is known here.
 *
 * @param fields each disclosed by itself; null is left out
 * @param key a P-256 key that signs nothing else, and its id in the key list
 */
export async function makeSdJwtVc(
  { issuer, issuedAt, type, status, sources }: CredentialHead,
  fields: Readonly<Record<string, string | number | null>>,
  key: { readonly id: string; readonly sign: SignEs256 },
  ports: { readonly sha256: Hash; readonly random: (length: number) => Bytes },
): Promise<string> {
  const disclosures = Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => encoded([base64UrlOf(ports.random(saltBytes)), name, value]));
  // §4.2.4.1: the order of the digests must not tell which field is which.
  const digests = disclosures.map((text) => base64UrlOf(ports.sha256(utf8(text)))).sort();
  const claims = {
    ...{ iss: issuer, iat: secondsOf(issuedAt), vct: type },
    status: { status_list: status },
    field_sources: sources,
    ...{ _sd_alg: "sha-256", _sd: digests },
  };
  const input = `${encoded({ alg: "ES256", typ: "dc+sd-jwt", kid: key.id })}.${encoded(claims)}`;
  const signature = base64UrlOf(await key.sign(utf8(input)));
  return [`${input}.${signature}`, ...disclosures, ""].join("~");
}

const encoded = (value: unknown): string => base64UrlOf(utf8(JSON.stringify(value)));
