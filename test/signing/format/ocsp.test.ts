import { describe, expect, test } from "vitest";
import {
  bitString,
  element,
  enumerated,
  explicit,
  implicit,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
} from "../../../signing/format/der-writer.ts";
import { answersFor, parseOcspReply, parseStoredOcsp } from "../../../signing/format/ocsp.ts";
import { respondersOf } from "../../../signing/format/ocsp-responder.ts";
import { oids } from "../../../signing/format/oids.ts";
import { type Bytes, utf8 } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { ask, day, gap, leaf, other, root, rootCertificate } from "./asking.ts";
import * as made from "./made-pki.ts";

const about = { certificate: leaf, issuer: rootCertificate, responder: root };
const malformed = (reason: string) => ({ ok: false, failure: { code: "der_malformed", reason } });
const strange = (critical: boolean) => made.extension("1.3.6.1.4.1.99999.3", element(5), critical);
const since = (text: string) => made.extension(oids.ocspArchiveCutoff, element(24, utf8(text)), true);
const enveloped = (basic: Bytes, type: string = oids.ocspBasic) =>
  sequence(enumerated(0), explicit(0, sequence(oid(type), octetString(basic))));
const stored = (more: Partial<made.WantedAnswer>) => parseStoredOcsp(made.answerDer({ ...about, ...more }));
const single = (more: Partial<made.WantedAnswer>) => made.answer({ ...about, ...more }).answers[0];

describe("RFC 6960 §4.2.1: responses as they are read", () => {
  test("with and without their envelope; one that failed has a status and no answer", () => {
    const basic = made.answerDer(about);
    const read = made.value(parseOcspReply(enveloped(basic)));
    expect(read).toMatchObject({ status: 0, basic: { raw: basic, nonce: null, isUnderstood: true } });
    expect(made.value(parseStoredOcsp(enveloped(basic)))).toEqual(read);
    expect(made.value(parseStoredOcsp(basic))).toEqual(read);
    expect(parseOcspReply(sequence(enumerated(6)))).toEqual({ ok: true, value: { status: 6, basic: null } });
    expect(parseStoredOcsp(sequence(enumerated(3)))).toEqual({ ok: true, value: { status: 3, basic: null } });
    expect(parseOcspReply(enveloped(basic, oids.ocspNonce))).toEqual(malformed("unexpected"));
    expect(parseStoredOcsp(sequence())).toEqual(malformed("unexpected"));
  });

  test("the responder is told by name or by the digest of its key, and by nothing else", () => {
    expect(made.answer(about).responder).toEqual({ by: "name", name: made.nameOf(root.name) });
    const byKey = stored({ responderId: explicit(2, octetString(Uint8Array.of(1, 2))) });
    expect(byKey).toMatchObject({ value: { basic: { responder: { by: "key", keyHash: Uint8Array.of(1, 2) } } } });
    expect(stored({ responderId: explicit(3, octetString(Uint8Array.of(1))) })).toEqual(malformed("unexpected"));
    expect(stored({ responderId: nullValue() })).toEqual(malformed("unexpected"));
  });

  test("good, revoked with day and reason, unknown", () => {
    const when = element(24, utf8("20240601000000Z"));
    const revoked = { status: "revoked", revokedAt: day("2024-06-01") };
    expect(single({})).toMatchObject({
      status: { status: "good" },
      thisUpdate: made.at,
      nextUpdate: day("2025-01-02"),
    });
    expect(single({ status: element(0x82) })?.status).toEqual({ status: "unknown" });
    expect(single({ status: element(0xa1, when) })?.status).toEqual({ ...revoked, reason: null });
    const reason = explicit(0, enumerated(4));
    expect(single({ status: element(0xa1, when, reason) })?.status).toEqual({ ...revoked, reason: 4 });
    expect(stored({ status: element(0x83) })).toEqual(malformed("unexpected"));
    expect(stored({ status: nullValue() })).toEqual(malformed("unexpected"));
    expect(single({ nextUpdate: null })?.nextUpdate).toBeNull();
  });

  test("§4.4: nonce and archive cutoff are read; what is critical and unread is told, the rest does no harm", () => {
    const nonce = made.extension(oids.ocspNonce, octetString(Uint8Array.of(7, 8)), true);
    const whole = (...responseExtensions: Bytes[]) => made.answer({ ...about, responseExtensions });
    expect(whole(nonce)).toMatchObject({ nonce: Uint8Array.of(7, 8), isUnderstood: true });
    expect(whole(strange(true)).isUnderstood).toBe(false);
    expect(whole(strange(false))).toMatchObject({ isUnderstood: true, nonce: null });
    expect(whole(nonce, strange(true)).isUnderstood).toBe(false);
    const kept = single({ singleExtensions: [since("20200101000000Z")] });
    expect(kept).toMatchObject({ archiveCutoff: day("2020-01-01"), isUnderstood: true });
    expect(single({ singleExtensions: [strange(true)] })).toMatchObject({ isUnderstood: false, archiveCutoff: null });
    expect(single({ singleExtensions: [strange(false)] })?.isUnderstood).toBe(true);
  });

  test("certificates that it carries are hints: one that cannot be read is left out", () => {
    const basic = made.answerDer({ ...about, certificates: [rootCertificate] });
    expect(parseStoredOcsp(basic)).toMatchObject({ value: { basic: { certificates: [rootCertificate] } } });
    const carried = explicit(0, sequence(rootCertificate.raw)).length;
    const plain = made.answerDer(about);
    expect(basic.length).toBeGreaterThan(plain.length + carried - 8);
    const end = rootCertificate.raw.length;
    const spoilt = basic.with(basic.length - end + 4, 0x31); // its tbsCertificate no longer is a SEQUENCE
    expect(parseStoredOcsp(spoilt)).toMatchObject({ value: { basic: { certificates: [] } } });
  });
});

