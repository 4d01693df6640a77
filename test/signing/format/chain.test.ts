import { describe, expect, test } from "vitest";
import type { Certificate } from "../../../signing/format/certificate.ts";
import { type ChainQuestion, findChain } from "../../../signing/format/chain.ts";
import { bitString, element, integer, nullValue, oid, sequence } from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import { anyPolicyInputs } from "../../../signing/format/policy-graph.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { webPrimitives } from "../../../src/primitives-web.ts";
import {
  alternativeNames,
  at,
  certify,
  directory,
  dns,
  extension,
  ip,
  issue,
  mail,
  nameConstraints,
  newAuthority,
  otherName,
  uri,
} from "./made-pki.ts";

const root = newAuthority("Root (fictional)");
const rootCertificate = certify(root, root);
const anchors = [{ certificate: rootCertificate, purpose: "public" as const }];

function ask(leaf: Certificate, candidates: readonly Certificate[], more: Partial<ChainQuestion> = {}) {
  return findChain({ leaf, candidates, anchors, purposes: ["public"], at, use: "any", ...more }, nodePrimitives);
}

const leafOf = (issuer: ReturnType<typeof newAuthority>, ...extensions: Bytes[]) =>
  issue({ subject: "Leaf (fictional)", issuer, extensions });

/** Signature checks that a question costs. */
async function costOf(leaf: Certificate, candidates: readonly Certificate[]) {
  let checks = 0;
  const verify: typeof nodePrimitives.verify = (...args) => {
    checks += 1;
    return nodePrimitives.verify(...args);
  };
  const question = { leaf, candidates, anchors, purposes: ["public" as const], at, use: "any" as const };
  const began = performance.now();
  const finding = await findChain(question, { verify });
  return { finding, checks, milliseconds: performance.now() - began };
}

describe("building", () => {
  test("RFC 5280 §6.1.3 (a)(1): what two certificates proved once is not computed again; dates, and any other certificate, are judged anew", async () => {
    let checks = 0;
    const verify: typeof nodePrimitives.verify = (...args) => {
      checks += 1;
      return nodePrimitives.verify(...args);
    };
    const issuer = newAuthority("Issuer (fictional)");
    const question = {
      candidates: [certify(issuer, root)],
      anchors,
      purposes: ["public" as const],
      use: "any" as const,
    };
    const leaf = leafOf(issuer);
    const askAt = (who: Certificate, when: Instant) => findChain({ ...question, leaf: who, at: when }, { verify });
    expect([(await askAt(leaf, at)).trusted, checks]).toEqual([true, 2]);
    expect([(await askAt(leaf, at)).trusted, checks]).toEqual([true, 2]);
    expect((await askAt(leaf, "2199-01-01T00:00:00Z" as Instant)).trusted).toBe(false);
    const forged = { ...leaf, signature: leaf.signature.map((octet, i) => (i === 9 ? octet ^ 1 : octet)) };
    expect([(await askAt(forged, at)).trusted, checks]).toEqual([false, 3]);
    expect([(await askAt(forged, at)).trusted, checks]).toEqual([false, 4]);
  });

  test("RFC 4158 §2: among a twin that ran out, one with another key and the right one, the right one is found", async () => {
    const issuer = newAuthority("Issuer (fictional)");
    const stranger = { ...newAuthority("Issuer (fictional)") };
    const expired = issue({
      ...{ subject: issuer.name, spki: issuer.key.spki, issuer: root },
      notAfter: "2021-01-01T00:00:00Z" as Instant,
      extensions: [extension(oids.basicConstraints, sequence(element(1, Uint8Array.of(255))), true)],
    });
    const good = certify(issuer, root);
    const finding = await ask(leafOf(issuer), [expired, certify(stranger, root), good]);
    expect(finding.trusted && finding.path[1]?.raw).toEqual(good.raw);
    expect(await ask(leafOf(issuer), [expired])).toMatchObject({ trusted: false, reason: "certificate_expired" });
  });

  test("RFC 4158 §2.4.2: authorities that all certify one another are answered soon, reached by an anchor or not", async () => {
    const mesh = Array.from({ length: 14 }, (_, i) => newAuthority(`Mesh ${i} (fictional)`));
    const certificates = mesh.flatMap((subject) => mesh.map((issuer) => certify(subject, issuer)));
    const [first = root, last = root] = [mesh[0], mesh.at(-1)];
    const astray = await costOf(leafOf(first), certificates);
    expect(astray.finding).toMatchObject({ trusted: false, reason: "no_anchor_reached" });
    expect(astray.checks).toBe(0);
    const found = await costOf(leafOf(first), [...certificates, certify(last, root)]);
    expect(found.checks).toBeLessThanOrEqual(200);
    expect(found.milliseconds).toBeLessThan(5000);
    const false_ = certify(last, { ...newAuthority("x"), name: root.name });
    const refused = await costOf(leafOf(first), [...certificates, false_]);
    expect(refused.finding).toMatchObject({ trusted: false, reason: "search_limit_reached" });
    expect(refused.checks).toBeLessThanOrEqual(200);
    expect(refused.milliseconds).toBeLessThan(5000);
  });

  test("RFC 5280 §7.1: names are one in other letters, other spaces and another string type; not in another order", async () => {
    const issuer = newAuthority("Cơ quan  Chứng thực (hư cấu)");
    const inOtherWords = { ...issuer, name: " CƠ QUAN chứng Thực (HƯ CẤU) " };
    expect((await ask(leafOf(inOtherWords), [certify(issuer, root)])).trusted).toBe(true);
    const another = { ...issuer, name: "Chứng thực Cơ quan (hư cấu)" };
    expect((await ask(leafOf(another), [certify(issuer, root)])).trusted).toBe(false);
  });

  test("EN 319 102-1 §5.2.8: a short RSA key was good enough in its time and is not now", async () => {
    const modulus = new Uint8Array(128).fill(0xa5);
    const spki = sequence(
      sequence(oid(oids.rsaEncryption), nullValue()),
      bitString(sequence(element(2, Uint8Array.of(0), modulus), integer(65537))),
    );
    const leaf = issue({
      subject: "Short (fictional)",
      issuer: root,
      spki,
      notBefore: "2010-01-01T00:00:00Z" as Instant,
    });
    const old = issue({
      ...{ subject: root.name, issuer: root, spki: root.key.spki, notBefore: "2010-01-01T00:00:00Z" as Instant },
    });
    const anchor = [{ certificate: old, purpose: "public" as const }];
    const then = await ask(leaf, [], { anchors: anchor, at: "2012-01-01T00:00:00Z" as Instant });
    expect(then.trusted).toBe(true);
    expect(await ask(leaf, [], { anchors: anchor })).toMatchObject({ trusted: false, reason: "algorithm_weak" });
  });

  test("the web answers as Node does", async () => {
    const issuer = newAuthority("Issuer (fictional)");
    const question = {
      leaf: leafOf(issuer),
      candidates: [certify(issuer, root)],
      anchors,
      purposes: ["public"] as const,
    };
    const asked = { ...question, at, use: "any" as const };
    expect(await findChain(asked, webPrimitives)).toEqual(await findChain(asked, nodePrimitives));
  });
});

