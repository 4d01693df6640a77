import { type Bytes, fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";
import { issuersAlgorithmOf } from "./algorithm.ts";
import { collectExtensions, type Extension } from "./certificate-extensions.ts";
import { type CrlEntry, entriesIn } from "./crl-entries.ts";
import { pointNames, type ReasonMask, reasonsOf } from "./crl-points.ts";
import { bail, type DerFailure, type Element, explicitOf, fieldsOf, parseDer, readingDer, tag } from "./der.ts";
import { booleanOfTagged, instantOf, integerBytesOf, isTime, numberOf, wholeBitsOf } from "./der-values.ts";
import { type Name, readName, sameName } from "./name.ts";
import { oids } from "./oids.ts";
import type { IssuersAlgorithm } from "./primitives.ts";

/** A CertificateList as read, RFC 5280 §5. Reading judges nothing; entries are looked at when one is asked for. */
export type Crl = {
  readonly raw: Bytes;
  /** What the issuer signed. */
  readonly tbs: Bytes;
  readonly issuer: Name;
  readonly thisUpdate: Instant;
  /** Null where none is promised, against §5.1.2.5. */
  readonly nextUpdate: Instant | null;
  readonly number: bigint | null;
  /** Of a delta: the number of the complete list that it can be added to; else null. §5.2.4. */
  readonly base: bigint | null;
  readonly scope: Scope;
  readonly authorityKeyId: Bytes | null;
  /** Entries are kept after the certificate's end from here on, X.509 §9.5.2.8; null where that is not said. */
  readonly keepsExpiredSince: Instant | null;
  /** Octets of FreshestCRL, §5.2.6: where deltas of this list are; read when they are fetched. Null where it is absent. */
  readonly freshestCrl: Bytes | null;
  /** A critical extension that nothing here reads: it must not be used, §5.2. */
  readonly isUnderstood: boolean;
  readonly signatureAlgorithm: IssuersAlgorithm | null;
  readonly signature: Bytes;
  /** Content octets of revokedCertificates. */
  readonly entries: Bytes;
};

/** IssuingDistributionPoint, §5.2.5; where it is absent, the list is about every certificate of its issuer. */
export type Scope = {
  readonly names: readonly string[] | null;
  readonly holds: "all" | "users" | "authorities" | "attributes" | "nothing";
  /** Null for all. */
  readonly reasons: ReasonMask | null;
  readonly isIndirect: boolean;
};

const everything: Scope = { names: null, holds: "all", reasons: null, isIndirect: false };
/** Some 400,000 entries. National lists are a tenth of that. */
const largestBytes = 16 * 1024 * 1024;

/** @param der one CertificateList and nothing after it, 16 MiB at most */
export function parseCrl(der: Bytes): Result<Crl, DerFailure> {
  if (der.length > largestBytes) return fail({ code: "der_malformed", reason: "length_too_long" });
  return readingDer(() => readCrl(parseDer(der)));
}

function readCrl(element: Element): Crl {
  const outer = fieldsOf(element);
  const tbs = outer.next();
  const algorithm = outer.next();
  const signature = wholeBitsOf(outer.next());
  const fields = fieldsOf(tbs);
  const version = fields.optional(tag.integer);
  if (version !== null && numberOf(version) !== 1) bail("bad_value");
  fields.next(); // the signature's algorithm once more
  const issuer = readName(fields.next());
  const thisUpdate = instantOf(fields.next());
  const next = fields.rest()[0];
  const nextUpdate = next !== undefined && isTime(next) ? instantOf(fields.next()) : null;
  const revoked = fields.optional(tag.sequence);
  const extensions = fields.optionalContext(0);
  return {
    raw: element.raw,
    tbs: tbs.raw,
    issuer,
    thisUpdate,
    nextUpdate,
    ...readExtensions(collectExtensions(extensions && explicitOf(extensions)), issuer),
    signatureAlgorithm: issuersAlgorithmOf(algorithm),
    signature,
    entries: revoked === null ? new Uint8Array() : revoked.content,
  };
}

const understood: ReadonlySet<string> = new Set([
  oids.crlNumber,
  oids.deltaCrlIndicator,
  oids.issuingDistributionPoint,
  oids.authorityKeyIdentifier,
  oids.issuerAltName,
  oids.freshestCrl,
  oids.expiredCertsOnCrl,
]);

function readExtensions(found: ReadonlyMap<string, Extension>, issuer: Name) {
  const value = (id: string) => {
    const extension = found.get(id);
    return extension === undefined ? null : parseDer(extension.value);
  };
  const number = value(oids.crlNumber);
  const base = value(oids.deltaCrlIndicator);
  const point = value(oids.issuingDistributionPoint);
  const keyId = value(oids.authorityKeyIdentifier);
  const expired = value(oids.expiredCertsOnCrl);
  return {
    number: number && wholeNumber(number),
    base: base && wholeNumber(base),
    scope: point === null ? everything : readScope(point, issuer),
    authorityKeyId: keyId && (fieldsOf(keyId).optionalContext(0)?.content ?? null),
    keepsExpiredSince: expired && instantOf(expired),
    freshestCrl: found.get(oids.freshestCrl)?.value ?? null,
    // A number is never critical (§5.2.3): whoever writes it so means something that is not known here.
    isUnderstood: [...found].every(([id, { critical }]) => !critical || (understood.has(id) && id !== oids.crlNumber)),
  };
}

/** §5.2.3: at most 20 octets. */
function wholeNumber(element: Element): bigint {
  const octets = integerBytesOf(element);
  if (octets.length > 21 || (octets[0] ?? 0) > 127) bail("bad_value");
  return octets.reduce((number, octet) => (number << 8n) | BigInt(octet), 0n);
}

function readScope(element: Element, issuer: Name): Scope {
  const fields = fieldsOf(element);
  const name = fields.optionalContext(0);
  const flag = (number: number) => {
    const field = fields.optionalContext(number);
    return field !== null && booleanOfTagged(field);
  };
  const [users, authorities] = [flag(1), flag(2)];
  const reasons = fields.optionalContext(3);
  const isIndirect = flag(4);
  const only = ([users && "users", authorities && "authorities", flag(5) && "attributes"] as const).filter(
    (kind) => kind !== false,
  );
  return {
    names: name && pointNames(name, issuer),
    holds: only.length > 1 ? "nothing" : (only[0] ?? "all"),
    reasons: reasons && reasonsOf(reasons),
    isIndirect,
  };
}

/** `entry_unreadable`: one entry has a critical extension that nothing here reads, so the list tells nothing, §5.3. */
export type CrlFailure = DerFailure | { readonly code: "entry_unreadable" };

/**
 * What a list says of one certificate, as CRLs are searched: from front to back, keeping nothing.
 *
 * @param issuer of the certificate: in an indirect list each entry may name another, §5.3.3
 */
export function entryOf(crl: Crl, serial: Bytes, issuer: Name): Result<CrlEntry | null, CrlFailure> {
  const read = readingDer(() => search(crl, serial, issuer));
  if (!read.ok) return read;
  return read.value === "unreadable" ? fail({ code: "entry_unreadable" }) : ok(read.value);
}

function search(crl: Crl, serial: Bytes, issuer: Name): CrlEntry | null | "unreadable" {
  let found: CrlEntry | null = null;
  let current = crl.issuer;
  for (const entry of entriesIn(crl.entries, serial, crl.scope.isIndirect)) {
    if (!entry.isUnderstood) return "unreadable";
    current = entry.issuer ?? current;
    if (found === null && entry.isWanted && sameName(current, issuer)) found = entry;
  }
  return found;
}
