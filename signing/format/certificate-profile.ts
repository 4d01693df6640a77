import type { Certificate } from "./certificate.ts";
import { oids } from "./oids.ts";

/** How certificates of a path differ from what RFC 5280 §4 lets a CA issue. Path validation (§6) does not ask for it. */
export type ProfileFault =
  | "serial_number"
  | "name_empty"
  | "criticality"
  | "key_identifier_missing"
  | "basic_constraints"
  | "key_usage"
  | "name_constraints"
  | "alternative_names";

const neverCritical = [
  ...[oids.authorityKeyIdentifier, oids.subjectKeyIdentifier, oids.authorityInfoAccess, oids.freshestCrl],
];
const alwaysCritical = [oids.nameConstraints, oids.policyConstraints, oids.inhibitAnyPolicy];

/**
 * @param path from the leaf to the anchor, as a chain finding tells it
 * @returns the first fault, the leaf's first; null for a path of conforming certificates
 */
export function profileFault(path: readonly Certificate[]): ProfileFault | null {
  for (const [depth, certificate] of path.entries()) {
    const isAuthority = depth > 0 || certificate.extensions.basicConstraints?.isAuthority === true;
    const fault =
      commonFault(certificate, depth > 0 && depth === path.length - 1) ??
      (isAuthority ? authorityFault(certificate) : personFault(certificate));
    if (fault !== null) return fault;
  }
  return null;
}

function commonFault({ serial, issuer, subject, extensions }: Certificate, isAnchor: boolean): ProfileFault | null {
  const { values } = extensions;
  // §4.1.2.2: positive, at most 20 octets. Roots in every browser's store were issued under the number 0.
  const isCounted = (serial[0] ?? 128) < 128 && serial.some((octet) => octet !== 0) && serial.length <= 20;
  if (!isCounted && !isAnchor) return "serial_number";
  if (issuer.rdns.length === 0) return "name_empty";
  const isSaidRight =
    neverCritical.every((id) => values.get(id)?.critical !== true) &&
    alwaysCritical.every((id) => values.get(id)?.critical !== false);
  if (!isSaidRight) return "criticality";
  // §4.2.1.1: only a self-signed certificate may leave it out
  const mayOmit = isAnchor && issuer.key === subject.key;
  return extensions.authorityKeyId === null && !mayOmit ? "key_identifier_missing" : null;
}

/** §4.1.2.6, §4.2.1.2, §4.2.1.9 */
function authorityFault({ subject, extensions }: Certificate): ProfileFault | null {
  const { basicConstraints, keyUsage, subjectKeyId, values } = extensions;
  if (subject.rdns.length === 0) return "name_empty";
  if (subjectKeyId === null) return "key_identifier_missing";
  const isTold = basicConstraints?.isAuthority === true && values.get(oids.basicConstraints)?.critical === true;
  if (!isTold) return "basic_constraints";
  return keyUsage !== null && !keyUsage.includes("keyCertSign") ? "key_usage" : null;
}

/** §4.2.1.3, §4.2.1.6, §4.2.1.9, §4.2.1.10 */
function personFault({ subject, extensions }: Certificate): ProfileFault | null {
  const { basicConstraints, keyUsage, values } = extensions;
  if (keyUsage?.includes("keyCertSign") === true) return "key_usage";
  if (basicConstraints !== null && basicConstraints.pathLength !== null) return "basic_constraints";
  if (values.has(oids.nameConstraints)) return "name_constraints";
  const isNamedElsewhere = values.get(oids.subjectAltName)?.critical === true;
  return subject.rdns.length === 0 && !isNamedElsewhere ? "alternative_names" : null;
}