describe("RFC 6960 §4.1.1: which certificate an answer is about", () => {
  const answer = single({}) ?? expect.fail("no answer");
  const fits = (changed: Partial<(typeof answer)["certId"]>) =>
    answersFor({ ...answer, certId: { ...answer.certId, ...changed } }, leaf, rootCertificate, nodePrimitives);

  test("number, issuer's name and issuer's key must all fit, by a digest that is known", () => {
    expect(fits({})).toBe(true);
    expect(fits({ serial: other.serial })).toBe(false);
    expect(fits({ issuerNameHash: new Uint8Array(32) })).toBe(false);
    expect(fits({ issuerKeyHash: new Uint8Array(32) })).toBe(false);
    expect(fits({ hash: null })).toBe(false);
    expect(fits({ hash: "sha1" })).toBe(false);
  });

  test("the issuer's name counts as the certificate writes it and as the issuer does", () => {
    const spelt = made.issue({ subject: "Spelt (fictional)", issuer: { ...root, name: root.name.toUpperCase() } });
    const named = (name: Bytes) => {
      const issuerNameHash = nodePrimitives.digest("sha256", name);
      const certId = { ...answer.certId, serial: spelt.serial, issuerNameHash };
      return answersFor({ ...answer, certId }, spelt, rootCertificate, nodePrimitives);
    };
    expect(named(spelt.issuer.raw)).toBe(true);
    expect(named(rootCertificate.subject.raw)).toBe(true);
    expect(named(other.subject.raw)).toBe(false);
  });
});

describe("RFC 6960 §4.2.2.2: who may have answered", () => {
  const responder = made.newAuthority("Responder (fictional)");
  const purpose = made.extension(oids.extendedKeyUsage, sequence(oid(oids.ocspSigning)));
  const usage = (octet: number) => made.extension(oids.keyUsage, bitString(Uint8Array.of(octet)), true);
  const delegate = (...extensions: Bytes[]) =>
    made.issue({
      subject: responder.name,
      spki: responder.key.spki,
      issuer: root,
      extensions: [purpose, ...extensions],
    });
  const keyOf = (bits: Bytes) => explicit(2, octetString(nodePrimitives.digest("sha1", bits)));
  const found = async (answer: ReturnType<typeof made.answer>, candidates = [rootCertificate]) => {
    const read = await respondersOf(answer, rootCertificate, { candidates, at: made.at }, nodePrimitives);
    return read.ok ? read.value : read.failure;
  };

  test("a responder is found by the SHA-1 of its key too", async () => {
    const plain = delegate();
    const by = (bits: Bytes) => made.answer({ ...about, responder, certificates: [plain], responderId: keyOf(bits) });
    expect(await found(by(plain.publicKeyBits))).toEqual([plain]);
    expect(await found(by(rootCertificate.publicKeyBits))).toBe("signature_wrong");
    expect(await found(by(leaf.publicKeyBits))).toBe("responder_not_authorised");
  });

  test("a delegate must be allowed to sign, and nothing in its certificate may be critical and unread", async () => {
    const by = async (...extensions: Bytes[]) =>
      await found(made.answer({ ...about, responder, certificates: [delegate(...extensions)] }));
    expect(await by(usage(0x80))).toHaveLength(1);
    expect(await by(usage(0x40))).toHaveLength(1);
    expect(await by(usage(0x20))).toBe("responder_not_authorised");
    expect(await by(strange(true))).toBe("responder_not_authorised");
    expect(await by(strange(false))).toHaveLength(1);
  });

  test("whoever is entitled and did not sign is told from who is not entitled", async () => {
    const plain = delegate();
    const forged = { ...made.newAuthority(responder.name) };
    expect(await found(made.answer({ ...about, responder: forged, certificates: [plain] }))).toBe("signature_wrong");
    const unknown = { ...made.answer({ ...about, responder, certificates: [plain] }), signatureAlgorithm: null };
    expect(await found(unknown)).toBe("signature_wrong");
    expect(await found(made.answer({ ...about, responder, certificates: [] }))).toBe("responder_not_authorised");
    expect(await found(made.answer({ ...about, responder }), [plain])).toEqual([plain]);
  });
});

