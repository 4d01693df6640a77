import { verify, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composeReport } from "../../signing/compose/compose-report.ts";
import { flattenedJws } from "../../signing/format/jws.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import { openPkcs12 } from "../../signing/keys/pkcs12.ts";
import { type Instant, instantOfSeconds, type Sha256, secondsOf } from "../../src/core/kernel.ts";
import type { KeyList } from "../../src/core/key-list.ts";
import { loadFonts } from "../../src/fonts.ts";
import type { FiledReport, ReportOfFile } from "../../src/web/verification/filed-report.ts";
import { reportText } from "../../src/web/verification/report-text.ts";
import { openEnvelope, sealEnvelope } from "../../src/wiring/report-envelope.ts";
import { openReportKey } from "../../src/wiring/report-key.ts";
import { now, value } from "../signing/examine/sealed-copy.ts";
import { pin, type ThrowawayPki, throwawayPki } from "../signing/seal/throwaway-pki.ts";
import { has, run } from "../support/tools.ts";

const checkedAt = now();
const digest = "ab".repeat(32) as Sha256;

const aReport = (changes: Partial<FiledReport> = {}): ReportOfFile => ({
  lengthBytes: 123_456,
  report: {
    version: 1,
    documentSha256: digest,
    code: "INTACT",
    document: { status: "PASSED", subIndication: null, reason: null },
    certifiedCopy: { status: "not_a_certified_copy", reason: "not_two_signatures" },
    policy: "chungthuc-1-revocation-optional",
    trustListSequence: 7,
    checkedAt,
    signatures: [
      {
        signer: {
          name: "Nguyễn Văn Giả (hư cấu)",
          subject: "CN=Nguyễn Văn Giả (hư cấu)",
          issuer: "CN=Test Root (fictional)",
          certificateSha256: digest,
        },
        role: "official",
        claimedTime: "2026-11-22T02:15:00Z" as Instant,
        provenTime: "2026-11-22T02:15:30Z" as Instant,
        level: "B-T",
        intact: true,
        trusted: true,
        revocation: {
          status: "good",
          source: "http://ocsp.example/",
          thisUpdate: "2026-11-22T02:00:00Z" as Instant,
        },
        revision: { from: 1000, to: 90_000 },
        laterChanges: [{ kind: "page_added", class: "forbidden", at: 3 }],
      },
    ],
    ...changes,
  },
});

