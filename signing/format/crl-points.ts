import type { Bytes, Result } from "../../src/core/kernel.ts";
import type { Certificate } from "./certificate.ts";
import { bail, type DerFailure, type Element, Fields, fieldsOf, membersOf, parseDer, readingDer } from "./der.ts";
import { bitsOfTagged, hasBit } from "./der-values.ts";
import { type GeneralName, readGeneralName } from "./general-name.ts";
import { keyOfRdns, type Name, readAttribute } from "./name.ts";
import { oids } from "./oids.ts";

/** Reasons of a revocation as bits, RFC 5280 §4.2.1.13: keyCompromise (1) to aACompromise (8). */
export type ReasonMask = number;
export const allReasons: ReasonMask = 0b1_1111_1110;

/** One DistributionPoint of a certificate. */
export type DistributionPoint = {
  /** Texts that are equal for equal names; null where only the list's issuer is told. */
  readonly names: readonly string[] | null;
  readonly reasons: ReasonMask;
  /** Empty: the certificate's own issuer. */
  readonly listIssuers: readonly Name[];
};

/**
 * RFC 5280 §4.2.1.13, and last the point of §6.3.3's end: whatever list the certificate's issuer has. Bails out.
 */
export function distributionPointsOf({ issuer, extensions }: Certificate): readonly DistributionPoint[] {
  const told = extensions.values.get(oids.crlDistributionPoints);
  const points = told === undefined ? [] : membersOf(parseDer(told.value)).map((point) => readPoint(point, issuer));
  return [...points, { names: [directoryText(issuer)], reasons: allReasons, listIssuers: [] }];
}

/**
 * Names under which deltas are found: the FreshestCRL of a certificate or of a complete list, RFC 5280 §4.2.1.15, §5.2.6.
 *
 * @param value octets of the extension
 * @param issuer of the certificate or of the list
 */
export function freshestNames(value: Bytes, issuer: Name): Result<readonly string[], DerFailure> {
  return readingDer(() => membersOf(parseDer(value)).flatMap((point) => readPoint(point, issuer).names ?? []));
}

function readPoint(element: Element, certificateIssuer: Name): DistributionPoint {
  const fields = fieldsOf(element);
  const name = fields.optionalContext(0);
  const reasons = fields.optionalContext(1);
  const issuers = fields.optionalContext(2);
  const listIssuers = (issuers?.children ?? []).map(readGeneralName).flatMap(directoryNames);
  return {
    names: name && pointNames(name, listIssuers[0] ?? certificateIssuer),
    reasons: reasons === null ? allReasons : reasonsOf(reasons),
    listIssuers,
  };
}

const directoryNames = (name: GeneralName): Name[] => (name.kind === "directory" ? [name.value] : []);

/** DistributionPointName: full names, or what is added to the name of the list's issuer. Bails out. */
export function pointNames(choice: Element, listIssuer: Name): readonly string[] {
  const fields = new Fields(choice);
  const full = fields.optionalContext(0);
  if (full !== null) return full.children.map(readGeneralName).map(nameText);
  const relative = fields.next();
  if (!relative.isContext(1)) return bail("unexpected");
  const rdn = relative.children.map(readAttribute);
  return [`directory:${keyOfRdns([...listIssuer.rdns, rdn])}`];
}

export const directoryText = (name: Name): string => `directory:${name.key}`;

function nameText(name: GeneralName): string {
  if (name.kind === "directory") return directoryText(name.value);
  if (name.kind === "other") return `other:${name.form}`;
  return `${name.kind}:${name.kind === "ip" ? name.value.join(".") : name.value}`;
}

/** ReasonFlags under an implicit tag. Bails out. */
export function reasonsOf(flags: Element): ReasonMask {
  const bits = bitsOfTagged(flags);
  return [1, 2, 3, 4, 5, 6, 7, 8].reduce((mask, bit) => (hasBit(bits, bit) ? mask | (1 << bit) : mask), 0);
}
