import { describe, expect, test } from "vitest";
import { parseCrl } from "../../../signing/format/crl.ts";
import { explicit, sequence } from "../../../signing/format/der-writer.ts";
import { oids } from "../../../signing/format/oids.ts";
import { askRevocationLists } from "../../../signing/seal/revocation-list.ts";
import { type Bytes, fail, type Instant, ok } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import * as made from "../format/made-pki.ts";

const root = made.newAuthority("Root (fictional)");
const rootCertificate = made.certify(root, root);
const anchors = [{ certificate: rootCertificate, purpose: "public" as const }];
const day = (text: string) => `${text}T00:00:00Z` as Instant;

/** CRLDistributionPoints with one point of these addresses. */
const points = (...urls: string[]) => sequence(...urls.map((url) => sequence(explicit(0, explicit(0, made.uri(url))))));
const person = made.issue({
  subject: "Person (fictional)",
  issuer: root,
  extensions: [
    made.extension(oids.crlDistributionPoints, points("http://lists.invalid/complete")),
    made.extension(oids.freshestCrl, points("http://lists.invalid/delta", "ldap://lists.invalid/delta")),
  ],
});
const complete = made.listDer({ issuer: root, extensions: [made.crlNumber(1)] });
const delta = (revoked: boolean, thisUpdate = day("2024-12-31")) =>
  made.listDer({
    issuer: root,
    thisUpdate,
    extensions: [made.crlNumber(2), made.deltaOf(1)],
    entries: revoked ? [{ serial: person.serial, revokedAt: day("2024-06-01") }] : [],
  });

function asking(files: Readonly<Record<string, Bytes>>) {
  const asked: string[] = [];
  const answer = askRevocationLists(
    { certificate: person, above: [rootCertificate], anchors },
    {
      get: async ({ url }) => {
        asked.push(url);
        const body = files[url];
        return body === undefined
          ? fail({ code: "http_unreachable", reason: "" })
          : ok({ status: 200, contentType: "", body });
      },
      ...{ now: made.at, newerThan: made.at, primitives: nodePrimitives },
    },
  );
  return { answer, asked };
}

describe("RFC 5280 §4.2.1.15: the delta that a certificate names", () => {
  const at = { complete: "http://lists.invalid/complete", delta: "http://lists.invalid/delta" };

  test("is fetched beside the complete list, over the web only, and both are kept", async () => {
    const { answer, asked } = asking({ [at.complete]: complete, [at.delta]: delta(false) });
    expect(await answer).toMatchObject({ status: "good", by: "crl", replies: [complete, delta(false)] });
    expect(asked).toEqual([at.complete, at.delta]);
  });

  test("says who was revoked since", async () => {
    const { answer } = asking({ [at.complete]: complete, [at.delta]: delta(true) });
    expect(await answer).toMatchObject({ status: "revoked", revokedAt: day("2024-06-01") });
  });

  test("is nothing without the complete list, and a complete list under its address is no delta", async () => {
    expect(await asking({ [at.delta]: delta(false) }).answer).toMatchObject({ status: "unavailable" });
    const { answer } = asking({ [at.complete]: complete, [at.delta]: complete });
    expect(await answer).toMatchObject({ status: "good", replies: [complete] });
  });

  test("§5.2.6: one that does not come, or cannot be read, leaves the complete list's word", async () => {
    for (const body of [undefined, new Uint8Array([1, 2, 3])]) {
      const { answer } = asking({ [at.complete]: complete, ...(body === undefined ? {} : { [at.delta]: body }) });
      expect(await answer).toMatchObject({ status: "good", replies: [complete] });
    }
    expect(parseCrl(complete).ok).toBe(true);
  });
});
