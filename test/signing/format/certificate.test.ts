import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  isSelfIssued,
  isSignedBy,
  isValidAt,
  parseCertificate,
  parseIdentity,
} from "../../../signing/format/certificate.ts";
import {
  bitString,
  boolean,
  element,
  explicit,
  integer,
  nullValue,
  oid,
  sequence,
} from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import * as made from "./made-pki.ts";

const root = made.newAuthority("Root (fictional)");
const rootCertificate = made.certify(root, root);
const issued = (more: Partial<made.Wanted> = {}) => made.issue({ subject: "Leaf (fictional)", issuer: root, ...more });
const failing = (extension: Bytes): string => {
  try {
    issued({ extensions: [extension] });
    return "read";
  } catch (thrown) {
    return String(thrown);
  }
};
const extended = (...extensions: Bytes[]) => issued({ extensions }).extensions;
const spkiOf = (id: string, bits: Bytes, ...parameters: Bytes[]) =>
  sequence(sequence(oid(id), ...parameters), bitString(bits));

describe("RFC 5280 §4.1: certificates as they are read", () => {
  test("version, names, dates, key and what was signed", () => {
    const spki = root.key.spki;
    expect(issued({ spki, serial: 300 })).toMatchObject({
      ...{ version: 3, serial: Uint8Array.of(1, 44), notBefore: made.from, notAfter: made.to, publicKey: spki },
      ...{
        keyAlgorithm: { kind: "ed25519" },
        signatureAlgorithm: { scheme: "ed25519" },
        publicKeyBits: spki.subarray(12),
      },
    });
    expect(issued().issuer.commonName).toBe(root.name);
    expect(issued().subject.commonName).toBe("Leaf (fictional)");
    const { raw, tbs, signature } = issued();
    expect(raw.indexOf(tbs[0] ?? 0, 1)).toBeGreaterThan(0);
    expect(signature).toHaveLength(64);
  });

  test("what names a signer is read alone as it is read with the rest", () => {
    const { raw, serial, publicKey, issuer } = issued();
    expect(parseIdentity(raw)).toEqual({ ok: true, value: { raw, serial, publicKey, issuer: issuer.raw } });
  });

  test("§4.1.1.2: the algorithm outside the signed part is the one inside it", () => {
    const { raw } = issued();
    const at = Buffer.from(raw).lastIndexOf(Buffer.from(oid(oids.ed25519)));
    expect(parseCertificate(raw.with(at + 4, 0x71))).toEqual({
      ok: false,
      failure: { code: "der_malformed", reason: "bad_value" },
    });
    expect(parseCertificate(raw).ok).toBe(true);
  });

  test("one that differs in any octet, the last dozen or another, is not taken for one that was read before", () => {
    const certificate = issued();
    const { raw } = certificate;
    for (const at of [raw.length - 1, raw.length - 12, raw.length - 13, raw.length - 40])
      expect(parseCertificate(raw.with(at, (raw[at] ?? 0) ^ 1))).not.toEqual({ ok: true, value: certificate });
    expect(parseCertificate(raw.slice())).toEqual({ ok: true, value: certificate });
  });

  test("a view of a file is not kept: who read it may write over it", () => {
    const file = issued().raw.slice();
    const copy = file.slice();
    const read = made.value(parseCertificate(file));
    file.fill(0);
    expect(read.raw).toEqual(copy);
  });

  test.each<[string, Bytes, object]>([
    [
      "RSA of 2048 bits",
      new Uint8Array(
        generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "der" }),
      ),
      { kind: "rsa", bits: 2048, pssOnly: false },
    ],
    [
      "RSA for PSS alone",
      spkiOf(oids.rsaPss, sequence(integer(255), integer(3))),
      { kind: "rsa", bits: 8, pssOnly: true },
    ],
    [
      "RSA of nine bits",
      spkiOf(oids.rsaEncryption, sequence(integer(256), integer(3)), nullValue()),
      { kind: "rsa", bits: 9, pssOnly: false },
    ],
    [
      "RSA of no bits",
      spkiOf(oids.rsaEncryption, sequence(integer(0), integer(3)), nullValue()),
      { kind: "rsa", bits: 0 },
    ],
    ["P-256", spkiOf(oids.ecPublicKey, Uint8Array.of(4), oid(oids.p256)), { kind: "ec", curve: "p256" }],
    ["P-384", spkiOf(oids.ecPublicKey, Uint8Array.of(4), oid(oids.p384)), { kind: "ec", curve: "p384" }],
    ["P-521", spkiOf(oids.ecPublicKey, Uint8Array.of(4), oid(oids.p521)), { kind: "ec", curve: "p521" }],
    ["another curve", spkiOf(oids.ecPublicKey, Uint8Array.of(4), oid("1.2.3.4")), { kind: "ec", curve: "other" }],
    [
      "a curve by its parameters",
      spkiOf(oids.ecPublicKey, Uint8Array.of(4), sequence()),
      { kind: "ec", curve: "other" },
    ],
    ["DSA", spkiOf(oids.dsa, Uint8Array.of(4), sequence()), { kind: "dsa", isComplete: true }],
    ["DSA with its issuer's parameters", spkiOf(oids.dsa, Uint8Array.of(4)), { kind: "dsa", isComplete: false }],
    ["another key", spkiOf("1.2.3.4", Uint8Array.of(4)), { kind: "other", oid: "1.2.3.4" }],
  ])("key: %s", (_, spki, keyAlgorithm) => {
    expect(issued({ spki }).keyAlgorithm).toMatchObject(keyAlgorithm);
  });

  test("§6.1.3: valid from its first second to its last, signed by a key and a name", async () => {
    const certificate = issued();
    expect([made.from, made.to].every((when) => isValidAt(certificate, when))).toBe(true);
    expect(isValidAt(certificate, "2019-12-31T23:59:59Z" as Instant)).toBe(false);
    expect(isValidAt(certificate, "2030-01-01T00:00:01Z" as Instant)).toBe(false);
    expect([isSelfIssued(certificate), isSelfIssued(rootCertificate)]).toEqual([false, true]);
    expect(await isSignedBy(certificate, rootCertificate, nodePrimitives)).toBe(true);
    const namesake = made.newAuthority(root.name);
    expect(await isSignedBy(certificate, made.certify(namesake, namesake), nodePrimitives)).toBe(false);
    const renamed = made.certify({ ...root, name: "Other (fictional)" }, root);
    expect(await isSignedBy(certificate, renamed, nodePrimitives)).toBe(false);
    expect(await isSignedBy({ ...certificate, signatureAlgorithm: null }, rootCertificate, nodePrimitives)).toBe(false);
  });
});

