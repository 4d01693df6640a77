import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf, utf8 } from "../kernel.ts";
import { type KeyList, keysFor } from "../key-list.ts";
import { base64UrlOf, bytesOfBase64Url } from "../log/base64.ts";
import type { SignEd25519, VerifyEd25519 } from "../log/checkpoint.ts";
import * as shape from "../log/shape.ts";

/** What one index says. `not_in_force`: never issued, or its number was given up. */
export type ListedStatus = "valid" | "annulled" | "not_in_force" | "superseded";

/** Order is the number in the list, as near as a Token Status List has names: VALID, INVALID, SUSPENDED, application's own. */
const listed: readonly ListedStatus[] = ["valid", "annulled", "not_in_force", "superseded"];

/** Copies in one file. Who asks for a file tells only that it is one of so many. */
export const indexesAFile = 131_072;
const bits = 2;
const bytesAFile = (indexesAFile * bits) / 8;
const maximumTokenLength = 128 * 1024;
const header = { typ: "statuslist+jwt", alg: "EdDSA" } as const;

/** One file of the list, opened and believed. */
export type StatusList = {
  readonly file: number;
  /** Address of the service that signed it, as the links that it prints. */
  readonly issuer: string;
  /** when it was true */
  readonly asOf: Instant;
  /** from then on it says nothing any more */
  readonly until: Instant;
  readonly statusAt: (index: number) => ListedStatus | null;
};

export type StatusListFailure =
  | { readonly code: "status_list_malformed"; readonly field: string }
  | { readonly code: "status_list_key_unknown" }
  | { readonly code: "status_list_signature_wrong" }
  | { readonly code: "status_list_of_another_file"; readonly subject: string }
  | { readonly code: "status_list_expired"; readonly until: Instant };

/** In which file of the list an index stands. */
export const statusFileOf = (index: number): number => Math.floor(index / indexesAFile);

export type StatusFacts = {
  readonly file: number;
  /** Indexes from 0 below this one were given to a copy. */
  readonly allocated: number;
  /** Everything that is not valid, of any file; the rest below `allocated` is. */
  readonly exceptions: Iterable<readonly [index: number, status: ListedStatus]>;
};

/** Two bits an index, the first index in the lowest bits of its byte. Token Status List, section on the byte array. */
export function packStatuses({ file, allocated, exceptions }: StatusFacts): Bytes {
  const packed = new Uint8Array(bytesAFile);
  const first = file * indexesAFile;
  for (let i = Math.max(0, allocated - first); i < indexesAFile; i++) put(packed, i, "not_in_force");
  for (const [index, status] of exceptions) {
    if (index >= first && index < Math.min(allocated, first + indexesAFile)) put(packed, index - first, status);
  }
  return packed;
}

function put(packed: Uint8Array, at: number, status: ListedStatus): void {
  const shift = (at % 4) * bits;
  const cleared = (packed[at >> 2] ?? 0) & ~(3 << shift);
  packed[at >> 2] = cleared | (listed.indexOf(status) << shift);
}

export type StatusToken = {
  /** the service's address; with the file's number the `sub` of the token */
  readonly issuer: string;
  readonly file: number;
  readonly asOf: Instant;
  readonly validSeconds: number;
  /** zlib stream (RFC 1950) of what `packStatuses` gave */
  readonly compressed: Bytes;
};

export const statusSubject = (issuer: string, file: number): string => `${issuer}/status/${file}`;

/**
 * A signed status list: a JWS in compact form (RFC 7515, EdDSA of RFC 8037) with the claims of an IETF Token Status List,
 * so that wallets and verifiers that know neither us nor our log can read it.
 *
 * @param key the service's status key and its id
 */
export async function makeStatusToken(
  token: StatusToken,
  key: { readonly id: string; readonly sign: SignEd25519 },
): Promise<string> {
  const iat = secondsOf(token.asOf);
  const claims = {
    ...{ iss: token.issuer, sub: statusSubject(token.issuer, token.file), iat, exp: iat + token.validSeconds, ttl: 60 },
    status_list: { bits, lst: base64UrlOf(token.compressed) },
  };
  const signed = `${part({ ...header, kid: key.id })}.${part(claims)}`;
  return `${signed}.${base64UrlOf(await key.sign(utf8(signed)))}`;
}

