import { expect, test } from "vitest";
import {
  carriesNothing,
  readAdobeRevocation,
  readRevocationChoices,
  readRevocationValues,
} from "../../../signing/format/cms-revocation.ts";
import { parseDer } from "../../../signing/format/der.ts";
import { explicit, implicit, integer, oid, sequence, setOf } from "../../../signing/format/der-writer.ts";

const [crl, ocsp] = [sequence(integer(1)), sequence(integer(2))];

test("ISO 32000-2 §12.8.3.3.2, EN 319 122-1 §A.1.1: lists and answers are found under their tags, each alone too", () => {
  const both = sequence(explicit(0, sequence(crl, crl)), explicit(1, sequence(ocsp)));
  expect(readAdobeRevocation(parseDer(both))).toEqual({ crls: [crl, crl], ocsps: [ocsp] });
  expect(readRevocationValues(parseDer(sequence(explicit(1, sequence(ocsp)))))).toEqual({ crls: [], ocsps: [ocsp] });
});

test("RFC 5940 §2.1: OCSP answers among the lists of a SignedData are told apart by their format", () => {
  const other = (format: string) => implicit(1, sequence(oid(format), ocsp));
  const choices = setOf(crl, other("1.3.6.1.5.5.7.16.2"), other("1.3.6.1.5.5.7.16.4"));
  expect(readRevocationChoices(parseDer(choices))).toEqual({ crls: [crl], ocsps: [ocsp] });
});

test("what cannot be read proves nothing and spoils nothing", () => {
  expect(readAdobeRevocation(null)).toEqual(carriesNothing);
  expect(readAdobeRevocation(parseDer(integer(1)))).toEqual(carriesNothing);
  expect(readAdobeRevocation(parseDer(sequence(explicit(0, integer(1)))))).toEqual(carriesNothing);
});
