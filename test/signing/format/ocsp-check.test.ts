import { describe, expect, test } from "vitest";
import type { Certificate } from "../../../signing/format/certificate.ts";
import { element, oid, sequence } from "../../../signing/format/der-writer.ts";
import type { OcspResponse } from "../../../signing/format/ocsp.ts";
import { oids } from "../../../signing/format/oids.ts";
import { ask, day, gap, leaf, other, revoked, root, rootCertificate } from "./asking.ts";
import * as made from "./made-pki.ts";

describe("RFC 6960: answers", () => {
  const responder = made.newAuthority("Responder (fictional)");
  const purpose = made.extension(oids.extendedKeyUsage, sequence(oid(oids.ocspSigning)));
  const delegate = (more: Partial<made.Wanted> = {}) =>
    made.issue({ subject: responder.name, spki: responder.key.spki, issuer: root, extensions: [purpose], ...more });
  const about = { certificate: leaf, issuer: rootCertificate };
  const by = (certificate: Certificate, more: Partial<made.WantedAnswer> = {}) =>
    made.answer({ ...about, responder, certificates: [certificate], ...more });

  test("§4.2.2.2: the issuer and whom it gave the purpose may answer, nobody else", async () => {
    expect(await ask(leaf, { ocsps: [made.answer({ ...about, responder: root })] })).toMatchObject({ status: "good" });
    expect(await ask(leaf, { ocsps: [by(delegate())] })).toMatchObject({ status: "good" });
    expect(await ask(leaf, { ocsps: [by(delegate({ extensions: [] }))] })).toEqual(gap("unusable"));
    expect(await ask(leaf, { ocsps: [by(delegate({ issuer: made.newAuthority(root.name) }))] })).toEqual(
      gap("unusable"),
    );
    expect(await ask(other, { ocsps: [by(delegate())] })).toEqual(gap("nothing_found"));
  });

  test("whoever holds a key after its certificate's end cannot answer, but what is proven to be older stays said", async () => {
    const past = delegate({ notAfter: day("2024-12-01") });
    const answer = by(past, { thisUpdate: day("2024-11-01"), nextUpdate: day("2024-11-02") });
    const asOf = day("2024-10-01");
    expect(await ask(leaf, { ocsps: [answer] }, { asOf })).toEqual(gap("unusable"));
    expect(await ask(leaf, { ocsps: [answer] }, { asOf, seenAt: day("2024-11-03") })).toMatchObject({ status: "good" });
  });

  test("§4.2.2.2.1: a responder without nocheck that a list revokes does not answer; one with nocheck is not looked up", async () => {
    const plain = delegate();
    const free = delegate({ extensions: [purpose, made.extension(oids.ocspNoCheck, element(5))] });
    const crls = [made.list({ issuer: root, entries: [revoked(plain), revoked(free), revoked(leaf)] })];
    const ocsps = (certificate: Certificate) => [by(certificate, { revokedAt: day("2024-02-02") })];
    expect(await ask(leaf, { ocsps: ocsps(plain), crls })).toMatchObject({ revokedAt: day("2024-06-01") });
    expect(await ask(leaf, { ocsps: ocsps(free), crls })).toMatchObject({ revokedAt: day("2024-02-02") });
  });

  test("§4.2.2.1, §4.4: an old answer, and one with a critical extension that nobody reads, say nothing good", async () => {
    const old = by(delegate(), { thisUpdate: day("2024-01-01"), nextUpdate: day("2024-01-02") });
    const strange = [made.extension("1.3.6.1.4.1.99999.3", element(5), true)];
    expect(await ask(leaf, { ocsps: [old] })).toEqual(gap("stale"));
    expect(await ask(leaf, { ocsps: [by(delegate(), { singleExtensions: strange })] })).toEqual(gap("unusable"));
  });

  test("a certificate that one source calls good and another revoked is revoked, but for a hold that ended", async () => {
    const hold = made.list({ issuer: root, entries: [revoked(leaf, made.reason(6))], thisUpdate: day("2024-12-30") });
    const lasting = made.list({ issuer: root, entries: [revoked(leaf)], thisUpdate: day("2024-12-30") });
    expect(await ask(leaf, { ocsps: [by(delegate())], crls: [hold] })).toMatchObject({ status: "good" });
    expect(await ask(leaf, { ocsps: [by(delegate())], crls: [lasting] })).toMatchObject({ status: "revoked" });
  });

  test("§4.2.2.2.1: a responder that its issuer, or a delegate with nocheck, calls revoked does not answer; its own word counts for nothing", async () => {
    const plain = delegate();
    const exempt = made.newAuthority("Exempt (fictional)");
    const noCheck = [purpose, made.extension(oids.ocspNoCheck, element(5))];
    const free = made.issue({ subject: exempt.name, spki: exempt.key.spki, issuer: root, extensions: noCheck });
    const revokedAt = day("2024-02-02");
    const aboutIt = { certificate: plain, issuer: rootCertificate, revokedAt };
    const good = by(plain);
    const known = async (...more: OcspResponse[]) => (await ask(leaf, { ocsps: [good, ...more] })).status;
    expect(await known()).toBe("good");
    expect(await known(made.answer({ ...aboutIt, responder: root }))).toBe("unknown");
    expect(await known(made.answer({ ...aboutIt, responder: exempt, certificates: [free] }))).toBe("unknown");
    expect(await known(made.answer({ ...aboutIt, responder, certificates: [plain] }))).toBe("good");
    expect(await known(made.answer({ ...aboutIt, responder: root, revokedAt: null }))).toBe("good");
  });
});