const part = (value: object): string => base64UrlOf(utf8(JSON.stringify(value)));

export type StatusPorts = {
  readonly verifyEd25519: VerifyEd25519;
  readonly inflate: (bytes: Uint8Array, limitBytes: number) => Result<Bytes, { readonly code: string }>;
};

/** Believed only when one of the key list's status keys signed it, for this file, and its time has not run out. */
export async function openStatusToken(
  text: string,
  file: number,
  keyList: KeyList,
  now: Instant,
  ports: StatusPorts,
): Promise<Result<StatusList, StatusListFailure>> {
  const read = shape.readShape(() => readToken(text));
  if (!read.ok) return fail({ code: "status_list_malformed", field: read.failure.field });
  const { signed, signature, keyId, claims } = read.value;
  const key = keysFor(keyList, "status", claims.asOf).find(({ id }) => id === keyId);
  if (key === undefined) return fail({ code: "status_list_key_unknown" });
  if (!(await ports.verifyEd25519(key.publicKey, utf8(signed), signature)))
    return fail({ code: "status_list_signature_wrong" });
  if (!claims.subject.endsWith(`/status/${file}`))
    return fail({ code: "status_list_of_another_file", subject: claims.subject });
  if (secondsOf(now) >= secondsOf(claims.until)) return fail({ code: "status_list_expired", until: claims.until });
  const packed = ports.inflate(claims.compressed, bytesAFile);
  if (!packed.ok || packed.value.length !== bytesAFile) return fail({ code: "status_list_malformed", field: "lst" });
  const { issuer, asOf, until } = claims;
  return ok({ file, issuer, asOf, until, statusAt: (index) => statusAt(packed.value, file, index) });
}

function statusAt(packed: Bytes, file: number, index: number): ListedStatus | null {
  if (statusFileOf(index) !== file) return null;
  const at = index % indexesAFile;
  return listed[((packed[at >> 2] ?? 0) >> ((at % 4) * bits)) & 3] ?? null;
}

function readToken(text: string) {
  if (text.length > maximumTokenLength) shape.wrongShape("token");
  const parts = text.trim().split(".");
  const [head = "", body = "", signature = ""] = parts.length === 3 ? parts : shape.wrongShape("token");
  const named = shape.fieldsOf(jsonOf(head, "header"), "header", ["typ", "alg", "kid"]);
  shape.oneOf(named.get("typ"), "header.typ", [header.typ]);
  shape.oneOf(named.get("alg"), "header.alg", [header.alg]);
  return {
    signed: `${head}.${body}`,
    signature: bytesOfBase64Url(signature) ?? shape.wrongShape("signature"),
    keyId: shape.text(named.get("kid"), "header.kid", 64),
    claims: readClaims(jsonOf(body, "claims")),
  };
}

function readClaims(value: unknown) {
  const claims = shape.fieldsOf(value, "claims", ["iss", "sub", "iat", "exp", "ttl", "status_list"]);
  const list = shape.fieldsOf(claims.get("status_list"), "status_list", ["bits", "lst"]);
  if (list.get("bits") !== bits) shape.wrongShape("status_list.bits");
  return {
    issuer: shape.text(claims.get("iss"), "iss", 400),
    subject: shape.text(claims.get("sub"), "sub", 400),
    asOf: time(claims.get("iat"), "iat"),
    until: time(claims.get("exp"), "exp"),
    compressed: bytesOfBase64Url(shape.text(list.get("lst"), "lst", maximumTokenLength)) ?? shape.wrongShape("lst"),
  };
}

const latestSeconds = 253_402_300_799; // 9999-12-31T23:59:59Z, the last second that an Instant can write

function time(value: unknown, field: string): Instant {
  const seconds = shape.count(value, field);
  return seconds <= latestSeconds ? instantOfSeconds(seconds) : shape.wrongShape(field);
}

function jsonOf(encoded: string, field: string): unknown {
  const bytes = bytesOfBase64Url(encoded) ?? shape.wrongShape(field);
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return shape.wrongShape(field);
  }
}
