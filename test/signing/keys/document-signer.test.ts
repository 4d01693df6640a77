import { X509Certificate } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { PDFDocument } from "pdf-lib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { judgeReturned } from "../../../signing/examine/returned.ts";
import { readPdf } from "../../../signing/format/pdf/file.ts";
import { type VgcaOffer, vgcaSigner } from "../../../signing/keys/document-signer.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import { appendRevision } from "../../../signing/seal/writer.ts";
import { type Bytes, concatBytes, type Instant, type Sha256, utf8 } from "../../../src/core/kernel.ts";
import { httpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { has } from "../../support/tools.ts";
import { sealingBy, value } from "../seal/sealing.ts";
import { smallPdf } from "../seal/small-pdf.ts";
import { type ThrowawayPki, throwawayPki } from "../seal/throwaway-pki.ts";

type Tool = (pdf: Bytes) => Promise<Bytes>;

describe.skipIf(!has("openssl"))("VGCA Sign Service, LAW 5.6 (unconfirmed)", () => {
  let pki: ThrowawayPki;
  let exchange: Server;
  let offered: Bytes | null = null;
  let posted: Bytes | null = null;
  const http = httpClient({ timeoutSeconds: 5, answerBytes: 4 * 1024 * 1024, reach: "anywhere" });
  beforeAll(async () => {
    pki = await throwawayPki();
  }, 60_000);
  afterAll(async () => {
    http.close();
    await pki.end();
  });
  beforeEach(async () => {
    posted = null;
    exchange = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      if (request.headers.authorization !== "Bearer once") return response.writeHead(403).end();
      if (request.method === "POST") posted = concatBytes(...chunks);
      return response.writeHead(200).end(request.method === "GET" ? offered : undefined);
    });
    await new Promise<void>((ready) => exchange.listen(0, "127.0.0.1", ready));
  });
  afterEach(() => new Promise<void>((done) => exchange.close(() => done())));

  const offer = async (pdf: Bytes): Promise<VgcaOffer> => {
    const url = `http://127.0.0.1:${(exchange.address() as AddressInfo).port}`;
    offered = pdf;
    return { downloadUrl: `${url}/file`, uploadUrl: `${url}/upload`, token: "once", returned: () => posted };
  };
  /** The program at the person's computer, as far as LAW 5.6 tells it: fetches, signs, posts, calls back. */
  const program = (tool: Tool, status = 0) =>
    vgcaSigner({
      offer,
      call: async (text) => {
        const asked = JSON.parse(text) as { FileName: string; FileUploadHandler: string; JWTToken: string };
        const headers = { authorization: `Bearer ${asked.JWTToken}` };
        const pdf = new Uint8Array(await (await fetch(asked.FileName, { headers })).arrayBuffer());
        if (status === 0) await fetch(asked.FileUploadHandler, { method: "POST", headers, body: await tool(pdf) });
        return JSON.stringify({ Status: status, Message: "…", FileName: "", FileServer: "" });
      },
    });
  const signAs =
    (name: string, field: "officer" | "agency" = "officer"): Tool =>
    async (pdf) => {
      const { world, request, holder } = sealingBy(pki, http);
      return value(await sealSignature(request(pdf, field), world(holder(name)))).pdf;
    };
  const sha256Of = (name: string) =>
    new X509Certificate(pki.der(name)).fingerprint256.replaceAll(":", "").toLowerCase() as Sha256;
  const judge = (sent: Bytes, returned: Bytes, name = "officer") => {
    const at = `${new Date().toISOString().slice(0, 19)}Z` as Instant;
    const purposes = ["official", "agency_seal", "timestamp"] as const;
    const anchors = purposes.map((purpose) => ({ purpose, certificate: pki.der("root") }));
    return judgeReturned(sent, returned, sha256Of(name), { anchors, at }, nodePrimitives);
  };
  const code = async (sent: Bytes, returned: Bytes, name = "officer") => {
    const judged = await judge(sent, returned, name);
    return judged.ok ? "taken" : judged.failure.code;
  };

  test("status 0: the file that comes back, signed by the registered certificate, is taken", async () => {
    const sent = await smallPdf({ useObjectStreams: false });
    const returned = value(await program(signAs("officer")).sign(sent, "ban-sao.pdf"));
    expect(await code(sent, returned)).toBe("taken");
    const sealed = value(await program(signAs("agency", "agency")).sign(returned, "ban-sao.pdf"));
    expect(await code(returned, sealed, "agency")).toBe("taken");
  });

  test.each([14, 28, 999])("status %i is a refusal, and nothing is taken", async (status) => {
    const sent = await smallPdf({ useObjectStreams: false });
    const signed = await program(signAs("officer"), status).sign(sent, "ban-sao.pdf");
    expect(signed).toEqual({ ok: false, failure: { code: "signer_refused", status } });
  });

  test("a program that is not there, says nothing sensible, or posts nothing", async () => {
    const sent = await smallPdf({ useObjectStreams: false });
    const answering = (answer: string | null) => vgcaSigner({ offer, call: async () => answer }).sign(sent, "x.pdf");
    expect(await answering(null)).toEqual({ ok: false, failure: { code: "signer_unreachable" } });
    expect(await answering("<html>")).toEqual({ ok: false, failure: { code: "signer_answer_malformed" } });
    expect(await answering('{"Status":"0"}')).toEqual({ ok: false, failure: { code: "signer_answer_malformed" } });
    expect(await answering('{"Status":0}')).toEqual({ ok: false, failure: { code: "nothing_returned" } });
  });

  test("DESIGN decision 2, hostile returns: other bytes, unsigned, two signatures, another's certificate", async () => {
    const sent = await smallPdf({ useObjectStreams: false });
    const other = await smallPdf({ useObjectStreams: false, pages: 2 });
    expect(await code(sent, await signAs("officer")(other))).toBe("not_our_bytes");
    expect(await code(sent, sent)).toBe("not_our_bytes");
    const rewritten = await (await PDFDocument.load(await signAs("officer")(sent))).save();
    expect(await code(sent, new Uint8Array(rewritten))).toBe("not_our_bytes");
    expect(await code(sent, concatBytes(sent, utf8("% nothing signed\n")))).toBe("returned_unreadable");
    const twice = await signAs("agency", "agency")(await signAs("officer")(sent));
    expect(await code(sent, twice)).toBe("not_one_signature_added");
    expect(await code(sent, await signAs("agency")(sent))).toBe("signed_by_another_certificate");
  });

  test("hostile returns: a signature that does not hold, bytes after it, a page changed on the way to it", async () => {
    const sent = await smallPdf({ useObjectStreams: false });
    const signed = await signAs("officer")(sent);
    const broken = signed.slice();
    broken[sent.length + 20] = (broken[sent.length + 20] ?? 0) ^ 1;
    expect(await code(sent, broken)).not.toBe("taken");
    expect(await code(sent, concatBytes(signed, utf8("\n1 0 obj\n<<>>\nendobj\n")))).not.toBe("taken");
    const text = new TextDecoder("latin1").decode(sent);
    const page = Number(/(\d+) 0 obj\s*<<[^>]*\/Type \/Page\b(?!s)/.exec(text)?.[1]);
    const body = utf8("<< /Type /Page /MediaBox [0 0 10 10] >>");
    const file = value(readPdf(sent, nodePrimitives));
    const changed = appendRevision(file, [{ number: page, generation: 0, body }], {}).pdf;
    expect(await code(sent, await signAs("officer")(changed))).toBe("other_changes");
  });
});
