import type { Bytes } from "../../src/core/kernel.ts";
import { bail, type Element, expect, Fields, fieldsOf, membersOf, parseDer, tag } from "./der.ts";
import { type BitString, bitStringOf, booleanOf, hasBit, numberOf, octetsOf, oidOf } from "./der-values.ts";
import { webAddressOf } from "./name.ts";
import { oids } from "./oids.ts";

/** Bits of keyUsage in their order, RFC 5280 §4.2.1.3. */
export const keyUsages = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
] as const;
export type KeyUsage = (typeof keyUsages)[number];

/** What the extensions of RFC 5280 §4.2 say; null or empty where the certificate is silent. */
export type CertificateExtensions = {
  readonly basicConstraints: { readonly isAuthority: boolean; readonly pathLength: number | null } | null;
  readonly keyUsage: readonly KeyUsage[] | null;
  readonly extendedKeyUsage: { readonly purposes: readonly string[]; readonly critical: boolean } | null;
  readonly subjectKeyId: Bytes | null;
  readonly authorityKeyId: Bytes | null;
  /** First http(s) address of each kind. */
  readonly ocspUrl: string | null;
  readonly issuersUrl: string | null;
  readonly crlUrl: string | null;
  /** id-pkix-ocsp-nocheck, RFC 6960 §4.2.2.2.1. */
  readonly ocspNoCheck: boolean;
  readonly policies: readonly string[];
  /** Critical extensions that nothing here reads: a path through them must be refused, RFC 5280 §4.2. */
  readonly criticalUnknown: readonly string[];
  /** Every extension as it stands, by its identifier. */
  readonly values: ReadonlyMap<string, Extension>;
};

export type Extension = { readonly critical: boolean; readonly value: Bytes };

/** @param list `Extensions`, or null for a certificate without. Bails out. */
export function readExtensions(list: Element | null): CertificateExtensions {
  const found = collectExtensions(list);
  const value = (id: string) => {
    const extension = found.get(id);
    return extension === undefined ? null : parseDer(extension.value);
  };
  const constraints = value(oids.basicConstraints);
  const usage = value(oids.keyUsage);
  const purposes = value(oids.extendedKeyUsage);
  const subjectKey = value(oids.subjectKeyIdentifier);
  const access = value(oids.authorityInfoAccess);
  const points = value(oids.crlDistributionPoints);
  const policies = value(oids.certificatePolicies);
  return {
    basicConstraints: constraints && readConstraints(constraints),
    keyUsage: usage && usagesOf(bitStringOf(usage)),
    extendedKeyUsage: purposes && {
      purposes: fieldsOf(purposes).rest().map(oidOf),
      critical: found.get(oids.extendedKeyUsage)?.critical ?? false,
    },
    subjectKeyId: subjectKey && octetsOf(subjectKey),
    authorityKeyId: readAuthorityKeyId(value(oids.authorityKeyIdentifier)),
    ocspUrl: access && accessUrl(access, oids.ocsp),
    issuersUrl: access && accessUrl(access, oids.caIssuers),
    crlUrl: points && pointUrl(points),
    ocspNoCheck: found.has(oids.ocspNoCheck),
    policies: policies === null ? [] : membersOf(policies).map((policy) => oidOf(fieldsOf(policy).next())),
    criticalUnknown: [...found].filter(([id, { critical }]) => critical && !understood.has(id)).map(([id]) => id),
    values: found,
  };
}

// Read here, by path-rules.ts or by crl-points.ts; alternative names of the issuer say nothing that is judged.
const understood: ReadonlySet<string> = new Set([
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectKeyIdentifier,
  oids.authorityKeyIdentifier,
  oids.authorityInfoAccess,
  oids.crlDistributionPoints,
  oids.certificatePolicies,
  oids.subjectAltName,
  oids.issuerAltName,
  oids.nameConstraints,
  oids.policyMappings,
  oids.policyConstraints,
  oids.inhibitAnyPolicy,
  oids.freshestCrl,
  oids.ocspNoCheck,
]);

/** Extensions by identifier, of a certificate, list or entry. Bails out. */
export function collectExtensions(list: Element | null): ReadonlyMap<string, Extension> {
  const found = new Map<string, Extension>();
  for (const member of list === null ? [] : membersOf(list)) {
    const fields = fieldsOf(member);
    const id = oidOf(fields.next());
    const critical = fields.optional(tag.boolean);
    if (found.has(id)) bail("bad_value"); // RFC 5280 §4.2: two readers could each pick another twin
    found.set(id, { critical: critical !== null && booleanOf(critical), value: octetsOf(fields.next()) });
  }
  return found;
}

function readConstraints(element: Element) {
  const fields = fieldsOf(element);
  const authority = fields.optional(tag.boolean);
  const pathLength = fields.optional(tag.integer);
  return {
    isAuthority: authority !== null && booleanOf(authority),
    pathLength: pathLength === null ? null : numberOf(pathLength),
  };
}

const usagesOf = (bits: BitString) => keyUsages.filter((_, number) => hasBit(bits, number));

function readAuthorityKeyId(element: Element | null): Bytes | null {
  if (element === null) return null;
  return fieldsOf(element).optionalContext(0)?.content ?? null;
}

function accessUrl(element: Element, method: string): string | null {
  for (const description of membersOf(element)) {
    const fields = fieldsOf(description);
    const isWanted = oidOf(fields.next()) === method;
    const address = webAddressOf([fields.next()]);
    if (isWanted && address !== null) return address;
  }
  return null;
}

/** CRLDistributionPoints, RFC 5280 §4.2.1.13: fullName [0] in distributionPoint [0]. */
function pointUrl(element: Element): string | null {
  for (const point of membersOf(element)) {
    const name = new Fields(expect(point, tag.sequence)).optionalContext(0);
    const fullName = name === null ? null : new Fields(name).optionalContext(0);
    const address = fullName === null ? null : webAddressOf(fullName.children);
    if (address !== null) return address;
  }
  return null;
}
