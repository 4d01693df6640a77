import type { Instant } from "./kernel.ts";
import type { ListedAgency, ListedCertificate } from "./key-list.ts";

type Role = ListedCertificate["role"];

/** What a report says of one signature, as far as its role goes. */
type Reported<Told extends string> = {
  readonly signer: { readonly certificateSha256: string } | null;
  /** By the one purpose of its anchor; null where the anchor has several, or the chain ends nowhere. */
  readonly role: Told | Role | null;
  readonly trusted: boolean;
  readonly provenTime: Instant | null;
};

/**
 * The report with each role that the anchor leaves open and the authority list settles. One authority commonly issues to
 * officials and to agencies alike (LAW 5.5), so its anchor has both purposes: then the list says who the certificate was
 * registered for at the proven time. A certificate listed for both acts has neither role (DESIGN decision 9).
 */
export function withListedRoles<Told extends string, R extends { readonly signatures: readonly Reported<Told>[] }>(
  report: R,
  authorities: readonly ListedAgency[],
): R {
  const signatures = report.signatures.map((signature) =>
    signature.role === null ? { ...signature, role: listedRole(signature, authorities) } : signature,
  );
  return { ...report, signatures };
}

function listedRole(
  { signer, trusted, provenTime }: Reported<string>,
  authorities: readonly ListedAgency[],
): Role | null {
  if (signer === null || !trusted || provenTime === null) return null;
  const listed = authorities
    .flatMap(({ certificates }) => certificates)
    .filter(
      ({ sha256, from, to }) =>
        sha256 === signer.certificateSha256 && from <= provenTime && (to === null || provenTime < to),
    );
  const [role, ...others] = new Set(listed.map((one) => one.role));
  return others.length === 0 ? (role ?? null) : null;
}
