import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examinePdf } from "../../../signing/examine/examine.ts";
import { readPdf } from "../../../signing/format/pdf/file.ts";
import { type CollectingWorld, collectEvidence } from "../../../signing/seal/collect.ts";
import { appendDocumentTimestamp } from "../../../signing/seal/document-timestamp.ts";
import { appendEvidence } from "../../../signing/seal/evidence.ts";
import { extendToLongTerm } from "../../../signing/seal/extend.ts";
import { measureTimestampReservation } from "../../../signing/seal/measure.ts";
import { imprintOf, sealSignature } from "../../../signing/seal/seal.ts";
import { requestTimestamp } from "../../../signing/seal/timestamp.ts";
import { type Bytes, fail, type Instant } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { anchorsOf, collectingBy, nextSecond, nowInstant } from "./levels.ts";
import { sealingBy, value } from "./sealing.ts";
import { smallPdf } from "./small-pdf.ts";
import { type ThrowawayPki, throwawayPki } from "./throwaway-pki.ts";

describe.skipIf(!has("openssl"))("long-term evidence from openssl authorities over HTTP", () => {
  let pki: ThrowawayPki;
  let sealed: Bytes;
  const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });

  beforeAll(async () => {
    pki = await throwawayPki();
    const { holder, world, request } = sealingBy(pki, http);
    const unsigned = await smallPdf({ useObjectStreams: false });
    const officer = value(await sealSignature(request(unsigned, "officer"), world(holder("officer")))).pdf;
    sealed = value(await sealSignature(request(officer, "agency"), world(holder("agency")))).pdf;
    await nextSecond();
  });
  afterAll(async () => {
    http.close();
    await pki.end();
  });

  const collecting = (changes: Partial<CollectingWorld> = {}) => ({ ...collectingBy(pki, http), ...changes });
  const noOcsp: CollectingWorld["post"] = (asked) =>
    asked.url === pki.ocspUrl
      ? Promise.resolve(fail({ code: "http_unreachable", reason: "switched off" }))
      : http.post(asked);
  const timestamps = () => sealingBy(pki, http).timestamps();
  const dating = () => ({ ...timestamps(), primitives: nodePrimitives });
  const roomy = async () => {
    const imprint = imprintOf(new Uint8Array(1), nodePrimitives);
    return measureTimestampReservation(value(await requestTimestamp(imprint, dating())).token);
  };
  const examined = (pdf: Bytes, at: Instant = nowInstant()) => {
    const anchors = anchorsOf(pki).map(({ purpose, certificate }) => ({ purpose, certificate: certificate.raw }));
    return examinePdf(pdf, { anchors, at }, nodePrimitives);
  };

  test("EN 319 142-1 §6: a B-T file becomes B-LTA, is renewed to B-LTA again, and every earlier state is its prefix", async () => {
    const extending = async () => ({ ...collecting(), timestamps: timestamps(), reservedBytes: await roomy() });
    const first = value(await extendToLongTerm(sealed, await extending()));
    await nextSecond();
    const second = value(await extendToLongTerm(first.pdf, await extending()));
    for (const [longer, shorter] of [
      [first.pdf, sealed],
      [second.pdf, first.pdf],
    ] as const)
      expect(Buffer.from(longer.subarray(0, shorter.length)).equals(shorter)).toBe(true);
    const found = await examined(second.pdf);
    expect(found).toMatchObject({ code: "INTACT", document: { status: "PASSED" }, foreignFrom: null });
    expect(found.signatures.map(({ level }) => level)).toEqual(["B-LTA", "B-LTA", "TS", "TS"]);
    expect(found.signatures[0]?.laterChanges.filter((change) => change.class === "upkeep")).toEqual([]);
  });

  test("ISO 32000-2 §12.8.4.3: the store holds each item once; adding what it has changes no byte", async () => {
    const evidence = value(await collectEvidence(sealed, collecting()));
    expect(evidence).toMatchObject({ crls: [] });
    expect(evidence.ocspResponses).toHaveLength(3); // officer, agency, timestamp authority
    const once = value(appendEvidence(sealed, evidence, nodePrimitives));
    expect(once.added).toBe(evidence.certificates.length + 3);
    const twice = value(appendEvidence(once.pdf, evidence, nodePrimitives));
    expect(twice).toEqual({ pdf: once.pdf, added: 0 });
    const more = value(
      appendEvidence(once.pdf, { certificates: [pki.der("edwards")], ocspResponses: [], crls: [] }, nodePrimitives),
    );
    expect(more.added).toBe(1);
    expect(value(readPdf(more.pdf, nodePrimitives)).revisions.at(-1)?.entries.size).toBe(2); // the store and the item
    expect((await examined(more.pdf)).code).toBe("INTACT");
  });

  test("RFC 5280 §6.3: where no responder answers, the list that the certificate names is fetched, and stands once", async () => {
    const evidence = value(await collectEvidence(sealed, collecting({ post: noOcsp })));
    expect(evidence.ocspResponses).toEqual([]);
    expect(evidence.crls).toHaveLength(1);
    const stored = value(appendEvidence(sealed, evidence, nodePrimitives));
    const dated = value(await appendDocumentTimestamp(stored.pdf, await roomy(), dating()));
    expect((await examined(dated.pdf)).signatures.map(({ level }) => level)).toEqual(["B-LTA", "B-LTA", "TS"]);
  });

  test("a list older than the timestamp is no evidence: it is told when the next comes", async () => {
    const list = await http.get({ url: await listUrl(), accept: "*/*" });
    await nextSecond();
    const { holder, world, request } = sealingBy(pki, http);
    const asked = request(await smallPdf({ useObjectStreams: true }), "officer");
    const later = value(await sealSignature(asked, world(holder("officer")))).pdf;
    const replayed = collecting({ post: noOcsp, get: async () => list });
    expect(await collectEvidence(later, replayed)).toMatchObject({
      ok: false,
      failure: { code: "not_newer", nextUpdate: expect.stringMatching(/^20\d\d-/) },
    });
  });

  test.each([
    { what: "altered", change: (der: Bytes) => der.map((byte, i) => (i === 60 ? byte ^ 1 : byte)) },
    { what: "cut", change: (der: Bytes) => der.slice(0, -1) },
    {
      what: "in PEM",
      change: (der: Bytes) =>
        new Uint8Array(Buffer.from(`-----BEGIN X509 CRL-----\n${Buffer.from(der).toString("base64")}`)),
    },
    { what: "empty", change: () => new Uint8Array() },
  ])("RFC 5280 §5: a list that comes $what proves nothing", async ({ change }) => {
    const get: CollectingWorld["get"] = async (asked) => {
      const answer = await http.get(asked);
      return answer.ok ? { ok: true, value: { ...answer.value, body: change(answer.value.body) } } : answer;
    };
    expect(await collectEvidence(sealed, collecting({ post: noOcsp, get }))).toMatchObject({
      failure: { code: "revocation_unavailable" },
    });
  });

  test("a certificate revoked before it signed gets no evidence, by responder and by list alike", async () => {
    const { holder, world, request } = sealingBy(pki, http);
    const asked = request(await smallPdf({ useObjectStreams: false }), "officer");
    const bad = value(await sealSignature(asked, world(holder("revoked")))).pdf;
    await nextSecond();
    const revoked = { failure: { code: "revoked", revokedAt: "2026-01-01T00:00:00Z" } };
    expect(await collectEvidence(bad, collecting())).toMatchObject(revoked);
    expect(await collectEvidence(bad, collecting({ post: noOcsp }))).toMatchObject(revoked);
  });

  test("room too small for a token is told with both sizes; a file without signature is not dated", async () => {
    const failure = { code: "signature_larger_than_reserved", reservedBytes: 100, neededBytes: expect.any(Number) };
    expect(await appendDocumentTimestamp(sealed, 100, dating())).toEqual({ ok: false, failure });
    const unsigned = await smallPdf({ useObjectStreams: false });
    expect(await collectEvidence(unsigned, collecting())).toEqual({ ok: false, failure: { code: "nothing_signed" } });
    expect(await collectEvidence(sealed, collecting({ anchors: [] }))).toMatchObject({
      failure: { code: "not_trusted" },
    });
  });

  async function listUrl(): Promise<string> {
    let asked = "";
    const get: CollectingWorld["get"] = async ({ url }) => {
      asked = url;
      return fail({ code: "http_unreachable", reason: "" });
    };
    await collectEvidence(sealed, collecting({ post: noOcsp, get }));
    return asked;
  }
});
