import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import { composeNotice } from "../../../signing/compose/compose-notice.ts";
import type { NoticeToCompose } from "../../../signing/compose/notice-to-compose.ts";
import { loadFonts } from "../../../src/fonts.ts";
import { has, run } from "../../support/tools.ts";
import { aNotice } from "./a-notice.ts";

const fonts = await loadFonts();
const folder = mkdtempSync(join(tmpdir(), "chungthuc-notice-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function composed(changes: Partial<NoticeToCompose> = {}) {
  const made = await composeNotice(aNotice(changes), fonts);
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  return made.value;
}

function textOf(pdf: Uint8Array): string {
  const path = join(folder, "text.pdf");
  writeFileSync(path, pdf);
  return run("pdftotext", ["-enc", "UTF-8", path, "-"]).output.replace(/\s+/g, " ").normalize("NFC");
}

describe("REFUSE-1: the notice of a refusal", () => {
  test.skipIf(!has("pdftotext"))(
    "NĐ 23/2015 Art. 9: says who is refused what, on which ground, why, by whom",
    async () => {
      const text = textOf((await composed()).pdf);
      for (const part of [
        "THÔNG BÁO",
        "Lò Thị Thử (hư cấu)",
        "0193b0a0-0000-7000-8000-000000000001",
        "Giấy chứng nhận (hư cấu), số 12/2020",
        "Điều 9 và Điều 22;",
        "khoản 2 Điều 22",
        "“Bản chính bị hư hỏng, cũ nát",
        "thấy ở trang 1",
        "Ố mất dòng họ tên người mẹ",
        "quyền khiếu nại",
        "không phải là bản sao được chứng thực",
        "ngày 22 tháng 11 năm 2026",
        "PHÓ CHỦ TỊCH",
        "Quàng Văn Mẫu (hư cấu)",
      ]) {
        expect(text).toContain(part);
      }
    },
  );

  test.skipIf(!has("pdftotext"))(
    "NĐ 23/2015 Art. 9: what is no original is given back, what may be forged goes on with a record; neither is refused for what an original is like",
    async () => {
      const otherwise = async (rule: string, isPaperReturned: boolean) =>
        textOf((await composed({ ground: { rule, words: "Lời (hư cấu)", isOfOriginal: false, isPaperReturned } })).pdf);
      const [copy, forged] = [await otherwise("Điều 10 (hư cấu)", true), await otherwise("Điều 9 (hư cấu)", false)];
      for (const told of [copy, forged]) {
        expect(told).not.toMatch(/vì bản chính|Điều 22|“/);
        expect(told).toContain("Điều 5 và Điều 9;");
      }
      expect(copy).toContain("căn cứ Điều 10 (hư cấu)");
      expect(copy).toContain("Giấy tờ đã xuất trình được trả lại");
      expect(forged).toContain("được lập biên bản để chuyển cơ quan có thẩm quyền");
      expect(forged).not.toContain("được trả lại");
    },
  );

  test.skipIf(!has("qpdf"))("ISO 32000-1: qpdf finds nothing to complain about, on one page and on many", async () => {
    for (const reason of ["Con dấu mờ hết.", "Mờ từng chữ một trên cả dòng này. ".repeat(115)]) {
      const { pdf, pages } = await composed({ reason });
      const path = join(folder, `${pages}.pdf`);
      writeFileSync(path, pdf);
      expect(run("qpdf", ["--check", path]).output).toContain("No syntax or stream encoding errors found");
    }
  });

  test("the longest reason keeps every word, the signature never stands alone on a page, and the field is one", async () => {
    const reason = Array.from({ length: 400 }, (_, i) => `chỗ${i}`).join(" ");
    const { pdf, pages } = await composed({ reason: `${reason}\n${"x".repeat(700)}` });
    expect(pages).toBeGreaterThan(1);
    if (has("pdftotext")) {
      const text = textOf(pdf);
      for (const i of [0, 199, 399]) expect(text).toContain(`chỗ${i}`);
      const last = text.slice(text.lastIndexOf("Thông báo được lập"));
      expect(last).toContain("Quàng Văn Mẫu");
    }
    const document = await PDFDocument.load(pdf);
    expect(
      document
        .getForm()
        .getFields()
        .map((field) => field.getName()),
    ).toEqual(["refusal"]);
  });

  test("ISO 19005-2: says that it is a PDF/A-2a in Vietnamese, and embeds every font that it uses", async () => {
    const { pdf } = await composed();
    const file = Buffer.from(pdf).toString("latin1");
    for (const mark of ["<pdfaid:part>2", "<pdfaid:conformance>A", "/OutputIntent", "/Lang(vi)", "/Marked true"]) {
      expect(file).toContain(mark);
    }
    if (!has("pdffonts")) return;
    const path = join(folder, "fonts.pdf");
    writeFileSync(path, pdf);
    const lines = run("pdffonts", [path]).output.trim().split("\n").slice(2);
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/\byes yes yes\b|\byes yes no\b/);
  });

  test("the same input gives the same bytes", async () => {
    expect(Buffer.from((await composed()).pdf).equals(Buffer.from((await composed()).pdf))).toBe(true);
  });

  test.each([
    ["a sign the font lacks", { reason: "Con dấu mờ hết 🙂 rồi." }],
    ["a sign that turns the direction of what follows", { applicant: "Lò\u202eThị Thử" }],
  ])("%s is refused, not drawn as something else", async (_, changes) => {
    expect(await composeNotice(aNotice(changes), fonts)).toMatchObject({
      ok: false,
      failure: { code: "character_not_in_font" },
    });
  });

  test("where somebody wants to look: CHUNGTHUC_SHOTS names a folder", async () => {
    const shots = process.env["CHUNGTHUC_SHOTS"];
    if (shots === undefined || shots === "" || !has("pdftoppm")) return;
    const path = join(folder, "look.pdf");
    writeFileSync(path, (await composed({ reason: "Con dấu mờ hết; dòng họ tên bị ố. ".repeat(8) })).pdf);
    run("pdftoppm", ["-r", "60", "-png", path, join(shots, "notice")]);
    expect(readFileSync(path).length).toBeGreaterThan(0);
  });
});
