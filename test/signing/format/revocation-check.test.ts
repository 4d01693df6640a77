import { describe, expect, test } from "vitest";
import { parseCrl } from "../../../signing/format/crl.ts";
import { bitString, boolean, element, implicit, sequence } from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { ask, day, gap, leaf, other, revoked, root } from "./asking.ts";
import * as made from "./made-pki.ts";

describe("RFC 5280 §6.3: lists", () => {
  test("who is not on the issuer's list is good, who is on it is revoked with day, reason and loss of the key", async () => {
    const lost = made.extension(oids.invalidityDate, element(24, new TextEncoder().encode("20240301000000Z")));
    const list = made.list({ issuer: root, entries: [revoked(other, made.reason(1), lost)] });
    expect(await ask(leaf, { crls: [list] })).toMatchObject({ status: "good", source: "test" });
    const finding = { status: "revoked", revokedAt: day("2024-06-01"), reason: 1, invalidityDate: day("2024-03-01") };
    expect(await ask(other, { crls: [list] })).toMatchObject(finding);
  });

  test("a list of yesterday, of another key, of another name or with a stranger's extension says nothing good", async () => {
    const namesake = { ...made.newAuthority(root.name) };
    const old = made.list({ issuer: root, thisUpdate: day("2023-01-01"), nextUpdate: day("2023-01-08") });
    const strange = made.list({ issuer: root, extensions: [made.extension("1.3.6.1.4.1.99999.3", element(5), true)] });
    expect(await ask(leaf, {})).toEqual(gap("nothing_found"));
    expect(await ask(leaf, { crls: [old] })).toEqual(gap("stale"));
    expect(await ask(leaf, { crls: [made.list({ issuer: namesake })] })).toEqual(gap("unusable"));
    expect(await ask(leaf, { crls: [strange] })).toEqual(gap("unusable"));
  });

  test("who stands on any list is revoked, also where another list of the time in question does not know it yet", async () => {
    const early = made.list({ issuer: root, thisUpdate: day("2024-12-30") });
    const late = made.list({ issuer: root, entries: [revoked(leaf)] });
    for (const crls of [
      [early, late],
      [late, early],
    ])
      expect(await ask(leaf, { crls })).toMatchObject({ status: "revoked", revokedAt: day("2024-06-01") });
  });

  test("§5.3.1: a hold lasts until a later list no longer tells it, in whatever order they come", async () => {
    const held = (thisUpdate: string) =>
      made.list({ issuer: root, thisUpdate: day(thisUpdate), entries: [revoked(leaf, made.reason(6))] });
    const clear = (thisUpdate: string) => made.list({ issuer: root, thisUpdate: day(thisUpdate) });
    const cases = [
      { crls: [clear("2024-12-29"), held("2024-12-30")], status: "revoked" },
      { crls: [held("2024-12-30"), clear("2024-12-29")], status: "revoked" },
      { crls: [held("2024-12-29"), clear("2024-12-30")], status: "good" },
      { crls: [clear("2024-12-28"), clear("2024-12-30"), held("2024-12-29")], status: "good" },
    ];
    for (const { crls, status } of cases) expect((await ask(leaf, { crls })).status).toBe(status);
  });

  test("§5.3: a critical extension of any entry spoils the list, for everyone", async () => {
    const strange = made.extension("1.3.6.1.4.1.99999.3", element(5), true);
    const list = made.list({ issuer: root, entries: [revoked(other, strange)] });
    expect(await ask(leaf, { crls: [list] })).toEqual(gap("unusable"));
  });

  test("§5.2.4: a delta adds, and takes away who was on hold; one with another base does neither", async () => {
    const base = made.list({ issuer: root, entries: [revoked(leaf, made.reason(6))], extensions: [made.crlNumber(5)] });
    const delta = (number: number) =>
      made.list({
        ...{ issuer: root, extensions: [made.crlNumber(number + 2), made.deltaOf(number)] },
        entries: [revoked(leaf, made.reason(8)), revoked(other)],
      });
    expect(await ask(leaf, { crls: [base] })).toMatchObject({ status: "revoked", reason: 6 });
    expect(await ask(leaf, { crls: [base, delta(4)] })).toMatchObject({ status: "good" });
    expect(await ask(other, { crls: [base, delta(4)] })).toMatchObject({ status: "revoked" });
    expect(await ask(other, { crls: [base, delta(6)] })).toMatchObject({ status: "good" });
    expect(await ask(other, { crls: [delta(4)] })).toEqual(gap("nothing_found"));
  });

  test("§5.2.5: lists for some reasons are good only together, lists for authorities say nothing of people", async () => {
    const scope = (...parts: Bytes[]) => made.extension(oids.issuingDistributionPoint, sequence(...parts), true);
    const reasons = (first: number, second: number) => implicit(3, element(3, Uint8Array.of(7, first, second)));
    const some = made.list({ issuer: root, extensions: [scope(reasons(0x60, 0))] });
    const others = made.list({ issuer: root, extensions: [scope(reasons(0x1f, 0x80))] });
    const authorities = made.list({ issuer: root, extensions: [scope(implicit(2, boolean(true)))] });
    expect(await ask(leaf, { crls: [some] })).toEqual(gap("incomplete"));
    expect(await ask(leaf, { crls: [some, others] })).toMatchObject({ status: "good" });
    expect(await ask(leaf, { crls: [authorities] })).toEqual(gap("incomplete"));
  });

  test("§5.3.3: in an indirect list the serial number counts with its issuer, who stays the same until another comes", async () => {
    const lister = made.newAuthority("Lister (fictional)");
    const signs = made.extension(oids.keyUsage, bitString(Uint8Array.of(0x02)), true);
    const listerCertificate = made.issue({
      subject: lister.name,
      spki: lister.key.spki,
      issuer: root,
      extensions: [signs],
    });
    const point = sequence(sequence(implicit(2, sequence(made.directory(lister.name)))));
    const sentThere = made.issue({
      ...{ subject: "Sent (fictional)", issuer: root, extensions: [made.extension(oids.crlDistributionPoints, point)] },
    });
    const issuer = (name: string) => made.extension(oids.certificateIssuer, sequence(made.directory(name)), true);
    const indirect = made.extension(oids.issuingDistributionPoint, sequence(implicit(4, boolean(true))), true);
    const listed = (name: string) =>
      made.list({
        ...{ issuer: lister, extensions: [indirect] },
        entries: [revoked(other, issuer(name)), revoked(sentThere)],
      });
    const more = { candidates: [listerCertificate] };
    const rootList = made.list({ issuer: root });
    const stranger = await ask(sentThere, { crls: [listed("Elsewhere (fictional)"), rootList] }, more);
    expect(stranger).toMatchObject({ status: "good" });
    expect(await ask(sentThere, { crls: [listed(root.name), rootList] }, more)).toMatchObject({ status: "revoked" });
  });

  test("§6.3.3 (f): a signer of lists who was revoked, or whose path ends elsewhere, signs nothing that counts", async () => {
    const lister = { ...made.newAuthority(root.name) };
    const signs = made.extension(oids.keyUsage, bitString(Uint8Array.of(0x02)), true);
    const certificate = made.issue({ subject: root.name, spki: lister.key.spki, issuer: root, extensions: [signs] });
    const own = made.list({ issuer: root, entries: [revoked(certificate)] });
    const good = made.list({ issuer: lister });
    const byLister = { candidates: [certificate] };
    const scoped = made.issue({ subject: "Scoped (fictional)", issuer: root });
    expect(await ask(scoped, { crls: [good] }, byLister)).toEqual(gap("unusable"));
    expect(await ask(scoped, { crls: [good, own] }, byLister)).toMatchObject({ status: "good", source: "test" });
    const selfMade = made.certify(lister, lister);
    expect(await ask(scoped, { crls: [good] }, { candidates: [selfMade] })).toEqual(gap("unusable"));
  });

  test("X.509 §9.5.2.8: a list of after the certificate's end says good only where it keeps those", async () => {
    const short = made.issue({ subject: "Short (fictional)", issuer: root, notAfter: day("2024-01-01") });
    const time = element(24, new TextEncoder().encode("20200101000000Z"));
    const keeping = made.list({ issuer: root, extensions: [made.extension(oids.expiredCertsOnCrl, time)] });
    const then = { asOf: day("2023-06-01") };
    expect(await ask(short, { crls: [made.list({ issuer: root })] }, then)).toEqual(gap("stale"));
    expect(await ask(short, { crls: [keeping] }, then)).toMatchObject({ status: "good" });
  });

  test("a list of 100,000 is searched in no time, one above 16 MiB not at all", async () => {
    const serial = (i: number) => Uint8Array.of(1, i >> 16, (i >> 8) & 255, i & 255);
    const entries = Array.from({ length: 100_000 }, (_, i) => ({ serial: serial(i), revokedAt: day("2024-06-01") }));
    const list = made.list({ issuer: root, entries: [...entries, revoked(other)] });
    const began = performance.now();
    expect(await ask(other, { crls: [list] })).toMatchObject({ status: "revoked" });
    expect(await ask(leaf, { crls: [list] })).toMatchObject({ status: "good" });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(parseCrl(new Uint8Array(16 * 1024 * 1024 + 1)).ok).toBe(false);
  });
});