describe("RFC 5280 §4.2.1.10: names", () => {
  type Row = readonly [says: string, constraints: Bytes, name: Bytes, isAllowed: boolean];
  const rows: readonly Row[] = [
    ["a host of the domain", nameConstraints([dns("example.vn")]), dns("a.b.example.vn"), true],
    ["the domain itself, in capitals", nameConstraints([dns("example.vn")]), dns("EXAMPLE.VN"), true],
    ["a domain that only ends alike", nameConstraints([dns("example.vn")]), dns("badexample.vn"), false],
    ["a wildcard inside", nameConstraints([dns("example.vn")]), dns("*.example.vn"), true],
    [
      "a wildcard that reaches an excluded host",
      nameConstraints([], [dns("a.example.vn")]),
      dns("*.example.vn"),
      false,
    ],
    ["an excluded host", nameConstraints([], [dns("example.vn")]), dns("x.example.vn"), false],
    ["a host where only mail is bound", nameConstraints([mail("example.vn")]), dns("other.vn"), true],
    ["a constraint that begins with a period", nameConstraints([dns(".example.vn")]), dns("a.example.vn"), false],
    ["a mailbox of the host", nameConstraints([mail("example.vn")]), mail("a@example.vn"), true],
    ["a mailbox of a host below", nameConstraints([mail("example.vn")]), mail("a@b.example.vn"), false],
    ["a mailbox of the domain", nameConstraints([mail(".example.vn")]), mail("a@b.example.vn"), true],
    ["that mailbox", nameConstraints([mail("a@example.vn")]), mail("a@EXAMPLE.vn"), true],
    ["another mailbox", nameConstraints([mail("a@example.vn")]), mail("A@example.vn"), false],
    ["an address of the host", nameConstraints([uri("example.vn")]), uri("https://u:p@example.vn:8443/x"), true],
    ["a host hidden before the sign", nameConstraints([uri("example.vn")]), uri("https://example.vn@evil.vn/"), false],
    ["an address without a host", nameConstraints([uri("example.vn")]), uri("urn:x:y"), false],
    ["an address without a host, excluded", nameConstraints([], [uri("example.vn")]), uri("urn:x:y"), false],
    ["an address of numbers", nameConstraints([uri(".example.vn")]), uri("http://10.0.0.1/"), false],
    ["in the network", nameConstraints([ip(10, 1, 0, 0, 255, 255, 0, 0)]), ip(10, 1, 2, 3), true],
    ["outside the network", nameConstraints([ip(10, 1, 0, 0, 255, 255, 0, 0)]), ip(10, 2, 2, 3), false],
    [
      "of the other family",
      nameConstraints([ip(10, 1, 0, 0, 255, 255, 0, 0)]),
      ip(...Array<number>(16).fill(0)),
      false,
    ],
    ["a mask with holes", nameConstraints([ip(10, 1, 0, 0, 255, 0, 255, 0)]), ip(10, 1, 0, 3), false],
    ["a form that is not compared", nameConstraints([], [otherName()]), otherName(), false],
    ["a form that is bound nowhere", nameConstraints([dns("example.vn")]), otherName(), true],
    ["another directory", nameConstraints([directory("Other (fictional)")]), dns("a.vn"), false],
    ["the directory itself", nameConstraints([directory("LEAF (fictional)")]), dns("a.vn"), true],
  ];
  test.each(rows)("%s", async (_, constraints, name, isAllowed) => {
    const issuer = newAuthority("Constrained (fictional)");
    const finding = await ask(leafOf(issuer, alternativeNames(name)), [certify(issuer, root, constraints)]);
    expect(finding.trusted ? "allowed" : finding.reason).toBe(isAllowed ? "allowed" : "name_constraints_broken");
  });

  test("RFC 5937 §3.2: what the anchor's own certificate says binds too", async () => {
    const bound = certify(root, root, nameConstraints([dns("example.vn")]));
    const own = [{ certificate: bound, purpose: "public" as const }];
    const leaf = leafOf(root, alternativeNames(dns("other.vn")));
    expect(await ask(leaf, [], { anchors: own })).toMatchObject({ trusted: false, reason: "name_constraints_broken" });
  });

  test("thousands of names under thousands of constraints are refused, not compared", async () => {
    const many = Array.from({ length: 2000 }, (_, i) => dns(`h${i}.example.vn`));
    const issuer = newAuthority("Constrained (fictional)");
    const { finding, milliseconds } = await costOf(leafOf(issuer, alternativeNames(...many)), [
      certify(issuer, root, nameConstraints([...many].reverse())),
    ]);
    expect(finding).toMatchObject({ trusted: false, reason: "search_limit_reached" });
    expect(milliseconds).toBeLessThan(5000);
  });
});

