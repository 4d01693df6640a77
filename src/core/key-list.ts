import { type Bytes, equalBytes, fail, type Hash, hexOf, type Instant, ok, type Result, utf8 } from "./kernel.ts";
import { type ListedWitnesses, readWitnesses, writeWitnesses } from "./listed-witnesses.ts";
import { base64Of } from "./log/base64.ts";
import type { SignEd25519, VerifyEd25519 } from "./log/checkpoint.ts";
import * as shape from "./log/shape.ts";

/** One online key, one use; none of them can sign a copy. DESIGN decision 16. */
export type ServiceKey = {
  /** see `serviceKeyId` */
  readonly id: string;
  readonly use: "code" | "log" | "status" | "credential";
  readonly algorithm: "ES256" | "Ed25519";
  /** Ed25519: 32 bytes, RFC 8032. ES256: 65 bytes, uncompressed point of P-256, SEC 1 §2.3.3. */
  readonly publicKey: Bytes;
  readonly from: Instant;
  readonly to: Instant | null;
};

/** A certificate that may stand under a certified copy of this agency, in this role, between these instants. */
export type ListedCertificate = {
  /** SHA-256 of the certificate's DER, 64 lower-case hexadecimal digits */
  readonly sha256: string;
  readonly role: "official" | "agency_seal";
  readonly from: Instant;
  readonly to: Instant | null;
};

export type ListedAgency = {
  readonly agencyId: string;
  readonly agencyName: string;
  readonly certificates: readonly ListedCertificate[];
};

/** A trust anchor is good for its purpose only. DESIGN decision 12. */
export type ListedAnchor = {
  readonly purpose: "official" | "agency_seal" | "timestamp" | "public";
  /** DER */
  readonly certificate: Bytes;
};

/** What a verifier must know beforehand, signed by a root key that is kept offline and pinned by clients. */
export type KeyList = {
  /** grows by one with each list; a client never goes back */
  readonly sequence: number;
  readonly issuedAt: Instant;
  readonly logOrigin: string;
  readonly keys: readonly ServiceKey[];
  readonly agencies: readonly ListedAgency[];
  readonly anchors: readonly ListedAnchor[];
  /** Absent where the log has no witness; such a list is written as version 1, one with witnesses as version 2. */
  readonly witnesses?: ListedWitnesses;
};

export type KeyListFailure =
  | { readonly code: "key_list_malformed"; readonly field: string }
  | { readonly code: "key_list_of_another_root"; readonly rootKeyId: string }
  | { readonly code: "key_list_signature_wrong" }
  | { readonly code: "key_list_rolled_back"; readonly sequence: number; readonly atLeast: number };

const versions = { plain: 1, witnessed: 2 } as const;
const maximumEnvelopeLength = 4 * 1024 * 1024; // 3,321 communes with several certificates each fit
const maximumItems = 20_000;
const purpose = "chungthuc key list v1\n"; // signed with the payload: the root's signature fits nothing else

/** First 8 bytes of SHA-256 of the public key as hexadecimal digits; names a root in envelope and configuration. */
export const rootKeyId = (publicKey: Uint8Array, sha256: Hash): string => hexOf(sha256(publicKey).slice(0, 8));

/** First 4 bytes of SHA-256 of the public key as hexadecimal digits: short, because the signed code carries it. */
export const serviceKeyId = (publicKey: Uint8Array, sha256: Hash): string => hexOf(sha256(publicKey).slice(0, 4));

/** @returns the envelope, JSON text, ready to publish as `keys` */
export async function makeKeyList(
  list: KeyList,
  root: { readonly publicKey: Bytes; readonly sign: SignEd25519 },
  sha256: Hash,
): Promise<string> {
  const payload = utf8(JSON.stringify(writeList(list)));
  const signature = await root.sign(signedBytes(payload));
  const envelope = {
    payload: base64Of(payload),
    signature: base64Of(signature),
    rootKeyId: rootKeyId(root.publicKey, sha256),
  };
  return `${JSON.stringify(envelope)}\n`;
}

/**
 * @param pinned the root's public key, 32 bytes, known to the client from elsewhere
 * @param atLeast sequence of the newest list this client has seen: an older one may hide a withdrawn key
 */
export async function verifyKeyList(
  envelopeText: string,
  pinned: Bytes,
  ports: { readonly sha256: Hash; readonly verifyEd25519: VerifyEd25519 },
  atLeast = 0,
): Promise<Result<KeyList, KeyListFailure>> {
  const envelope = shape.readShape(() => readEnvelope(envelopeText));
  if (!envelope.ok) return malformed(envelope.failure.field);
  const { payload, signature, rootKeyId: named } = envelope.value;
  if (named !== rootKeyId(pinned, ports.sha256)) return fail({ code: "key_list_of_another_root", rootKeyId: named });
  const signed = await ports.verifyEd25519(pinned, signedBytes(payload), signature);
  if (!signed) return fail({ code: "key_list_signature_wrong" });
  const list = shape.readShape(() => readList(jsonOf(new TextDecoder().decode(payload), "payload")));
  if (!list.ok) return malformed(list.failure.field);
  const { sequence } = list.value;
  return sequence >= atLeast ? ok(list.value) : fail({ code: "key_list_rolled_back", sequence, atLeast });
}