describe("RFC 5280 §4.2: extensions", () => {
  const access = (...pairs: (readonly [string, Bytes])[]) =>
    made.extension(oids.authorityInfoAccess, sequence(...pairs.map(([method, place]) => sequence(oid(method), place))));

  test("a certificate without any says nothing", () => {
    expect(issued().extensions).toMatchObject({
      ...{ basicConstraints: null, keyUsage: null, extendedKeyUsage: null, subjectKeyId: null, authorityKeyId: null },
      ...{ ocspUrl: null, issuersUrl: null, crlUrl: null, ocspNoCheck: false, policies: [], criticalUnknown: [] },
    });
  });

  test("§4.2.1.9: authority or not, and how many below it", () => {
    const constraints = (...parts: Bytes[]) =>
      extended(made.extension(oids.basicConstraints, sequence(...parts))).basicConstraints;
    expect(constraints()).toEqual({ isAuthority: false, pathLength: null });
    expect(constraints(boolean(true))).toEqual({ isAuthority: true, pathLength: null });
    expect(constraints(boolean(false))).toEqual({ isAuthority: false, pathLength: null });
    expect(constraints(boolean(true), integer(0))).toEqual({ isAuthority: true, pathLength: 0 });
  });

  test("§4.2.1.3, §4.2.1.12: what the key may do", () => {
    const usage = (...octets: number[]) =>
      extended(made.extension(oids.keyUsage, element(3, Uint8Array.from(octets)))).keyUsage;
    expect(usage(0, 0xc0)).toEqual(["digitalSignature", "nonRepudiation"]);
    expect(usage(1, 0x06)).toEqual(["keyCertSign", "cRLSign"]);
    expect(usage(7, 0x01, 0x80)).toEqual(["encipherOnly", "decipherOnly"]);
    expect(usage(0, 0)).toEqual([]);
    const purposes = (critical: boolean) =>
      extended(made.extension(oids.extendedKeyUsage, sequence(oid(oids.timeStamping), oid(oids.ocspSigning)), critical))
        .extendedKeyUsage;
    expect(purposes(true)).toEqual({ purposes: [oids.timeStamping, oids.ocspSigning], critical: true });
    expect(purposes(false)).toMatchObject({ critical: false });
  });

  test("§4.2.1.1, §4.2.1.2: key identifiers", () => {
    const own = made.extension(oids.subjectKeyIdentifier, element(4, Uint8Array.of(1, 2)));
    const issuers = (...parts: Bytes[]) =>
      extended(made.extension(oids.authorityKeyIdentifier, sequence(...parts))).authorityKeyId;
    expect(extended(own).subjectKeyId).toEqual(Uint8Array.of(1, 2));
    expect(issuers(element(0x80, Uint8Array.of(3)))).toEqual(Uint8Array.of(3));
    expect(issuers()).toBeNull();
  });

  test("§4.2.2.1: the first web address of each kind", () => {
    const [http, ldap] = [made.uri("http://a.test/o"), made.uri("ldap://a.test")];
    const https = made.uri("HTTPS://b.test/i");
    expect(
      extended(access([oids.ocsp, ldap], [oids.caIssuers, https], [oids.ocsp, http], [oids.ocsp, https])),
    ).toMatchObject({
      ...{ ocspUrl: "http://a.test/o", issuersUrl: "HTTPS://b.test/i" },
    });
    expect(
      extended(access([oids.ocsp, made.dns("http://a.test")], [oids.ocsp, made.uri("xhttp://a.test")])),
    ).toMatchObject({ ocspUrl: null, issuersUrl: null });
    expect(extended(access())).toMatchObject({ ocspUrl: null });
  });

  test("§4.2.1.13: the first web address of a distribution point", () => {
    const points = (...all: Bytes[]) => extended(made.extension(oids.crlDistributionPoints, sequence(...all))).crlUrl;
    const point = (...names: Bytes[]) => sequence(explicit(0, explicit(0, ...names)));
    expect(
      points(
        point(made.uri("ldap://a.test")),
        sequence(),
        sequence(explicit(0)),
        point(made.dns("x"), made.uri("http://b.test/l")),
        point(made.uri("http://c.test")),
      ),
    ).toBe("http://b.test/l");
    expect(points()).toBeNull();
  });

  test("§4.2.1.4, RFC 6960 §4.2.2.2.1: policies and nocheck", () => {
    const policies = made.extension(
      oids.certificatePolicies,
      sequence(sequence(oid("1.2.3")), sequence(oid("1.2.4"), sequence())),
    );
    expect(extended(policies, made.extension(oids.ocspNoCheck, nullValue()))).toMatchObject({
      policies: ["1.2.3", "1.2.4"],
      ocspNoCheck: true,
    });
  });

  test("what is critical and unread is told; what stands twice is refused", () => {
    const strange = (id: string, critical: boolean) => made.extension(id, nullValue(), critical);
    const found = extended(
      strange("1.2.3", true),
      strange("1.2.4", false),
      strange(oids.subjectAltName, true),
      strange("1.2.5", true),
    );
    expect(found.criticalUnknown).toEqual(["1.2.3", "1.2.5"]);
    expect(found.values.get("1.2.4")).toEqual({ critical: false, value: nullValue() });
    expect(() => extended(strange("1.2.3", false), strange("1.2.3", false))).toThrow("bad_value");
    expect(failing(made.extension(oids.crlDistributionPoints, sequence(nullValue())))).toContain("unexpected");
  });
});