describe("RFC 9618: policies", () => {
  const policy = (i: number) => `1.3.6.1.4.1.99999.2.${i}`;
  const asserts = (...policies: string[]) =>
    extension(oids.certificatePolicies, sequence(...policies.map((one) => sequence(oid(one)))));
  const maps = (...pairs: (readonly [string, string])[]) =>
    extension(oids.policyMappings, sequence(...pairs.map(([from, to]) => sequence(oid(from), oid(to)))), true);

  test("a path whose policies map to one another in every way costs no more than its bytes", async () => {
    const names = Array.from({ length: 12 }, (_, i) => policy(i));
    const all = names.flatMap((from) => names.map((to) => [from, to] as const));
    let issuer = root;
    const certificates: Certificate[] = [];
    for (let depth = 0; depth < 13; depth++) {
      const next = newAuthority(`Mapping ${depth} (fictional)`);
      certificates.push(certify(next, issuer, asserts(...names), maps(...all)));
      issuer = next;
    }
    const leaf = leafOf(issuer, asserts(...names));
    const began = performance.now();
    const finding = await ask(leaf, certificates, { policies: { ...anyPolicyInputs, requireExplicit: true } });
    expect(finding.trusted && finding.policies.length).toBe(12);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  test("RFC 5280 §6.1.5 (g): a policy that is only reached by mapping from one that was not asked for is none", async () => {
    const issuer = newAuthority("Mapping (fictional)");
    const above = certify(issuer, root, asserts(policy(1), policy(3)), maps([policy(1), policy(2)]));
    const leaf = leafOf(issuer, asserts(policy(2)));
    const wanted = (...acceptable: string[]) => ({ ...anyPolicyInputs, acceptable, requireExplicit: true });
    expect((await ask(leaf, [above], { policies: wanted(policy(1)) })).trusted).toBe(true);
    for (const other of [policy(2), policy(3)])
      expect(await ask(leaf, [above], { policies: wanted(other) })).toMatchObject({ reason: "policy_missing" });
  });
});
