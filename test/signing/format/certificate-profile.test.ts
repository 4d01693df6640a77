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

test("§4.1.2.2: a number is positive and has twenty octets at most; roots in every store have number 0", () => {
  const counted = (...octets: number[]) => faultOf({ ...leaf([issuerId()]), serial: Uint8Array.from(octets) });
  const twenty = new Array<number>(20).fill(1);
  expect(counted(1)).toBeNull();
  expect(counted(0, 128)).toBeNull();
  expect(counted(127)).toBeNull();
  expect(counted(128)).toBe("serial_number");
  expect(counted()).toBe("serial_number");
  expect(counted(0)).toBe("serial_number");
  expect(counted(...twenty)).toBeNull();
  expect(counted(...twenty, 1)).toBe("serial_number");
  expect(profileFault([leaf([issuerId()]), { ...anchor, serial: Uint8Array.of(0) }])).toBeNull();
  expect(profileFault([{ ...anchor, serial: Uint8Array.of(0) }])).toBe("serial_number");
});

test("§4.1.2.4, §4.1.2.6: an issuer has a name, and an authority too; a person may have another kind of one", () => {
  const nameless = made.newAuthority("");
  expect(faultOf(made.issue({ subject: "Leaf (fictional)", issuer: nameless, extensions: [issuerId()] }))).toBe(
    "name_empty",
  );
  expect(faultOf(leaf([issuerId()]), made.certify(nameless, root, issuerId(), keyId))).toBe("name_empty");
  const elsewhere = (critical: boolean) =>
    made.extension(oids.subjectAltName, sequence(made.mail("a@b.test")), critical);
  expect(faultOf(leaf([issuerId(), elsewhere(true)], { subject: "" }))).toBeNull();
  expect(faultOf(leaf([issuerId(), elsewhere(false)], { subject: "" }))).toBe("alternative_names");
});

test("§4.2.1.1: only a root that signed itself may leave out whose key signed it", () => {
  const other = made.newAuthority("Other (fictional)");
  const crossed = made.certify(root, other, keyId);
  expect(profileFault([leaf([issuerId()]), anchor])).toBeNull();
  expect(profileFault([leaf([issuerId()]), crossed])).toBe("key_identifier_missing");
  expect(profileFault([leaf([issuerId()]), anchor, anchor])).toBe("key_identifier_missing");
  expect(profileFault([made.certify(root, root, keyId)])).toBe("key_identifier_missing");
});

test("§4.2.1.3, §4.2.1.9: an authority may issue and says that it is one; a person has no length of path", () => {
  const sub = made.newAuthority("Sub (fictional)");
  const usage = (octet: number) => made.extension(oids.keyUsage, bitString(Uint8Array.of(octet)), true);
  expect(faultOf(leaf([issuerId()]), made.certify(sub, root, issuerId(), keyId, usage(0x04)))).toBeNull();
  expect(faultOf(leaf([issuerId()]), made.certify(sub, root, issuerId(), keyId, usage(0x80)))).toBe("key_usage");
  const silent = made.issue({ subject: sub.name, spki: sub.key.spki, issuer: root, extensions: [issuerId(), keyId] });
  expect(faultOf(leaf([issuerId()]), silent)).toBe("basic_constraints");
  const constraints = (...parts: Bytes[]) => made.extension(oids.basicConstraints, sequence(...parts), true);
  expect(faultOf(leaf([issuerId(), constraints()]))).toBeNull();
  expect(faultOf(leaf([issuerId(), constraints(boolean(false), integer(0))]))).toBe("basic_constraints");
  expect(faultOf(leaf([issuerId(), constraints(boolean(true))]))).toBe("key_identifier_missing");
  expect(faultOf(leaf([issuerId(), usage(0x80)]))).toBeNull();
});
