import { describe, expect, test } from "vitest";
import type { Certificate } from "../../../signing/format/certificate.ts";
import type { Crl } from "../../../signing/format/crl.ts";
import {
  bitString,
  boolean,
  element,
  explicit,
  implicit,
  nullValue,
  sequence,
} from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { ask, day, gap, leaf, other, revoked, root, rootCertificate } from "./asking.ts";
import * as made from "./made-pki.ts";

const listed = (more: Partial<made.WantedList> = {}) => made.list({ issuer: root, ...more });
const scope = (...parts: Bytes[]) => made.extension(oids.issuingDistributionPoint, sequence(...parts), true);
const flag = (number: number) => implicit(number, boolean(true));
const reasons = (...octets: number[]) => element(3, Uint8Array.from(octets));
const keyLost = reasons(6, 0x40);
const allElse = reasons(7, 0x3f, 0x80);
const uris = (...addresses: string[]) => explicit(0, explicit(0, ...addresses.map(made.uri)));
const point = (...parts: Bytes[]) => made.extension(oids.crlDistributionPoints, sequence(sequence(...parts)));
const sent = (...parts: Bytes[]) =>
  made.issue({ subject: "Sent (fictional)", issuer: root, extensions: [point(...parts)] });
const hold = (thisUpdate: string) => listed({ thisUpdate: day(thisUpdate), entries: [revoked(leaf, made.reason(6))] });
const clear = (thisUpdate: string, ...extensions: Bytes[]) => listed({ thisUpdate: day(thisUpdate), extensions });

/** Whatever order the lists come in. */
async function bothWays(certificate: Certificate, a: Crl, b: Crl) {
  const [first, second] = [await ask(certificate, { crls: [a, b] }), await ask(certificate, { crls: [b, a] })];
  expect(second).toEqual(first);
  return first;
}

describe("RFC 5280 §6.3.3: several lists together", () => {
  test("who was revoked for good stays so when a later list no longer names it", async () => {
    const early = listed({ thisUpdate: day("2024-12-29"), entries: [revoked(leaf, made.reason(1))] });
    expect(await bothWays(leaf, early, clear("2024-12-30"))).toMatchObject({ status: "revoked", reason: 1 });
  });

  test("of two holds the newer is told; one as old as a clear list lasts", async () => {
    expect(await bothWays(leaf, hold("2024-12-29"), hold("2024-12-30"))).toMatchObject({
      thisUpdate: day("2024-12-30"),
    });
    expect(await bothWays(leaf, hold("2024-12-30"), clear("2024-12-30"))).toMatchObject({ status: "revoked" });
  });

  test("a hold ends with the newest clear list, and not with one of some reasons only", async () => {
    const crls = [clear("2024-12-30"), clear("2024-12-28"), hold("2024-12-29")];
    expect(await ask(leaf, { crls })).toMatchObject({ status: "good" });
    const partly = clear("2024-12-30", scope(implicit(3, keyLost)));
    expect(await bothWays(leaf, hold("2024-12-29"), partly)).toMatchObject({ status: "revoked", reason: 6 });
  });

  test("lists of some reasons are as old together as the oldest of them", async () => {
    const lost = clear("2024-12-29", scope(implicit(3, keyLost)));
    const rest = clear("2024-12-30", scope(implicit(3, allElse)));
    expect(await bothWays(leaf, lost, rest)).toMatchObject({ status: "good", thisUpdate: day("2024-12-29") });
    expect(await ask(leaf, { crls: [rest] })).toEqual(gap("incomplete"));
  });

  test("a list that adds no reason changes nothing of what is told", async () => {
    const crls = [clear("2024-12-30"), clear("2024-12-29")];
    expect(await ask(leaf, { crls })).toMatchObject({ status: "good", thisUpdate: day("2024-12-30") });
  });

  test("of several gaps the nearest to an answer is told", async () => {
    const stale = listed({ thisUpdate: day("2023-01-01"), nextUpdate: day("2023-01-08") });
    const foreign = made.list({ issuer: made.newAuthority(root.name) });
    const people = listed({ extensions: [scope(flag(2))] });
    expect(await bothWays(leaf, stale, foreign)).toEqual(gap("stale"));
    expect(await bothWays(leaf, people, foreign)).toEqual(gap("incomplete"));
    expect(await bothWays(leaf, people, stale)).toEqual(gap("stale"));
  });
});