describe.skipIf(!has("openssl"))("the envelope of a report", () => {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-report-"));
  let pki: ThrowawayPki;
  const keyOf = (name: string): KeyHolder => value(openPkcs12(pki.pkcs12(name), pin));

  beforeAll(async () => {
    pki = await throwawayPki();
  });
  afterAll(async () => {
    await pki.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    "officer",
    "agency",
    "edwards",
    "pss",
  ])("RFC 7515: what the key of %s signed carries the report unchanged, keys in their order, and comes back", async (name) => {
    const key = keyOf(name);
    const envelope = (await sealEnvelope(aReport(), key, now())) ?? "";
    const payload = Buffer.from(envelope.split(".")[1] ?? "", "base64url").toString();
    expect(payload).toBe(JSON.stringify(aReport().report));
    expect(await openEnvelope(envelope, key, now())).toEqual({ ok: true, value: aReport() });
  });

  test("RFC 7515 §5.2: node:crypto and openssl verify it with the certificate in x5c, from the compact and the flattened form", async () => {
    const envelope = (await sealEnvelope(aReport(), keyOf("agency"), now())) ?? "";
    const [head = "", payload = "", signature = ""] = envelope.split(".");
    const { x5c, alg } = JSON.parse(Buffer.from(head, "base64url").toString()) as { x5c: string[]; alg: string };
    const certificate = new X509Certificate(Buffer.from(x5c[0] ?? "", "base64"));
    const input = Buffer.from(`${head}.${payload}`);
    const ecdsa = { key: certificate.publicKey, dsaEncoding: "ieee-p1363" as const };
    expect(alg).toBe("ES256");
    expect(verify("sha256", input, ecdsa, Buffer.from(signature, "base64url"))).toBe(true);
    expect(JSON.parse(flattenedJws(envelope))).toEqual({ payload, protected: head, signature });

    const rsa = (await sealEnvelope(aReport(), keyOf("officer"), now())) ?? "";
    const parts = rsa.split(".");
    writeFileSync(join(folder, "input"), `${parts[0]}.${parts[1]}`);
    writeFileSync(join(folder, "signature"), Buffer.from(parts[2] ?? "", "base64url"));
    const { publicKey } = new X509Certificate(Buffer.from(keyOf("officer").certificate));
    writeFileSync(join(folder, "key.pem"), publicKey.export({ type: "spki", format: "pem" }));
    // biome-ignore format: one command
    expect(run("openssl", ["dgst", "-sha256", "-verify", join(folder, "key.pem"), "-signature", join(folder, "signature"), join(folder, "input")]).output).toContain("Verified OK");
  });

  test("RFC 7515 §5.2: an envelope in which any letter was changed is refused", async () => {
    const key = keyOf("agency");
    const envelope = (await sealEnvelope(aReport(), key, now())) ?? "";
    const step = Math.max(1, Math.floor(envelope.length / 150));
    for (let at = 0; at < envelope.length; at += step) {
      const letter = envelope[at] === "A" ? "B" : "A";
      const opened = await openEnvelope(envelope.slice(0, at) + letter + envelope.slice(at + 1), key, now());
      expect(opened.ok, `letter ${at}`).toBe(false);
    }
  });

  test("an envelope by another key is refused, although its own x5c names that key; so is one without a signature", async () => {
    const foreign = (await sealEnvelope(aReport(), keyOf("revoked"), now())) ?? "";
    expect(await openEnvelope(foreign, keyOf("agency"), now())).toEqual({ ok: false, failure: { code: "not_ours" } });
    const [head = "", payload = ""] = foreign.split(".");
    const bare = { ...(JSON.parse(Buffer.from(head, "base64url").toString()) as object), alg: "none" };
    const unsigned = `${Buffer.from(JSON.stringify(bare)).toString("base64url")}.${payload}.`;
    expect(await openEnvelope(unsigned, keyOf("revoked"), now())).toEqual({ ok: false, failure: { code: "not_ours" } });
    for (const text of ["", "a.b", "....", "x".repeat(200_000)]) {
      expect((await openEnvelope(text, keyOf("agency"), now())).ok).toBe(false);
    }
  });

  test("an envelope is good for a day, and a key whose certificate has expired signs and opens nothing", async () => {
    const key = keyOf("agency");
    const yesterday = instantOfSeconds(secondsOf(now()) - 86_400 - 60);
    const old = (await sealEnvelope(aReport({ checkedAt: yesterday }), key, now())) ?? "";
    expect(await openEnvelope(old, key, now())).toEqual({ ok: false, failure: { code: "too_old" } });
    const later = instantOfSeconds(secondsOf(now()) + 1001 * 86_400);
    expect(await sealEnvelope(aReport(), key, later)).toBeNull();
    const fresh = (await sealEnvelope(aReport(), key, now())) ?? "";
    expect(await openEnvelope(fresh, key, later)).toEqual({ ok: false, failure: { code: "unavailable" } });
  });

  test("DESIGN decision 12: a key that anybody could take for an official's or an agency's never becomes the key for reports", async () => {
    const file = join(folder, "key.p12");
    const pinFile = join(folder, "key.pin");
    writeFileSync(file, pki.pkcs12("agency"));
    writeFileSync(pinFile, `${pin}\n`);
    const anchored = (purpose: KeyList["anchors"][number]["purpose"]): KeyList => ({
      ...{ sequence: 1, issuedAt: now(), logOrigin: "x", keys: [], agencies: [] },
      anchors: [{ purpose, certificate: pki.der("root") }],
    });
    const open = (list: KeyList) => openReportKey({ file, pinFile }, list, now());
    expect((await open(anchored("public"))).ok).toBe(true);
    expect((await open(anchored("timestamp"))).ok).toBe(true);
    for (const purpose of ["official", "agency_seal"] as const) {
      expect(await open(anchored(purpose))).toMatchObject({ ok: false, failure: { code: "report_key_unusable" } });
    }
    // Not valid yet: it must not slip in before its time.
    const before = "2020-01-01T00:00:00Z" as Instant;
    expect((await openReportKey({ file, pinFile }, anchored("official"), before)).ok).toBe(false);
    const sha256 = run("openssl", ["x509", "-in", pki.pem("agency"), "-noout", "-fingerprint", "-sha256"]);
    const listed = sha256.output.split("=")[1]?.replaceAll(":", "").trim().toLowerCase() ?? "";
    const certificates = [{ sha256: listed, role: "agency_seal" as const, from: before, to: null }];
    const named = { ...anchored("public"), agencies: [{ agencyId: "a", agencyName: "A (hư cấu)", certificates }] };
    expect((await open(named)).ok).toBe(false);
    writeFileSync(pinFile, "wrong\n");
    expect(await open(anchored("public"))).toMatchObject({ ok: false, failure: { code: "report_key_unusable" } });
  });
});

