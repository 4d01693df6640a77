import type { Certificate } from "../../../signing/format/certificate.ts";
import type { Crl } from "../../../signing/format/crl.ts";
import type { OcspResponse } from "../../../signing/format/ocsp.ts";
import type { RevocationQuestion } from "../../../signing/format/revocation.ts";
import { checkRevocation } from "../../../signing/format/revocation-check.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import * as made from "./made-pki.ts";

// One fictional authority, two of its certificates, and the question what is known of them.

export const root = made.newAuthority("Root (fictional)");
export const rootCertificate = made.certify(root, root);
const anchors = [{ certificate: rootCertificate, purpose: "public" as const }];
export const day = (text: string) => `${text}T00:00:00Z` as Instant;

type Evidence = { readonly crls?: readonly Crl[]; readonly ocsps?: readonly OcspResponse[] };

export function ask(
  certificate: Certificate,
  { crls = [], ocsps = [] }: Evidence,
  more: Partial<RevocationQuestion> & { readonly above?: readonly Certificate[]; readonly seenAt?: Instant } = {},
) {
  const { above = [rootCertificate], seenAt = made.at, ...asked } = more;
  const dated = <T>(value: T) => ({ value, seenAt, source: "test" });
  const world = { candidates: [], asOf: made.at, now: made.at, primitives: nodePrimitives, ...asked };
  const question = { ...world, crls: crls.map(dated), ocsps: ocsps.map(dated) };
  return checkRevocation({ certificate, above, anchors }, question);
}

export const leaf = made.issue({ subject: "Leaf (fictional)", issuer: root });
export const other = made.issue({ subject: "Other (fictional)", issuer: root });
export const revoked = (certificate: Certificate, ...extensions: Bytes[]) => ({
  serial: certificate.serial,
  revokedAt: day("2024-06-01"),
  ...(extensions.length === 0 ? {} : { extensions }),
});
export const gap = (name: string) => ({ status: "unknown", gap: name });
