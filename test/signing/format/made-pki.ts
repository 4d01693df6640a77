import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type Certificate, parseCertificate } from "../../../signing/format/certificate.ts";
import { type Crl, parseCrl } from "../../../signing/format/crl.ts";
import {
  bitString,
  boolean,
  element,
  explicit,
  implicit,
  integer,
  octetString,
  oid,
  sequence,
  setOf,
  time,
  utf8String,
} from "../../../signing/format/der-writer.ts";
import { type OcspResponse, parseStoredOcsp } from "../../../signing/format/ocsp.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { Bytes, Instant, Result } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";

// Certificates, lists and answers of fictional authorities in every shape that tests ask for, by our own DER writer.

export type Key = { readonly privateKey: KeyObject; readonly spki: Bytes };

export function newKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { privateKey, spki: new Uint8Array(publicKey.export({ type: "spki", format: "der" })) };
}

export type Authority = { readonly name: string; readonly key: Key };
export const newAuthority = (name: string): Authority => ({ name, key: newKey() });

export const nameOf = (text: string): Bytes =>
  text === "" ? sequence() : sequence(setOf(sequence(oid("2.5.4.3"), utf8String(text))));

const algorithm = sequence(oid(oids.ed25519));

const signed = (tbs: Bytes, { privateKey }: Key, ...rest: Bytes[]): Bytes =>
  sequence(tbs, algorithm, bitString(new Uint8Array(sign(null, tbs, privateKey))), ...rest);

export const extension = (id: string, value: Bytes, critical = false): Bytes =>
  sequence(oid(id), ...(critical ? [boolean(true)] : []), octetString(value));

export const authorityExtension = (pathLength?: number): Bytes =>
  extension(
    oids.basicConstraints,
    sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    true,
  );

export const from = "2020-01-01T00:00:00Z" as Instant;
export const at = "2025-01-01T00:00:00Z" as Instant;
export const to = "2030-01-01T00:00:00Z" as Instant;

let serials = 100;

export type Wanted = {
  readonly subject: string;
  readonly issuer: Authority;
  /** DER of SubjectPublicKeyInfo; a fresh key where it is left out. */
  readonly spki?: Bytes;
  readonly serial?: number;
  readonly notBefore?: Instant;
  readonly notAfter?: Instant;
  readonly extensions?: readonly Bytes[];
};

export function issue(wanted: Wanted): Certificate {
  const { subject, issuer, serial = serials++, notBefore = from, notAfter = to, extensions = [] } = wanted;
  const tbs = sequence(
    explicit(0, integer(2)),
    integer(serial),
    algorithm,
    nameOf(issuer.name),
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject),
    wanted.spki ?? newKey().spki,
    ...(extensions.length === 0 ? [] : [explicit(3, sequence(...extensions))]),
  );
  return value(parseCertificate(signed(tbs, issuer.key)));
}

/** An authority's certificate for its own key. */
export const certify = (subject: Authority, issuer: Authority, ...extensions: Bytes[]): Certificate =>
  issue({ subject: subject.name, spki: subject.key.spki, issuer, extensions: [authorityExtension(), ...extensions] });

export type ListedEntry = {
  readonly serial: Bytes;
  readonly revokedAt: Instant;
  readonly extensions?: readonly Bytes[];
};

export type WantedList = {
  readonly issuer: Authority;
  readonly thisUpdate?: Instant;
  readonly nextUpdate?: Instant | null;
  readonly entries?: readonly ListedEntry[];
  readonly extensions?: readonly Bytes[];
};

export const listDer = (wanted: WantedList): Bytes => {
  const { issuer, thisUpdate = "2024-12-31T00:00:00Z" as Instant, entries = [], extensions = [] } = wanted;
  const nextUpdate = wanted.nextUpdate === undefined ? ("2025-01-08T00:00:00Z" as Instant) : wanted.nextUpdate;
  const rows = entries.map((entry) =>
    sequence(
      element(2, entry.serial),
      time(entry.revokedAt),
      ...(entry.extensions === undefined ? [] : [sequence(...entry.extensions)]),
    ),
  );
  const tbs = sequence(
    integer(1),
    algorithm,
    nameOf(issuer.name),
    time(thisUpdate),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(rows.length === 0 ? [] : [element(0x30, new Uint8Array(Buffer.concat(rows)))]),
    ...(extensions.length === 0 ? [] : [explicit(0, sequence(...extensions))]),
  );
  return signed(tbs, issuer.key);
};

