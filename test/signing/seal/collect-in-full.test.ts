import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { examinePdf } from "../../../signing/examine/examine.ts";
import { parseCrl } from "../../../signing/format/crl.ts";
import { type CollectingWorld, collectEvidence } from "../../../signing/seal/collect.ts";
import { appendDocumentTimestamp } from "../../../signing/seal/document-timestamp.ts";
import { appendEvidence, type Evidence } from "../../../signing/seal/evidence.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import { type Bytes, fail } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { anchorsOf, collectingBy, nextSecond, nowInstant } from "./levels.ts";
import { sealingBy, value } from "./sealing.ts";
import { smallPdf } from "./small-pdf.ts";
import { goodRow, revokedRow, type TwoTierPki, twoTierPki } from "./two-tier-pki.ts";

describe.skipIf(!has("openssl"))("EN 319 142-1 §5.4.2: evidence is gathered in full", () => {
  let pki: TwoTierPki;
  let sealed: Bytes;
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });

  beforeAll(async () => {
    pki = await twoTierPki();
    const { holder, world, request } = sealingBy(pki, http);
    const asked = request(await smallPdf({ useObjectStreams: false }), "officer");
    sealed = value(await sealSignature(asked, world(holder("canbo")))).pdf;
    await nextSecond();
  });
  beforeEach(() => {
    pki.index("people", [goodRow("3001")]);
    pki.index("delta", []);
    pki.index("tsa-ca", []);
  });
  afterAll(async () => {
    http.close();
    await pki.end();
  });

  /** @param silent addresses that do not answer */
  const collecting = (...silent: string[]): CollectingWorld => {
    const away = fail({ code: "http_unreachable", reason: "switched off" } as const);
    const world = collectingBy(pki, http);
    return {
      ...world,
      post: async (asked) => (silent.includes(asked.url) ? away : world.post(asked)),
      get: async (asked) => (silent.includes(asked.url) ? away : world.get(asked)),
    };
  };
  const numbersOf = ({ crls }: Evidence) =>
    crls.map((der) => value(parseCrl(der))).map(({ issuer, number, base }) => [issuer.commonName, number, base]);
  const people = "people-ca (fictional)";

  test("RFC 5280 §5.2.6: the delta that a complete list names is fetched, stands beside it, and both settle the signer", async () => {
    const evidence = value(await collectEvidence(sealed, collecting(pki.answerUrl)));
    expect(evidence.ocspResponses).toEqual([]);
    expect(numbersOf(evidence)).toEqual(
      expect.arrayContaining([
        [people, 1n, null],
        [people, 2n, 1n],
      ]),
    );
    const stored = value(appendEvidence(sealed, evidence, nodePrimitives)).pdf;
    const dating = { ...sealingBy(pki, http).timestamps(), primitives: nodePrimitives };
    const dated = value(await appendDocumentTimestamp(stored, 8000, dating)).pdf;
    const anchors = anchorsOf(pki).map(({ purpose, certificate }) => ({ purpose, certificate: certificate.raw }));
    const found = await examinePdf(dated, { anchors, at: nowInstant(), revocationRequired: true }, nodePrimitives);
    expect(found.document).toMatchObject({ status: "PASSED" });
    expect(found.signatures[0]).toMatchObject({ level: "B-LTA", revocation: { status: "good", source: "dss" } });
  });

  test("RFC 5280 §5.2.4: who stands only in the delta is revoked; a delta that does not come takes nothing away", async () => {
    pki.index("delta", [revokedRow("3001")]);
    expect(await collectEvidence(sealed, collecting(pki.answerUrl))).toMatchObject({
      failure: { code: "revoked", revokedAt: "2026-01-01T00:00:00Z" },
    });
    const without = value(await collectEvidence(sealed, collecting(pki.answerUrl, pki.listUrls.delta)));
    expect(numbersOf(without)).not.toContainEqual([people, 2n, 1n]);
    expect(numbersOf(without)).toContainEqual([people, 1n, null]);
  });

  test("RFC 6960 §4.2.2.2.1: a delegated responder without nocheck is asked about, and what its list says is kept", async () => {
    const evidence = value(await collectEvidence(sealed, collecting()));
    expect(evidence.ocspResponses).toHaveLength(1);
    expect(numbersOf(evidence)).toContainEqual([people, 1n, null]);
    const names = evidence.certificates.map((der) => Buffer.from(der).includes("answerer (fictional)"));
    expect(names).toContain(true);
  });

  test("RFC 6960 §4.2.2.2.1: the answer of a revoked responder, or of one that nobody vouches for now, is not taken", async () => {
    pki.index("people", [goodRow("3001"), revokedRow("3002")]);
    const byList = value(await collectEvidence(sealed, collecting()));
    expect(byList.ocspResponses).toEqual([]);
    expect(numbersOf(byList)).toContainEqual([people, 1n, null]);
    expect(await collectEvidence(sealed, collecting(pki.listUrls.people))).toMatchObject({
      failure: { code: "revocation_unavailable", reason: "responder_unproven,unreachable" },
    });
  });

  test("RFC 3161 §4: the timestamp authority and those above it are asked about like everybody else", async () => {
    const evidence = value(await collectEvidence(sealed, collecting()));
    const issuers = numbersOf(evidence).map(([issuer]) => issuer);
    expect(issuers).toContain("tsa-ca (fictional)");
    expect(issuers).toContain("Test Root (fictional)");
    pki.index("tsa-ca", [revokedRow("3003")]);
    expect(await collectEvidence(sealed, collecting())).toMatchObject({
      failure: { code: "revoked", subject: expect.stringContaining("clock") },
    });
  });

  test("limits: each address is asked once a run, however many certificates name it", async () => {
    const asked: string[] = [];
    const world = collecting();
    const get: CollectingWorld["get"] = (request) => {
      asked.push(request.url);
      return world.get(request);
    };
    value(await collectEvidence(sealed, { ...world, get }));
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toContain(pki.listUrls.root);
  });
});