describe("RFC 5280 §6.3.3 (b): which list is about which certificate", () => {
  test("distribution points that cannot be read leave nothing to be said", async () => {
    const odd = sent(explicit(0, explicit(0, nullValue())));
    expect(await ask(odd, { crls: [listed()] })).toEqual(gap("unusable"));
  });

  test("a list with names is for those who are sent to one of them", async () => {
    const certificate = sent(uris("http://b.test/l"));
    const about = async (...addresses: string[]) =>
      await ask(certificate, { crls: [listed({ extensions: [scope(uris(...addresses))] })] });
    expect(await about("http://b.test/l")).toMatchObject({ status: "good" });
    expect(await about("http://a.test/l", "http://b.test/l")).toMatchObject({ status: "good" });
    expect(await about("http://a.test/l")).toEqual(gap("nothing_found"));
    expect(await ask(certificate, { crls: [listed()] })).toMatchObject({ status: "good" });
    expect(await ask(leaf, { crls: [listed({ extensions: [scope(uris("http://b.test/l"))] })] })).toEqual(
      gap("nothing_found"),
    );
  });

  test("a list of reasons for which nobody is sent to it says nothing, not even whom it names", async () => {
    const certificate = sent(uris("http://b.test/l"), implicit(1, allElse));
    const named = (why: Bytes) =>
      listed({ entries: [revoked(certificate)], extensions: [scope(uris("http://b.test/l"), implicit(3, why))] });
    expect(await ask(certificate, { crls: [named(keyLost)] })).toEqual(gap("nothing_found"));
    expect(await ask(certificate, { crls: [named(allElse)] })).toMatchObject({ status: "revoked" });
  });

  test("lists for people and lists for authorities each speak of their own", async () => {
    const authority = made.certify(made.newAuthority("Below (fictional)"), root);
    const people = listed({ extensions: [scope(flag(1))] });
    const authorities = listed({ extensions: [scope(flag(2))] });
    const both = listed({ extensions: [scope(flag(1), flag(2))] });
    expect(await ask(leaf, { crls: [people] })).toMatchObject({ status: "good" });
    expect(await ask(authority, { crls: [people] })).toEqual(gap("incomplete"));
    expect(await ask(authority, { crls: [authorities] })).toMatchObject({ status: "good" });
    expect(await ask(leaf, { crls: [both] })).toEqual(gap("incomplete"));
  });

  test("another's list counts only where the certificate sends there and the list says that it is indirect", async () => {
    const lister = made.newAuthority("Lister (fictional)");
    const signs = made.extension(oids.keyUsage, bitString(Uint8Array.of(0x02)), true);
    const own = point(uris("http://own.test"));
    const standing = listed({ extensions: [scope(uris("http://own.test"))] }); // of the lister itself, and of nobody else
    const candidate = made.issue({
      subject: lister.name,
      spki: lister.key.spki,
      issuer: root,
      extensions: [signs, own],
    });
    const there = (...names: string[]) => sent(implicit(2, sequence(...names.map(made.directory))));
    const by = (...parts: Bytes[]) => made.list({ issuer: lister, extensions: [scope(...parts)] });
    const more = { candidates: [candidate] };
    const itself = explicit(0, explicit(0, made.directory(lister.name)));
    expect(await ask(there(lister.name), { crls: [standing, by(flag(4))] }, more)).toMatchObject({ status: "good" });
    expect(await ask(there("Nobody (fictional)", lister.name), { crls: [standing, by(flag(4))] }, more)).toMatchObject({
      status: "good",
    });
    expect(await ask(there(lister.name), { crls: [standing, by(itself, flag(4))] }, more)).toMatchObject({
      status: "good",
    });
    expect(await ask(there(lister.name), { crls: [standing, by(uris("http://x.test"), flag(4))] }, more)).toEqual(
      gap("nothing_found"),
    );
    expect(await ask(there(lister.name), { crls: [standing, by()] }, more)).toEqual(gap("nothing_found"));
    expect(await ask(there("Nobody (fictional)"), { crls: [standing, by(flag(4))] }, more)).toEqual(
      gap("nothing_found"),
    );
    expect(await ask(leaf, { crls: [standing, by(flag(4))] }, more)).toEqual(gap("nothing_found"));
    const unfit = made.issue({
      subject: lister.name,
      spki: lister.key.spki,
      issuer: root,
      extensions: [made.extension(oids.keyUsage, bitString(Uint8Array.of(0x80)), true)],
    });
    expect(await ask(there(lister.name), { crls: [standing, by(flag(4))] }, { candidates: [unfit] })).toEqual(
      gap("unusable"),
    );
    expect(await ask(there(lister.name), { crls: [standing, by(flag(4))] })).toEqual(gap("unusable"));
  });
});