export const list = (wanted: WantedList): Crl => value(parseCrl(listDer(wanted)));

export const reason = (code: number): Bytes => extension(oids.reasonCode, element(10, Uint8Array.of(code)));
export const invalidityDate = (when: Instant): Bytes =>
  extension(oids.invalidityDate, element(24, new TextEncoder().encode(when.replace(/[-:T]/g, ""))));
export const crlNumber = (number: number): Bytes => extension(oids.crlNumber, integer(number));
export const deltaOf = (number: number): Bytes => extension(oids.deltaCrlIndicator, integer(number), true);

export type WantedAnswer = {
  readonly responder: Authority;
  readonly certificates?: readonly Certificate[];
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  /** Null: good. */
  readonly revokedAt?: Instant | null;
  readonly thisUpdate?: Instant;
  readonly nextUpdate?: Instant | null;
  readonly singleExtensions?: readonly Bytes[];
  readonly responseExtensions?: readonly Bytes[];
  /** The choice in place of good or revoked. */
  readonly status?: Bytes;
  /** The choice in place of the responder's name. */
  readonly responderId?: Bytes;
};

/** A BasicOCSPResponse by name of its responder. */
export function answerDer(wanted: WantedAnswer): Bytes {
  const { certificate, issuer, responder, revokedAt = null, thisUpdate = at, singleExtensions = [] } = wanted;
  const nextUpdate = wanted.nextUpdate === undefined ? ("2025-01-02T00:00:00Z" as Instant) : wanted.nextUpdate;
  const certId = sequence(
    sequence(oid(oids.sha256)),
    octetString(nodePrimitives.digest("sha256", issuer.subject.raw)),
    octetString(nodePrimitives.digest("sha256", issuer.publicKeyBits)),
    element(2, certificate.serial),
  );
  const generalized = (instant: Instant) => element(24, new TextEncoder().encode(instant.replace(/[-:T]/g, "")));
  const status = wanted.status ?? (revokedAt === null ? element(0x80) : element(0xa1, generalized(revokedAt)));
  const single = sequence(
    certId,
    status,
    generalized(thisUpdate),
    ...(nextUpdate === null ? [] : [explicit(0, generalized(nextUpdate))]),
    ...(singleExtensions.length === 0 ? [] : [explicit(1, sequence(...singleExtensions))]),
  );
  const { responderId = explicit(1, nameOf(responder.name)), responseExtensions = [] } = wanted;
  const behind = responseExtensions.length === 0 ? [] : [explicit(1, sequence(...responseExtensions))];
  const tbs = sequence(responderId, generalized(thisUpdate), sequence(single), ...behind);
  const certificates = wanted.certificates ?? [];
  const carried = certificates.length === 0 ? [] : [explicit(0, sequence(...certificates.map(({ raw }) => raw)))];
  return signed(tbs, responder.key, ...carried);
}

export function answer(wanted: WantedAnswer): OcspResponse {
  const { basic } = value(parseStoredOcsp(answerDer(wanted)));
  if (basic === null) throw new Error("no answer");
  return basic;
}

export const dns = (host: string): Bytes => element(0x82, new TextEncoder().encode(host));
export const mail = (address: string): Bytes => element(0x81, new TextEncoder().encode(address));
export const uri = (address: string): Bytes => element(0x86, new TextEncoder().encode(address));
export const ip = (...octets: number[]): Bytes => element(0x87, Uint8Array.from(octets));
export const directory = (text: string): Bytes => explicit(4, nameOf(text));
export const otherName = (): Bytes => implicit(0, sequence(oid("1.3.6.1.4.1.99999.1"), explicit(0, utf8String("x"))));

export const alternativeNames = (...names: Bytes[]): Bytes => extension(oids.subjectAltName, sequence(...names));

export function nameConstraints(permitted: readonly Bytes[], excluded: readonly Bytes[] = []): Bytes {
  const subtrees = (number: number, bases: readonly Bytes[]) =>
    bases.length === 0 ? [] : [implicit(number, sequence(...bases.map((base) => sequence(base))))];
  return extension(oids.nameConstraints, sequence(...subtrees(0, permitted), ...subtrees(1, excluded)), true);
}

export function value<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