describe("the report as pages", () => {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-report-pdf-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function composed(language: "vi" | "en", filed = aReport()) {
    const by = { address: "https://chungthuc.example", signedBy: "Examination reports (fictional)" };
    const text = reportText(filed, language, by);
    const file = { language, author: by.signedBy, composedAt: "2026-11-22T03:00:00Z" as Instant, development: true };
    return composeReport({ ...text, ...file }, await loadFonts());
  }

  const textOf = (pdf: Uint8Array): string => {
    const path = join(folder, "text.pdf");
    writeFileSync(path, pdf);
    return run("pdftotext", ["-enc", "UTF-8", path, "-"]).output.replace(/\s+/g, " ").normalize("NFC");
  };

  test.skipIf(!has("pdftotext")).each(["vi", "en"] as const)(
    "says in %s which file, both verdicts, who signed when at which level, what changed, by which rules",
    async (language) => {
      const { report } = aReport();
      const text = textOf((await composed(language)).pdf).replaceAll(" ", "");
      const shown = {
        vi: ["Tệp được ký đúng, nhưng không phải là bản sao chứng thực.", "KHÔNG ĐƯỢC PHÉP (page_added 3)", "09:15:30"],
        en: ["well signed, but", "NOT PERMITTED (page_added 3)", "Vietnam time, UTC+7"],
      };
      for (const part of [
        ...[report.documentSha256, "123456", "not_a_certified_copy, not_two_signatures", "PASSED", "INTACT"],
        ...["Nguyễn Văn Giả (hư cấu)", "B-T", report.policy, report.checkedAt, "https://chungthuc.example/verify"],
        ...(language === "vi" ? shown.vi : shown.en.slice(1)),
      ]) {
        expect(text).toContain(part.replaceAll(" ", ""));
      }
    },
  );

  test("a certified copy's officer and seal are told apart where one anchor vouches for both", async () => {
    const [one] = aReport().report.signatures;
    if (one === undefined) throw new Error("a signature");
    const nobody = { ...one, role: null };
    const issued = { agencyId: "a", agencyName: "UBND xã Thử (hư cấu)", number: 17, sealedAt: now() };
    const certifiedCopy = { status: "issued_here" as const, reason: null, ...issued };
    const by = { address: "https://chungthuc.example", signedBy: "x" };
    const rolesIn = (filed: ReportOfFile) =>
      reportText(filed, "en", by)
        .sections.flatMap(({ rows }) => rows)
        .flatMap(({ label, value }) => (label === "Role" ? [value] : []));
    const signatures = [nobody, nobody, { ...nobody, level: "TS" }].map((signature) => ({ ...signature }));
    expect(rolesIn(aReport({ certifiedCopy, signatures }))).toEqual([
      "certifying official",
      "seal of an agency",
      "not known",
    ]);
    expect(rolesIn(aReport({ signatures })).slice(0, 2)).toEqual(["not known", "not known"]);
  });

  test.each(["vi", "en"] as const)("ISO 19005-2: is a tagged PDF/A-2a whose language is %s", async (language) => {
    const file = Buffer.from((await composed(language)).pdf).toString("latin1");
    for (const mark of ["<pdfaid:part>2", "<pdfaid:conformance>A", `/Lang (${language})`, "/Marked true", "/H2"])
      expect(file).toContain(mark);
  });

  test.skipIf(!has("qpdf") || !has("pdffonts"))("qpdf passes it, and every font is embedded", async () => {
    const path = join(folder, "report.pdf");
    writeFileSync(path, (await composed("vi")).pdf);
    expect(run("qpdf", ["--check", path]).output).toContain("No syntax or stream encoding errors");
    const lines = run("pdffonts", [path]).output.trim().split("\n").slice(2);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/\byes yes (yes|no)\b/);
  });

  test("a stranger's name that no face can draw, or that turns the direction, is shown with question marks; many signatures go over many pages", async () => {
    const [first] = aReport().report.signatures;
    if (first === undefined) throw new Error("a signature");
    const hostile = { name: "Lò\u202eThị 🙂 文", subject: "x".repeat(900), issuer: "CN", certificateSha256: digest };
    const signatures = Array.from({ length: 40 }, () => ({ ...first, signer: hostile }));
    const { pdf, pages } = await composed("vi", aReport({ signatures }));
    expect(pages).toBeGreaterThan(5);
    if (!has("pdftotext")) return;
    const text = textOf(pdf);
    expect(text).toContain("Lò?Thị ? ?");
    expect(text).not.toContain("\u202e");
    expect(text).toContain("Chữ ký 40:");
  });
});
