import { describe, expect, test } from "vitest";
import { entryOf, parseCrl } from "../../../signing/format/crl.ts";
import { entriesIn } from "../../../signing/format/crl-entries.ts";
import { readingDer } from "../../../signing/format/der.ts";
import { boolean, element, explicit, implicit, oid, sequence, time } from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import { type Bytes, concatBytes, utf8 } from "../../../src/core/kernel.ts";
import { day, root, rootCertificate } from "./asking.ts";
import * as made from "./made-pki.ts";

const malformed = (reason: string) => ({ ok: false, failure: { code: "der_malformed", reason } });
const unknown = (critical: boolean) => made.extension("1.3.6.1.4.1.99999.3", element(5), critical);
const extended = (id: string, value: Bytes, critical = false) =>
  made.listDer({ issuer: root, extensions: [made.extension(id, value, critical)] });
const number = (...octets: number[]) => extended(oids.crlNumber, element(2, Uint8Array.from(octets)));
const scopeOf = (...parts: Bytes[]) =>
  made.list({ issuer: root, extensions: [made.extension(oids.issuingDistributionPoint, sequence(...parts), true)] })
    .scope;
const flag = (at: number, value = true) => implicit(at, boolean(value));

describe("RFC 5280 §5.1: lists as they are read", () => {
  test("issuer, dates, number, base and whether it can be used", () => {
    const extensions = [made.crlNumber(7), made.deltaOf(5)];
    expect(made.list({ issuer: root, extensions })).toMatchObject({
      ...{ thisUpdate: day("2024-12-31"), nextUpdate: day("2025-01-08"), number: 7n, base: 5n, isUnderstood: true },
      ...{ authorityKeyId: null, keepsExpiredSince: null, freshestCrl: null },
      scope: { names: null, holds: "all", reasons: null, isIndirect: false },
    });
    const plain = made.list({ issuer: root, nextUpdate: null });
    expect(plain).toMatchObject({ nextUpdate: null, number: null, base: null, isUnderstood: true });
    expect(plain.entries).toHaveLength(0);
    expect(plain.issuer.commonName).toBe(root.name);
  });

  test("a list without a next update is read with its entries, and a version other than 2 is refused", () => {
    const entries = [{ serial: Uint8Array.of(5), revokedAt: day("2024-06-01") }];
    const list = made.list({ issuer: root, nextUpdate: null, entries });
    expect(list.nextUpdate).toBeNull();
    expect(entryOf(list, Uint8Array.of(5), rootCertificate.subject)).toMatchObject({
      value: { revokedAt: day("2024-06-01") },
    });
    const first = made.listDer({ issuer: root, nextUpdate: null });
    const at = first.indexOf(2);
    expect([...first.subarray(at, at + 3)]).toEqual([2, 1, 1]);
    expect(parseCrl(first.with(at + 2, 0))).toEqual(malformed("bad_value"));
  });

  test("§5.2.3: a number is positive and has twenty octets at most, and is never critical", () => {
    const read = (der: Bytes) => parseCrl(der);
    expect(read(number(1, 0))).toMatchObject({ value: { number: 256n } });
    expect(read(number(0x7f))).toMatchObject({ value: { number: 127n } });
    expect(read(number(0, 0x80))).toMatchObject({ value: { number: 128n } });
    expect(read(number(0xff))).toEqual(malformed("bad_value"));
    expect(read(number(0x7f, ...new Array(20).fill(1)))).toMatchObject({ ok: true });
    expect(read(number(0x7f, ...new Array(21).fill(1)))).toEqual(malformed("bad_value"));
    const critical = extended(oids.crlNumber, element(2, Uint8Array.of(1)), true);
    expect(read(critical)).toMatchObject({ value: { isUnderstood: false } });
  });

  test("§5.2: a critical extension that nothing reads makes a list unusable, any other does not", () => {
    const isUnderstood = (extension: Bytes) => made.list({ issuer: root, extensions: [extension] }).isUnderstood;
    expect(isUnderstood(unknown(true))).toBe(false);
    expect(isUnderstood(unknown(false))).toBe(true);
    expect(isUnderstood(made.deltaOf(1))).toBe(true);
    for (const id of [oids.authorityKeyIdentifier, oids.issuerAltName, oids.freshestCrl])
      expect(isUnderstood(made.extension(id, sequence(), true))).toBe(true);
  });

  test("§5.2.1, §5.2.6, X.509 §9.5.2.8: whose key, where deltas are, and since when the dead are kept", () => {
    const keyId = sequence(element(0x80, Uint8Array.of(1, 2)));
    const since = element(24, utf8("20200101000000Z"));
    expect(parseCrl(extended(oids.authorityKeyIdentifier, keyId))).toMatchObject({
      value: { authorityKeyId: Uint8Array.of(1, 2) },
    });
    expect(parseCrl(extended(oids.authorityKeyIdentifier, sequence()))).toMatchObject({
      value: { authorityKeyId: null },
    });
    expect(parseCrl(extended(oids.freshestCrl, sequence()))).toMatchObject({ value: { freshestCrl: sequence() } });
    expect(parseCrl(extended(oids.expiredCertsOnCrl, since))).toMatchObject({
      value: { keepsExpiredSince: day("2020-01-01") },
    });
  });

  test("more than 16 MiB are not looked at", () => {
    expect(parseCrl(new Uint8Array(16 * 1024 * 1024))).not.toEqual(malformed("length_too_long"));
    expect(parseCrl(new Uint8Array(16 * 1024 * 1024 + 1))).toEqual(malformed("length_too_long"));
  });
});

