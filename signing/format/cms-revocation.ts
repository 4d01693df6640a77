import type { Bytes } from "../../src/core/kernel.ts";
import { type Element, explicitOf, fieldsOf, membersOf, readingDer, tag } from "./der.ts";
import { oidOf } from "./der-values.ts";

/** DER of what a CMS carries about revocation: CertificateLists, and OCSPResponses or BasicOCSPResponses. */
export type CarriedRevocation = { readonly crls: readonly Bytes[]; readonly ocsps: readonly Bytes[] };

export const carriesNothing: CarriedRevocation = { crls: [], ocsps: [] };

const ocspResponseInfo = "1.3.6.1.5.5.7.16.2";

/** adbe-revocationInfoArchival, ISO 32000-2 §12.8.3.3.2. What cannot be read proves nothing and spoils nothing. */
export function readAdobeRevocation(attribute: Element | null): CarriedRevocation {
  return lenient(attribute, (element) => {
    const fields = fieldsOf(element);
    return carried(fields.optionalContext(0), fields.optionalContext(1));
  });
}

/** id-aa-ets-revocationValues, EN 319 122-1 Annex A: the same lists under the same tags, OCSP answers without their envelope. */
export const readRevocationValues = readAdobeRevocation;

/** RevocationInfoChoices, RFC 5652 §10.2.1, with OCSP answers by RFC 5940 §2.1. */
export function readRevocationChoices(set: Element | null): CarriedRevocation {
  return lenient(set, ({ children }) => ({
    crls: children.filter((member) => member.is(tag.sequence)).map(({ raw }) => raw),
    ocsps: children.filter((member) => member.isContext(1)).flatMap(ocspIn),
  }));
}

function ocspIn(other: Element): Bytes[] {
  const [format, value] = other.children;
  return format !== undefined && value !== undefined && oidOf(format) === ocspResponseInfo ? [value.raw] : [];
}

function carried(crls: Element | null, ocsps: Element | null): CarriedRevocation {
  const rawOf = (list: Element | null) => (list === null ? [] : membersOf(explicitOf(list)).map(({ raw }) => raw));
  return { crls: rawOf(crls), ocsps: rawOf(ocsps) };
}

function lenient(element: Element | null, read: (element: Element) => CarriedRevocation): CarriedRevocation {
  if (element === null) return carriesNothing;
  const found = readingDer(() => read(element));
  return found.ok ? found.value : carriesNothing;
}
