import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { composeReport } from "../../signing/compose/compose-report.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { loadFonts } from "../../src/fonts.ts";
import type { ReportOfFiles } from "../../src/web/verification/filed-report.ts";
import { reportText } from "../../src/web/verification/report-text.ts";
import { now } from "../signing/examine/sealed-copy.ts";
import { has, run } from "../support/tools.ts";
import { aReport, digest, examined } from "./a-report.ts";

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
      const report = examined();
      const text = textOf((await composed(language)).pdf).replaceAll(" ", "");
      const shown = {
        vi: ["Tệp được ký đúng, nhưng không phải là bản sao chứng thực.", "KHÔNG ĐƯỢC PHÉP (page_added 3)", "09:15:30"],
        en: ["well signed, but", "NOT PERMITTED (page_added 3)", "Vietnam time, UTC+7"],
      };
      for (const part of [
        ...[
          report.documentSha256,
          "123456",
          "bằng tốt nghiệp.pdf",
          "log.example, 40",
          "status/0",
          "2 Nghị định 23",
          "Article 6(2)",
          "not_a_certified_copy, not_two_signatures",
          "PASSED",
          "INTACT",
        ],
        ...["Nguyễn Văn Giả (hư cấu)", "B-T", report.policy, report.checkedAt, "https://chungthuc.example/verify"],
        ...(language === "vi" ? shown.vi : shown.en.slice(1)),
      ]) {
        expect(text).toContain(part.replaceAll(" ", ""));
      }
    },
  );

  test("a certified copy's officer and seal are told apart where one anchor vouches for both", async () => {
    const [one] = examined().signatures;
    if (one === undefined) throw new Error("a signature");
    const nobody = { ...one, role: null };
    const issued = { agencyId: "a", agencyName: "UBND xã Thử (hư cấu)", number: 17, sealedAt: now() };
    const certifiedCopy = { status: "issued_here" as const, reason: null, ...issued };
    const by = { address: "https://chungthuc.example", signedBy: "x" };
    const rolesIn = (filed: ReportOfFiles) =>
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
    for (const mark of ["<pdfaid:part>2", "<pdfaid:conformance>A", `/Lang(${language})`, "/Marked true", "/H2"])
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
    const [first] = examined().signatures;
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

  test("NĐ 23/2015 Art. 6(2): a report of a dossier names every file, also one that was not read, who checked, and the duty, in both languages", () => {
    const [whole] = aReport().files;
    if (whole === undefined) throw new Error("a file");
    const unread = { ...whole, name: "ảnh chụp.pdf", notExamined: "stopped" as const, report: null, against: null };
    const filed = aReport({}, { checkedBy: "Lê Thị Thử (hư cấu)", files: [whole, unread] });
    const { sections } = reportText(filed, "vi", { address: "https://chungthuc.example", signedBy: "x" });
    const text = sections.map(({ heading, rows }) => [
      heading,
      ...rows.map(({ label, value }) => `${label}: ${value}`),
    ]);
    const all = text.flat().join("\n");
    for (const shown of ["Đã kiểm tra 2 tệp (Files examined: 2)", "Tệp 1: bằng tốt nghiệp.pdf", "Tệp 2: ảnh chụp.pdf"])
      expect(all).toContain(shown);
    expect(all).toContain("Lê Thị Thử (hư cấu)");
    expect(all).toContain(filed.duty.vi);
    expect(all).toContain(filed.duty.en);
    expect(text.filter(([heading]) => heading?.startsWith("Tệp "))).toHaveLength(2);
  });
});