describe("RFC 5280 §5.2.5: what a list is about", () => {
  test.each<[string, Bytes[], object]>([
    ["everything", [], { holds: "all", reasons: null, isIndirect: false }],
    ["people", [flag(1)], { holds: "users" }],
    ["authorities", [flag(2)], { holds: "authorities" }],
    ["attribute certificates", [flag(5)], { holds: "attributes" }],
    [
      "flags that say no",
      [flag(1, false), flag(2, false), flag(4, false), flag(5, false)],
      { holds: "all", isIndirect: false },
    ],
    ["two kinds at once, which is nothing", [flag(1), flag(2)], { holds: "nothing" }],
    ["other authorities' certificates", [flag(4)], { holds: "all", isIndirect: true }],
    ["some reasons", [implicit(3, element(3, Uint8Array.of(6, 0x40)))], { reasons: 0b10 }],
    ["the last reason", [implicit(3, element(3, Uint8Array.of(7, 0, 0x80)))], { reasons: 0b1_0000_0000 }],
    ["reasons of which 0 is none", [implicit(3, element(3, Uint8Array.of(7, 0x80)))], { reasons: 0 }],
  ])("%s", (_, parts, scope) => {
    expect(scopeOf(...parts)).toMatchObject(scope);
  });

  test("names of its point are texts of their kind", () => {
    const full = (...names: Bytes[]) => scopeOf(explicit(0, explicit(0, ...names))).names;
    expect(full(made.uri("http://a.test/l"))).toEqual(["uri:http://a.test/l"]);
    expect(full(made.dns("a.test"), made.mail("a@a.test"))).toEqual(["dns:a.test", "email:a@a.test"]);
    expect(full(made.ip(10, 0, 0, 1))).toEqual(["ip:10.0.0.1"]);
    expect(full(made.otherName())).toEqual(["other:0"]);
    const [name = ""] = full(made.directory("Lists (fictional)")) ?? [];
    expect(name.startsWith("directory:")).toBe(true);
    expect(full(made.directory("lists  (FICTIONAL)"))).toEqual([name]);
  });

  test("a name relative to the issuer is that of the issuer with it below", () => {
    const below = (type: string, text: string) => sequence(oid(type), element(12, utf8(text)));
    const relative = scopeOf(explicit(0, element(0xa1, below("2.5.4.11", "L")))).names;
    const name = sequence(element(0x31, below("2.5.4.3", root.name)), element(0x31, below("2.5.4.11", "L")));
    expect(relative).toEqual(scopeOf(explicit(0, explicit(0, explicit(4, name)))).names);
    const other = extended(
      oids.issuingDistributionPoint,
      sequence(explicit(0, element(0xa2, below("2.5.4.11", "L")))),
      true,
    );
    expect(parseCrl(other)).toEqual(malformed("unexpected"));
  });
});

