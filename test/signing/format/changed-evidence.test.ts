import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import { parseCrl } from "../../../signing/format/crl.ts";
import { explicit, oid, sequence } from "../../../signing/format/der-writer.ts";
import { parseOcspReply, parseStoredOcsp } from "../../../signing/format/ocsp.ts";
import { oids } from "../../../signing/format/oids.ts";
import { readPathRules } from "../../../signing/format/path-rules.ts";
import type { Bytes } from "../../../src/core/kernel.ts";
import { ask, leaf, other, revoked, root, rootCertificate } from "./asking.ts";
import * as made from "./made-pki.ts";

describe("no bytes make a judge throw, and none that were changed are believed", () => {
  const responder = made.newAuthority("Responder (fictional)");
  const purpose = made.extension(oids.extendedKeyUsage, sequence(oid(oids.ocspSigning)));
  const delegate = made.issue({
    subject: responder.name,
    spki: responder.key.spki,
    issuer: root,
    extensions: [purpose],
  });
  const about = { certificate: leaf, issuer: rootCertificate, certificates: [delegate] };
  const answer = made.answerDer({ ...about, responder });
  const list = made.listDer({
    issuer: root,
    entries: [revoked(other, made.reason(1))],
    extensions: [made.crlNumber(7)],
  });
  const names = made.alternativeNames(
    made.dns("a.vn"),
    made.ip(10, 0, 0, 1),
    made.uri("https://a.vn/"),
    made.otherName(),
  );
  const constrained = made.certify(root, root, made.nameConstraints([made.dns("vn")], [made.mail("a.vn")]), names);

  const changes = fc.array(fc.record({ at: fc.nat(3000), to: fc.nat(255) }), { minLength: 1, maxLength: 4 });
  const changed = (bytes: Bytes, where: readonly { at: number; to: number }[], cut: number): Bytes => {
    const copy = bytes.slice();
    for (const { at: offset, to } of where) copy[offset % copy.length] = to;
    return copy.slice(0, copy.length - cut);
  };

  test("certificates with octets changed or cut off", () => {
    fc.assert(
      fc.property(changes, fc.nat(3), (where, cut) => {
        const certificate = parseCertificate(changed(constrained.raw, where, cut));
        if (certificate.ok) expect(typeof readPathRules(certificate.value.extensions).ok).toBe("boolean");
      }),
      { numRuns: 600 },
    );
  });

  test("lists with octets changed or cut off", async () => {
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(3), async (where, cut) => {
        const crl = parseCrl(changed(list, where, cut));
        const finding = await ask(leaf, { crls: crl.ok ? [crl.value] : [] });
        if (!crl.ok || !contains(list, crl.value.tbs)) expect(finding.status).toBe("unknown");
      }),
      { numRuns: 600 },
    );
  });

  test("answers with octets changed or cut off", async () => {
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(3), async (where, cut) => {
        expect(typeof parseOcspReply(changed(explicit(0, answer), where, cut)).ok).toBe("boolean");
        const reply = parseStoredOcsp(changed(answer, where, cut));
        const basic = reply.ok ? reply.value.basic : null;
        const finding = await ask(leaf, { ocsps: basic === null ? [] : [basic] });
        if (basic === null || !contains(answer, basic.tbs)) expect(finding.status).toBe("unknown");
      }),
      { numRuns: 600 },
    );
  });
});

const contains = (whole: Bytes, part: Bytes): boolean => Buffer.from(whole).includes(Buffer.from(part));
