import { createHash, randomBytes, verify, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pkcs12Of } from "../../db/stores/credentials.ts";
import { openPkcs12 } from "../../signing/keys/pkcs12.ts";
import { sealSignature } from "../../signing/seal/seal.ts";
import type { Bytes } from "../../src/core/kernel.ts";
import { samplePaths } from "../../src/development/sample.ts";
import { httpClient } from "../../src/http.ts";
import { nodeDeflate, nodePrimitives } from "../../src/primitives-node.ts";
import { openScript } from "../../src/web/design/inline.ts";
import type { ReportOfFiles } from "../../src/web/verification/filed-report.ts";
import { verificationEn } from "../../src/web/words/verification.en.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { withPageAdded } from "../edge/added-page.ts";
import { makeSealedCopy, now, value } from "../signing/examine/sealed-copy.ts";
import { smallPdf } from "../signing/seal/small-pdf.ts";
import { freshDatabase } from "../support/database.ts";
import { aPaper, officialsAt, secretsOf } from "../support/officials.ts";
import { type ServiceProcess, startServiceProcess } from "../support/service-process.ts";
import { has, run } from "../support/tools.ts";

describe("verification by link and by file, against the running service", () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-verify-"));
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let service: ServiceProcess;
  let pdf: Bytes;
  let code: string;

  beforeAll(async () => {
    database = await freshDatabase();
    service = await startServiceProcess(dataFolder, database.url, { reads: "words" });
    const officials = officialsAt(service.url, dataFolder);
    const { dossierId, citizenLink } = await officials.attested(new Uint8Array(readFileSync(samplePaths.scan)));
    await officials.sign(dossierId);
    await officials.seal(dossierId);
    const { verificationLink } = await officials.waitFor(dossierId, "released");
    code = verificationLink?.split("/v/")[1] ?? "";
    pdf = new Uint8Array(await (await officials.download(citizenLink)).arrayBuffer());
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  const page = async (path: string) => (await fetch(`${service.url}${path}`)).text();
  const upload = async (bytes: Bytes, typed = "", language = "vi") => {
    const form = new FormData();
    form.set("code", typed);
    form.set("file", new File([bytes], "copy.pdf"));
    return (await fetch(`${service.url}/verify?lang=${language}`, { method: "POST", body: form })).text();
  };

  test("DESIGN decision 13: the link shows masked facts in both languages, never the holder, the applicant or the number", async () => {
    const shown = { vi: await page(`/v/${code}`), en: await page(`/v/${code}?lang=en`) };
    expect(shown.vi).toContain("Ủy ban nhân dân phường Hoa Ban (hư cấu)");
    expect(shown.vi).toContain("L.T.T.");
    expect(shown.en).toContain(verificationEn.factsTitle);
    for (const text of [shown.vi, shown.en]) {
      expect(text).not.toContain(aPaper.holderName);
      expect(text).not.toContain(aPaper.documentNumber);
      expect(text.replace(`<script type="module">${openScript}</script>`, "")).not.toMatch(/<script/i);
    }
  });

  test("DESIGN decision 13: another code of the same form is unknown, and a malformed one is said to be malformed", async () => {
    const other = code.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    expect((await fetch(`${service.url}/v/${other}`)).status).toBe(404);
    expect((await fetch(`${service.url}/v/not-a-code`)).status).toBe(400);
  });

  test("DESIGN decision 12: the copy as downloaded is good, with its code and without", async () => {
    const good = verificationVi.answerGood.split("{agency}")[0] ?? "";
    expect(await upload(pdf, code)).toContain(good);
    expect(await upload(pdf)).toContain(good);
  });

  test("DESIGN decision 12: one changed byte, a page added, an unknown issuer, and no certified copy are four plain answers", {
    skip: !has("openssl"),
  }, async () => {
    const changed = pdf.with(Math.floor(pdf.length / 3), (pdf[Math.floor(pdf.length / 3)] ?? 0) ^ 1) as Bytes;
    const foreign = await makeSealedCopy();
    const answers = {
      answerAltered: await upload(changed, code),
      answerChangedAfter: await upload(withPageAdded(pdf), code),
      answerUnknownIssuer: await upload(foreign.sealed),
      answerNotCertified: await upload(await signedByListedOfficer()),
    } as const;
    await foreign.end();
    for (const [word, text] of Object.entries(answers)) {
      const said = (Object.keys(answers) as (keyof typeof answers)[]).filter((one) =>
        text.includes(verificationVi[one]),
      );
      expect(said).toEqual([word]);
    }
  });

  const reportFrom = (answer: string, as: "pdf" | "json", language = "vi") => {
    const report = /name="report" value="([^"]+)"/.exec(answer)?.[1] ?? "";
    const body = new URLSearchParams({ report, as });
    return fetch(`${service.url}/verify/report?lang=${language}`, { method: "POST", body });
  };
  const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());

  test("EN 319 142-1 §6.2: the report of an upload is a signed PDF in either language, which is PASSED, B-T, public and no certified copy", {
    skip: !has("pdfsig") || !has("qpdf"),
  }, async () => {
    for (const language of ["vi", "en"]) {
      const answer = await reportFrom(await upload(pdf, code, language), "pdf", language);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
      const report = await bytesOf(answer);
      const path = join(dataFolder, `report-${language}.pdf`);
      writeFileSync(path, report);
      const signed = run("pdfsig", ["-nocert", path]).output;
      expect(signed).toContain("Signature is Valid");
      expect(signed).toContain("Total document signed");
      expect(run("qpdf", ["--check", path]).output).toContain("No syntax or stream encoding errors");
      const said = await upload(report, "", language);
      expect(said).toContain((language === "vi" ? verificationVi : verificationEn).answerNotCertified);
      expect(said).toContain("PASSED");
      const judged = examined(await (await reportFrom(said, "json")).text());
      expect(judged.files[0]?.report).toMatchObject({
        document: { status: "PASSED" },
        certifiedCopy: { status: "not_a_certified_copy" },
        signatures: [{ role: "public", level: "B-T", intact: true, trusted: true }],
      });
    }
  });

  const examined = (flattened: string) => {
    const { payload } = JSON.parse(flattened) as { payload: string };
    return JSON.parse(Buffer.from(payload, "base64url").toString()) as ReportOfFiles;
  };

  test("RFC 7515 §7.2.2: the report as JSON holds `examine --json` version 1 of the file, keys in order, in an envelope that node:crypto verifies", async () => {
    const answer = await reportFrom(await upload(pdf, code), "json");
    expect(answer.headers.get("content-type")).toBe("application/jose+json");
    const text = await answer.text();
    const envelope = JSON.parse(text) as Record<"payload" | "protected" | "signature", string>;
    const told = examined(text);
    expect(Object.keys(told)).toEqual("version checkedAt checkedBy duty files".split(" "));
    const [file] = told.files;
    expect(Object.keys(file ?? {})).toEqual("name sha256 lengthBytes notExamined says against report".split(" "));
    expect(file).toMatchObject({ name: "copy.pdf", lengthBytes: pdf.length, against: { log: { leafIndex: 1 } } });
    const report = file?.report ?? {};
    expect(Object.keys(report)).toEqual(
      "version documentSha256 code document certifiedCopy policy trustListSequence checkedAt signatures".split(" "),
    );
    expect(report).toMatchObject({
      version: 1,
      documentSha256: createHash("sha256").update(pdf).digest("hex"),
      certifiedCopy: { status: "issued_here" },
      signatures: [
        { intact: true, trusted: true },
        { intact: true, trusted: true },
      ],
    });
    const { x5c } = JSON.parse(Buffer.from(envelope.protected, "base64url").toString()) as { x5c: string[] };
    const { publicKey } = new X509Certificate(Buffer.from(x5c[0] ?? "", "base64"));
    const input = Buffer.from(`${envelope.protected}.${envelope.payload}`);
    expect(verify("sha256", input, publicKey, Buffer.from(envelope.signature, "base64url"))).toBe(true);
  });

  test("NĐ 23/2015 Art. 6(2): a dossier of files gets a row each and one signed report of them all, with who checked as it was typed", {
    skip: !has("pdfsig") || !has("pdftotext"),
  }, async () => {
    const form = new FormData();
    const changed = pdf.with(Math.floor(pdf.length / 3), (pdf[Math.floor(pdf.length / 3)] ?? 0) ^ 1);
    form.append("file", new File([pdf], "bằng.pdf"));
    form.append("file", new File([changed], "bằng sửa.pdf"));
    form.append("file", new File(["không phải PDF"], "ảnh.jpg"));
    const answer = await (await fetch(`${service.url}/verify`, { method: "POST", body: form })).text();
    expect(answer).toContain(
      verificationVi.dossierBad.replace("{bad}", "1").replace("{n}", "3").replace("{good}", "1"),
    );
    const report = /name="report" value="([^"]+)"/.exec(answer)?.[1] ?? "";
    const by = "Phòng Tổ chức, Trường Thử (hư cấu)";
    const ask = (as: string) =>
      fetch(`${service.url}/verify/report`, { method: "POST", body: new URLSearchParams({ report, as, by }) });
    const told = examined(await (await ask("json")).text());
    expect(told.checkedBy).toBe(by);
    expect(told.files.map(({ name, report: one }) => [name, one?.code])).toEqual([
      ["bằng.pdf", "INTACT"],
      ["bằng sửa.pdf", "TAMPERED"],
      ["ảnh.jpg", "PARSE_ONLY"],
    ]);
    const path = join(dataFolder, "report-dossier.pdf");
    writeFileSync(path, await bytesOf(await ask("pdf")));
    expect(run("pdfsig", ["-nocert", path]).output).toContain("Signature is Valid");
    const text = run("pdftotext", ["-enc", "UTF-8", path, "-"]).output.replace(/\s+/g, " ").normalize("NFC");
    for (const shown of [by, "Tệp 3: ảnh.jpg", verificationVi.answerAltered, "Điều 6 khoản 2", "Article 6(2)"])
      expect(text).toContain(shown);
  });

  test("a report is made of nothing but what this service signed: a changed envelope, none at all and another word are refused", async () => {
    const answer = await upload(pdf, code);
    const report = /name="report" value="([^"]+)"/.exec(answer)?.[1] ?? "";
    const [head = "", payload = "", signature = ""] = report.split(".");
    const better = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<string, unknown>;
    const forged = Buffer.from(JSON.stringify({ ...better, code: "TAMPERED" })).toString("base64url");
    for (const text of [`${head}.${forged}.${signature}`, "", "x"]) {
      const body = new URLSearchParams({ report: text, as: "pdf" });
      const refused = await fetch(`${service.url}/verify/report`, { method: "POST", body });
      expect(refused.status).toBe(400);
      expect(await refused.text()).toContain(verificationVi.reportRefusedTitle);
    }
  });

  /** Well signed, with a timestamp, by the officer that the key list names; but nobody certified anything. */
  async function signedByListedOfficer(): Promise<Bytes> {
    const [row] = await database.owner.sql<{ id: string }[]>`select id from credential where role = 'official'`;
    const pin = secretsOf(dataFolder)["lanhdao"]?.pin ?? "";
    const key = value(openPkcs12((await pkcs12Of(database.owner.sql, row?.id ?? "")) ?? new Uint8Array(), pin));
    const { timestamp } = JSON.parse(readFileSync(join(dataFolder, "pki", "ports.json"), "utf8")) as {
      timestamp: number;
    };
    const http = httpClient({ timeoutSeconds: 10, answerBytes: 100_000, reach: "anywhere" });
    const signed = await sealSignature(
      {
        pdf: await smallPdf({ useObjectStreams: false }),
        fieldName: "officer",
        claimedTime: now(),
        reservedBytes: 9000,
      },
      {
        key,
        timestamps: {
          authorities: [{ url: `http://127.0.0.1:${timestamp}/timestamp` }],
          post: http.post,
          nonce: new Uint8Array(randomBytes(16)),
          trusts: async () => true,
          now,
        },
        deflate: nodeDeflate,
        primitives: nodePrimitives,
      },
    );
    http.close();
    return value(signed).pdf;
  }
});