describe("RFC 5280 §5.3: entries", () => {
  const entry = (serial: number[], ...extensions: Bytes[]) =>
    sequence(
      element(2, Uint8Array.from(serial)),
      time(day("2024-06-01")),
      ...(extensions.length === 0 ? [] : [sequence(...extensions)]),
    );
  const wanted = Uint8Array.of(5, 6);
  const found = (entries: readonly Bytes[], isIndirect = false) => {
    const read = readingDer(() => [...entriesIn(concatBytes(...entries), wanted, isIndirect)]);
    return read.ok
      ? read.value.map(({ isWanted, isUnderstood }) => `${isWanted} ${isUnderstood}`)
      : read.failure.reason;
  };
  const long = made.extension("1.3.6.1.4.1.99999.4", element(4, new Uint8Array(200).fill(7)));

  test("only the number that was asked for is looked at, whatever its length and its neighbours'", () => {
    expect(found([entry([5]), entry([5, 6]), entry([5, 6, 7]), entry([4, 6])])).toEqual(["true true"]);
    expect(found([entry([5], long), entry([5, 6], long), entry([6], long)])).toEqual(["true true"]);
    expect(found([entry([5], made.reason(1))])).toEqual([]);
    expect(found([])).toEqual([]);
  });

  test("all are looked at in an indirect list, and everywhere those with something critical", () => {
    expect(found([entry([5]), entry([6])], true)).toEqual(["false true", "false true"]);
    expect(found([entry([9], unknown(true))])).toEqual(["false false"]);
    expect(found([entry([9], made.extension(oids.reasonCode, element(10, Uint8Array.of(1)), true))])).toEqual([
      "false true",
    ]);
    const said = sequence(oid("1.3.6.1.4.1.99999.3"), boolean(false), element(4, element(5)));
    expect(found([entry([9], said)])).toEqual([]);
  });

  test.each<[string, Bytes, string]>([
    ["something else than a sequence", Uint8Array.of(0x31, 0), "unexpected"],
    ["a header cut off", Uint8Array.of(0x30), "truncated"],
    ["content cut off", entry([5]).slice(0, -1), "truncated"],
    ["long content cut off", entry([5], long).slice(0, -1), "truncated"],
    ["no number at its beginning", sequence(element(5)), "unexpected"],
    ["no number at a long beginning", sequence(element(4, new Uint8Array(200))), "unexpected"],
    ["nothing", sequence(), "unexpected"],
  ])("an entry of %s spoils the list", (_, bytes, reason) => {
    expect(found([bytes])).toBe(reason);
  });

  test("reason, loss of the key and issuer are told; an issuer without a directory name is refused", () => {
    const names = (...all: Bytes[]) => made.extension(oids.certificateIssuer, sequence(...all), true);
    const read = (...extensions: Bytes[]) =>
      readingDer(() => [...entriesIn(entry([5, 6], ...extensions), wanted, false)]);
    const lost = made.invalidityDate(day("2024-03-01"));
    const told = { revokedAt: day("2024-06-01"), reason: 4, invalidityDate: day("2024-03-01"), issuer: null };
    expect(read(made.reason(4), lost)).toMatchObject({ value: [told] });
    expect(read()).toMatchObject({ value: [{ reason: null, invalidityDate: null, issuer: null }] });
    expect(read(names(made.dns("a.test"), made.directory("A (fictional)")))).toMatchObject({
      value: [{ issuer: { commonName: "A (fictional)" } }],
    });
    expect(read(names(made.dns("a.test")))).toEqual(malformed("bad_value"));
    expect(read(names())).toEqual(malformed("bad_value"));
  });

  test("the first entry of a number counts; an unreadable one and a broken list are told apart", () => {
    const rows = (...all: made.ListedEntry[]) => made.list({ issuer: root, entries: all });
    const one = (when: string, ...extensions: Bytes[]) => ({ serial: wanted, revokedAt: day(when), extensions });
    const name = rootCertificate.subject;
    const twice = rows(one("2024-06-01"), one("2024-07-01"));
    expect(entryOf(twice, wanted, name)).toMatchObject({ value: { revokedAt: day("2024-06-01") } });
    expect(entryOf(twice, Uint8Array.of(9), name)).toEqual({ ok: true, value: null });
    expect(entryOf(rows(one("2024-06-01", unknown(true))), wanted, name)).toEqual({
      ok: false,
      failure: { code: "entry_unreadable" },
    });
    const broken = { ...twice, entries: Uint8Array.of(0x31, 0) };
    expect(entryOf(broken, wanted, name)).toEqual(malformed("unexpected"));
  });
});