describe("RFC 5280 §5.2.4, §6.3.3 (c): deltas", () => {
  const base = listed({ extensions: [made.crlNumber(5)] });
  const delta = (number: number, more: Partial<made.WantedList> & { readonly to?: number } = {}) =>
    listed({
      entries: [revoked(leaf, made.reason(number))],
      ...more,
      extensions: [made.crlNumber(number), made.deltaOf(more.to ?? 5), ...(more.extensions ?? [])],
    });
  const withDeltas = async (...deltas: Crl[]) => await ask(leaf, { crls: [base, ...deltas] });

  test("the newest that fits is added, in whatever order they come", async () => {
    const [older, newer] = [delta(7), delta(9)];
    expect(await withDeltas(older, newer)).toMatchObject({ status: "revoked", reason: 9 });
    expect(await withDeltas(newer, older)).toMatchObject({ status: "revoked", reason: 9 });
  });

  test.each<[string, Crl]>([
    ["as old as the list", delta(5)],
    ["older than the list", delta(4)],
    ["to a later list", delta(9, { to: 6 })],
    ["of another scope", delta(9, { extensions: [scope(flag(1))] })],
    ["by another name", delta(9, { issuer: made.newAuthority("Else (fictional)") })],
    ["by another key", delta(9, { issuer: made.newAuthority(root.name) })],
    ["that cannot be understood", delta(9, { extensions: [made.extension("1.3.6.1.4.1.99999.3", element(5), true)] })],
    ["of another time", delta(9, { thisUpdate: day("2023-01-01"), nextUpdate: day("2023-01-08") })],
    ["without a number", listed({ entries: [revoked(leaf)], extensions: [made.deltaOf(5)] })],
  ])("one %s is not", async (_, unfit) => {
    expect(await withDeltas(unfit)).toMatchObject({ status: "good" });
    expect(await withDeltas(unfit, delta(6))).toMatchObject({ status: "revoked", reason: 6 });
  });

  test("nothing is added to a list without a number; one to an earlier base is", async () => {
    expect(await ask(leaf, { crls: [listed(), delta(9)] })).toMatchObject({ status: "good" });
    expect(await withDeltas(delta(9, { to: 3 }))).toMatchObject({ status: "revoked", reason: 9 });
  });

  test("a delta that cannot be read spoils the list it is added to", async () => {
    const strange = made.extension("1.3.6.1.4.1.99999.3", element(5), true);
    expect(await withDeltas(delta(9, { entries: [revoked(other, strange)] }))).toEqual(gap("unusable"));
  });

  test("the day that is told is that of the delta", async () => {
    const fresh = delta(9, { entries: [], thisUpdate: day("2025-01-01"), nextUpdate: null });
    expect(await withDeltas(fresh)).toMatchObject({ status: "good", thisUpdate: day("2025-01-01"), nextUpdate: null });
  });
});

test("RFC 4158 §3.5.12: among authorities of one name the one whose key identifier fits is tried first", async () => {
  const keyed = (id: number) => made.extension(oids.subjectKeyIdentifier, element(4, Uint8Array.of(id)));
  const namesakes = [1, 2, 3].map((id) => made.certify(made.newAuthority(root.name), root, keyed(id)));
  const fitting = made.certify(root, root, keyed(4));
  const wanted = made.extension(oids.authorityKeyIdentifier, sequence(element(0x80, Uint8Array.of(4))));
  const keys: Bytes[] = [];
  const verify: typeof nodePrimitives.verify = async (key, ...rest) => {
    keys.push(key);
    return await nodePrimitives.verify(key, ...rest);
  };
  const more = { above: [...namesakes, fitting, rootCertificate], primitives: { ...nodePrimitives, verify } };
  expect(await ask(leaf, { crls: [listed({ extensions: [wanted] })] }, more)).toMatchObject({ status: "good" });
  expect(keys[0]).toEqual(root.key.spki);
  expect(keys).not.toContainEqual(namesakes[0]?.publicKey);
});
