import { expect, test } from "vitest";
import { profileFault } from "../../../signing/format/certificate-profile.ts";
import {
  bitString,
  boolean,
  element,
  implicit,
  integer,
  octetString,
  sequence,
} from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import * as made from "./made-pki.ts";

const root = made.newAuthority("Root (fictional)");
const keyId = made.extension(oids.subjectKeyIdentifier, octetString(Uint8Array.of(1)));
const issuerId = (critical = false) =>
  made.extension(oids.authorityKeyIdentifier, sequence(implicit(0, octetString(Uint8Array.of(1)))), critical);
const anchor = made.certify(root, root, keyId);
const mayIssue = made.extension(oids.keyUsage, bitString(Uint8Array.of(0x04)), true);

const leaf = (extensions: readonly Bytes[], more: Partial<made.Wanted> = {}) =>
  made.issue({ subject: "Leaf (fictional)", issuer: root, extensions, ...more });
const faultOf = (...path: Parameters<typeof profileFault>[0]) => profileFault([...path, anchor]);

test("RFC 5280 §4: a conforming path has no fault, and a root may leave out its issuer's key identifier", () => {
  expect(faultOf(leaf([issuerId()]))).toBeNull();
});

test.each([
  ["§4.1.2.2: the serial number 0", leaf([issuerId()], { serial: 0 }), "serial_number"],
  ["§4.2.1.1: no key identifier", leaf([]), "key_identifier_missing"],
  ["§4.2.1.1: a critical key identifier", leaf([issuerId(true)]), "criticality"],
  ["§4.2.1.3: a person who may issue", leaf([issuerId(), mayIssue]), "key_usage"],
  ["§4.2.1.6: no name at all", leaf([issuerId()], { subject: "" }), "alternative_names"],
  [
    "§4.2.1.10: a person who binds names",
    leaf([issuerId(), made.nameConstraints([made.dns("a.vn")])]),
    "name_constraints",
  ],
])("%s", (_, certificate, fault) => {
  expect(faultOf(certificate)).toBe(fault);
});

test("§4.2.1.2, §4.2.1.9: an authority has a key identifier, and says critically that it is one", () => {
  const sub = made.newAuthority("Sub (fictional)");
  const below = made.issue({ subject: "Leaf (fictional)", issuer: sub, extensions: [issuerId()] });
  const loose = made.extension(oids.basicConstraints, sequence(boolean(true), integer(0)));
  const authority = (...extensions: Bytes[]) =>
    made.issue({ subject: sub.name, spki: sub.key.spki, issuer: root, extensions });
  expect(faultOf(below, made.certify(sub, root, issuerId(), keyId))).toBeNull();
  expect(faultOf(below, made.certify(sub, root, issuerId()))).toBe("key_identifier_missing");
  expect(faultOf(below, authority(issuerId(), keyId, loose))).toBe("basic_constraints");
  const inhibits = made.extension(oids.policyConstraints, sequence(element(0x80, Uint8Array.of(0))));
  expect(faultOf(below, made.certify(sub, root, issuerId(), keyId, inhibits))).toBe("criticality");
});