/** The keys of that use that were good at that instant; the newest first. */
export function keysFor(list: KeyList, use: ServiceKey["use"], at: Instant): readonly ServiceKey[] {
  const good = list.keys.filter((key) => key.use === use && key.from <= at && (key.to === null || at < key.to));
  return good.toSorted((a, b) => (a.from < b.from ? 1 : -1));
}

/** Whether two lists say the same, for a client that meets one sequence twice. */
export const sameList = (a: KeyList, b: KeyList): boolean =>
  equalBytes(utf8(JSON.stringify(writeList(a))), utf8(JSON.stringify(writeList(b))));

const malformed = (field: string) => fail({ code: "key_list_malformed", field } as const);

function signedBytes(payload: Bytes): Bytes {
  const joined = new Uint8Array(purpose.length + payload.length);
  joined.set(utf8(purpose));
  joined.set(payload, purpose.length);
  return joined;
}

function writeList(list: KeyList) {
  const { witnesses } = list;
  const base = writeBase(list);
  if (witnesses === undefined) return base;
  return { ...base, version: versions.witnessed, witnesses: writeWitnesses(witnesses) };
}

function writeBase(list: KeyList) {
  return {
    version: versions.plain as number,
    sequence: list.sequence,
    issuedAt: list.issuedAt,
    logOrigin: list.logOrigin,
    keys: list.keys.map((key) => ({ ...key, publicKey: base64Of(key.publicKey) })),
    agencies: list.agencies,
    anchors: list.anchors.map((anchor) => ({ ...anchor, certificate: base64Of(anchor.certificate) })),
  };
}

function jsonOf(text: string, field: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return shape.wrongShape(field);
  }
}

function readEnvelope(text: string) {
  if (text.length > maximumEnvelopeLength) shape.wrongShape("envelope");
  const fields = shape.fieldsOf(jsonOf(text, "envelope"), "envelope", ["payload", "signature", "rootKeyId"]);
  return {
    payload: shape.base64(fields.get("payload"), "payload", maximumEnvelopeLength),
    signature: shape.base64(fields.get("signature"), "signature", 88),
    rootKeyId: shape.text(fields.get("rootKeyId"), "rootKeyId", 16),
  };
}

const listFields = ["version", "sequence", "issuedAt", "logOrigin", "keys", "agencies", "anchors"];

function readList(value: unknown): KeyList {
  const isWitnessed = typeof value === "object" && value !== null && "version" in value && value.version === 2;
  const fields = shape.fieldsOf(value, "list", isWitnessed ? [...listFields, "witnesses"] : listFields);
  if (!isWitnessed && fields.get("version") !== versions.plain) shape.wrongShape("version");
  return {
    ...(isWitnessed && { witnesses: readWitnesses(fields.get("witnesses")) }),
    sequence: shape.count(fields.get("sequence"), "sequence"),
    issuedAt: shape.instant(fields.get("issuedAt"), "issuedAt"),
    logOrigin: shape.text(fields.get("logOrigin"), "logOrigin", 200),
    keys: shape.list(fields.get("keys"), "keys", maximumItems).map(readKey),
    agencies: shape.list(fields.get("agencies"), "agencies", maximumItems).map(readAgency),
    anchors: shape.list(fields.get("anchors"), "anchors", maximumItems).map(readAnchor),
  };
}

function readKey(value: unknown): ServiceKey {
  const fields = shape.fieldsOf(value, "key", ["id", "use", "algorithm", "publicKey", "from", "to"]);
  const algorithm = shape.oneOf(fields.get("algorithm"), "algorithm", ["ES256", "Ed25519"]);
  const publicKey = shape.base64(fields.get("publicKey"), "publicKey", 88);
  if (publicKey.length !== (algorithm === "Ed25519" ? 32 : 65)) shape.wrongShape("publicKey");
  return {
    id: shape.text(fields.get("id"), "id", 8),
    use: shape.oneOf(fields.get("use"), "use", ["code", "log", "status", "credential"]),
    algorithm,
    publicKey,
    ...shape.term(fields),
  };
}

function readAgency(value: unknown): ListedAgency {
  const fields = shape.fieldsOf(value, "agency", ["agencyId", "agencyName", "certificates"]);
  return {
    agencyId: shape.text(fields.get("agencyId"), "agencyId", 64),
    agencyName: shape.text(fields.get("agencyName"), "agencyName", 300),
    certificates: shape.list(fields.get("certificates"), "certificates", maximumItems).map(readCertificate),
  };
}

function readCertificate(value: unknown): ListedCertificate {
  const fields = shape.fieldsOf(value, "certificate", ["sha256", "role", "from", "to"]);
  const sha256 = shape.text(fields.get("sha256"), "sha256", 64);
  return {
    sha256: /^[0-9a-f]{64}$/.test(sha256) ? sha256 : shape.wrongShape("sha256"),
    role: shape.oneOf(fields.get("role"), "role", ["official", "agency_seal"]),
    ...shape.term(fields),
  };
}

function readAnchor(value: unknown): ListedAnchor {
  const fields = shape.fieldsOf(value, "anchor", ["purpose", "certificate"]);
  return {
    purpose: shape.oneOf(fields.get("purpose"), "purpose", ["official", "agency_seal", "timestamp", "public"]),
    certificate: shape.base64(fields.get("certificate"), "certificate", 32 * 1024),
  };
}