describe("RFC 6960 §2.2, §3.2: what an answer is worth", () => {
  test("unknown is no standing; what is told of a good or a revoked one is whence, when and until when", async () => {
    expect(await ask(leaf, { ocsps: [made.answer({ ...about, status: element(0x82) })] })).toEqual(gap("incomplete"));
    const told = { source: "test", seenAt: made.at, thisUpdate: made.at, nextUpdate: day("2025-01-02") };
    expect(await ask(leaf, { ocsps: [made.answer(about)] })).toEqual({ status: "good", ...told });
    const revokedAt = day("2024-06-01");
    const why = implicit(0, explicit(0, enumerated(1)));
    const status = element(0xa1, element(24, utf8("20240601000000Z")), why);
    const finding = { status: "revoked", revokedAt, reason: 1, invalidityDate: null, ...told };
    expect(await ask(leaf, { ocsps: [made.answer({ ...about, status })] })).toEqual(finding);
    expect(await ask(leaf, { ocsps: [made.answer(about)] }, { above: [] })).toEqual(gap("nothing_found"));
  });

  test("§4.4.4: of who has run out only an answer with an archive cutoff before its end speaks", async () => {
    const past = made.issue({ subject: "Past (fictional)", issuer: root, notAfter: day("2024-11-01") });
    const asked = async (...singleExtensions: Bytes[]) =>
      await ask(
        past,
        { ocsps: [made.answer({ ...about, certificate: past, singleExtensions })] },
        { asOf: day("2024-10-01") },
      );
    expect(await asked()).toEqual(gap("stale"));
    expect(await asked(since("20241001000000Z"))).toMatchObject({ status: "good" });
    expect(await asked(since("20241201000000Z"))).toEqual(gap("stale"));
  });

  test("among good answers the newest is told, in whatever order they come; of gaps the nearest", async () => {
    const said = (when: string) => made.answer({ ...about, thisUpdate: day(when), nextUpdate: day("2025-01-09") });
    const ocsps = ["2024-12-29", "2024-12-31", "2024-12-30"].map(said);
    for (const order of [ocsps, ocsps.toReversed()])
      expect(await ask(leaf, { ocsps: order })).toMatchObject({ thisUpdate: day("2024-12-31") });
    const stale = made.answer({ ...about, thisUpdate: day("2023-01-01"), nextUpdate: day("2023-01-02") });
    const unusable = made.answer({ ...about, responder: made.newAuthority(root.name) });
    for (const order of [
      [stale, unusable],
      [unusable, stale],
    ])
      expect(await ask(leaf, { ocsps: order })).toEqual(gap("stale"));
    expect(await ask(leaf, { ocsps: [unusable] })).toEqual(gap("unusable"));
  });

  test("a response with a critical extension that nobody reads is unusable", async () => {
    expect(await ask(leaf, { ocsps: [made.answer({ ...about, responseExtensions: [strange(true)] })] })).toEqual(
      gap("unusable"),
    );
  });
});

test("a version, where it is written, does not shift what follows", () => {
  const basic = made.answer(about);
  const [tbs, ...rest] = [basic.tbs, sequence(oid(oids.ed25519)), bitString(basic.signature)];
  const header = tbs[1] === undefined || tbs[1] < 128 ? 2 : 2 + (tbs[1] & 0x7f);
  const versioned = sequence(explicit(0, integer(0)), tbs.subarray(header));
  expect(parseStoredOcsp(sequence(versioned, ...rest))).toMatchObject({
    value: { basic: { responder: basic.responder } },
  });
});
