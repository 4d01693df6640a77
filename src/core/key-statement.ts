import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf, utf8 } from "./kernel.ts";
import { type KeyList, keysFor, type ServiceKey } from "./key-list.ts";
import { base64Of, base64UrlOf, bytesOfBase64Url } from "./log/base64.ts";
import type { SignEd25519, VerifyEd25519 } from "./log/checkpoint.ts";
import * as shape from "./log/shape.ts";

/** A thing in both languages: what a key is, for whoever opens the statement in an editor. */
type InBoth = { readonly vi: string; readonly en: string };

/**
 * Says which address is the service's own, and what each of its keys is. A look-alike site can copy every page; it cannot
 * sign another address under the same root.
 */
export type KeyStatement = {
  /** Address of the service, without a slash at its end: the one in every printed link. */
  readonly issuer: string;
  readonly issuedAt: Instant;
  /** From then on it says nothing any more. */
  readonly until: Instant;
  /** Base 64 of the offline root's public key, which clients pin. */
  readonly rootKey: string;
  readonly keyListSequence: number;
  readonly keys: readonly { readonly use: ServiceKey["use"]; readonly sha256: string; readonly is: InBoth }[];
  /** Certificates at the top of what the copies' signatures rest on, by SHA-256 of their DER. */
  readonly roots: readonly { readonly purpose: string; readonly sha256: string; readonly is: InBoth }[];
};

export type KeyStatementFailure = {
  readonly code: "statement_malformed" | "statement_key_unknown" | "statement_signature_wrong" | "statement_expired";
};

const type = "chungthuc-key-statement+jwt";
const mostLetters = 64 * 1024;

/**
 * Flattened JWS (RFC 7515 §7.2.2, EdDSA of RFC 8037). The status key signs it: the only one that says what is so now;
 * the type in the header keeps it apart from status lists.
 */
export async function makeKeyStatement(
  statement: KeyStatement,
  key: { readonly id: string; readonly sign: SignEd25519 },
): Promise<string> {
  const { issuer, issuedAt, until, ...said } = statement;
  const claims = { iss: issuer, iat: secondsOf(issuedAt), exp: secondsOf(until), ...said };
  const protectedHeader = part({ typ: type, alg: "EdDSA", kid: key.id });
  const payload = part(claims);
  const signature = base64UrlOf(await key.sign(utf8(`${protectedHeader}.${payload}`)));
  return JSON.stringify({ protected: protectedHeader, payload, signature });
}

const part = (value: object): string => base64UrlOf(utf8(JSON.stringify(value)));

/** What is believed of a statement: who issues under which root. */
export type BelievedStatement = Pick<KeyStatement, "issuer" | "issuedAt" | "until" | "rootKey">;

/** Believed only when a status key of the (already verified) list signed it and its time has not run out. */
export async function openKeyStatement(
  text: string,
  keyList: KeyList,
  now: Instant,
  verify: VerifyEd25519,
): Promise<Result<BelievedStatement, KeyStatementFailure>> {
  const read = text.length > mostLetters ? null : shape.readShape(() => readStatement(text));
  if (!read?.ok) return fail({ code: "statement_malformed" });
  const { signed, signature, keyId, said } = read.value;
  const key = keysFor(keyList, "status", said.issuedAt).find(({ id }) => id === keyId);
  if (key === undefined) return fail({ code: "statement_key_unknown" });
  if (!(await verify(key.publicKey, utf8(signed), signature))) return fail({ code: "statement_signature_wrong" });
  return now < said.until ? ok(said) : fail({ code: "statement_expired" });
}

function readStatement(text: string) {
  const outer = shape.fieldsOf(jsonOf(text), "statement", ["protected", "payload", "signature"]);
  const head = shape.text(outer.get("protected"), "protected", 400);
  const payload = shape.text(outer.get("payload"), "payload", mostLetters);
  const named = shape.fieldsOf(jsonOfBase64(head), "header", ["typ", "alg", "kid"]);
  shape.oneOf(named.get("typ"), "typ", [type]);
  shape.oneOf(named.get("alg"), "alg", ["EdDSA"]);
  const claims = shape.fieldsOf(jsonOfBase64(payload), "claims", [
    ...["iss", "iat", "exp", "rootKey", "keyListSequence", "keys", "roots"],
  ]);
  return {
    signed: `${head}.${payload}`,
    signature: bytesOfBase64Url(shape.text(outer.get("signature"), "signature", 100)) ?? shape.wrongShape("signature"),
    keyId: shape.text(named.get("kid"), "kid", 64),
    said: {
      issuer: shape.text(claims.get("iss"), "iss", 400),
      issuedAt: time(claims.get("iat"), "iat"),
      until: time(claims.get("exp"), "exp"),
      rootKey: shape.text(claims.get("rootKey"), "rootKey", 64),
    },
  };
}

const latestSeconds = 253_402_300_799; // 9999-12-31T23:59:59Z, the last second that an Instant can write

function time(value: unknown, field: string): Instant {
  const seconds = shape.count(value, field);
  return seconds <= latestSeconds ? instantOfSeconds(seconds) : shape.wrongShape(field);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return shape.wrongShape("json");
  }
}

const jsonOfBase64 = (text: string): unknown =>
  jsonOf(new TextDecoder().decode(bytesOfBase64Url(text) ?? shape.wrongShape("base64")));

/**
 * The DNS TXT record that says the same in a place that whoever runs the look-alike does not have: RFC 1035 §3.3.14,
 * below a name of its own as RFC 8552 wants.
 */
export function domainRecord(issuer: string, rootKey: Bytes): { readonly name: string; readonly value: string } {
  return { name: `_chungthuc.${new URL(issuer).hostname}`, value: `v=chungthuc1; root=${base64Of(rootKey)}` };
}
