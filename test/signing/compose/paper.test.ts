import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import { afterAll, describe, expect, test } from "vitest";
import { composePaper } from "../../../signing/compose/compose-paper.ts";
import type { PaperToCompose } from "../../../signing/compose/paper-to-compose.ts";
import { loadFonts } from "../../../src/fonts.ts";
import { has, run } from "../../support/tools.ts";
import { aPaper } from "./a-paper.ts";

const fonts = await loadFonts();
const folder = mkdtempSync(join(tmpdir(), "chungthuc-paper-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const composed = (changes: Partial<PaperToCompose> = {}) => composePaper(aPaper(changes), fonts);

function textOf(pdf: Uint8Array, ...options: string[]): string {
  const path = join(folder, "text.pdf");
  writeFileSync(path, pdf);
  const { output } = run("pdftotext", ["-enc", "UTF-8", ...options, path, "-"]);
  return output.replace(/\s+/g, " ").normalize("NFC");
}

describe("an administrative paper in the layout of NĐ 30/2020 Appendix I", () => {
  test.skipIf(!has("pdftotext"))("carries nation, agency, number, place and date, title, body, signers", async () => {
    const { pdf, pages } = await composed();
    const text = textOf(pdf);
    expect(pages).toBe(1);
    for (const part of [
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "ỦY BAN NHÂN DÂN PHƯỜNG HOA BAN",
      "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
      "Số: 07/GTN-UBND",
      "Phường Hoa Ban, ngày 23 tháng 11 năm 2026",
      "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
      "Người yêu cầu chứng thực: Lò Thị Thử (hư cấu)",
      "Giấy khai sinh (hư cấu), số 12/2020",
      "H55.242-261123-0004",
      "NGƯỜI TIẾP NHẬN HỒ SƠ",
      "Nơi nhận:",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("has no signature field: it can never be sealed in place of a copy or signed as a notice", async () => {
    const document = await PDFDocument.load((await composed()).pdf);
    expect(document.getForm().getFields()).toEqual([]);
  });

  test.skipIf(!has("qpdf") || !has("pdftotext"))(
    "goes on over pages, and who signs never stands alone on one",
    async () => {
      const row = ["1", "Giấy khai sinh (hư cấu)", "2"];
      const [, , , table] = aPaper().parts;
      if (table?.kind !== "table") throw new Error("the paper has a table");
      const ends = { kind: "paragraph", runs: [{ text: "Câu cuối của giấy." }] } as const;
      for (const parts of [
        [{ ...table, rows: Array.from({ length: 34 }, () => row) }],
        Array.from({ length: 29 }, () => ends),
      ]) {
        const { pdf, pages } = await composed({ parts, signers: [aPaper().signers[0]] });
        expect(pages).toBe(2);
        const last = textOf(pdf, "-f", "2");
        expect(last).toMatch(parts.length === 1 ? /Cộng/ : /Câu cuối/);
        expect(last).toContain("Nơi nhận:");
        const path = join(folder, "check.pdf");
        writeFileSync(path, pdf);
        expect(run("qpdf", ["--check", path]).output).toContain("No syntax or stream encoding errors found");
      }
    },
  );

  test.skipIf(!has("pdftotext"))("comes out whatever was typed: what cannot be drawn is a question mark", async () => {
    const parts = [
      { kind: "fact", label: "Họ tên", value: "Lò\u202eThị 🙂 Thử" } as const,
      { kind: "code", text: "x".repeat(400), says: "", beside: [[{ text: "Mã quá dài" }]] } as const,
    ];
    const text = textOf((await composed({ parts })).pdf);
    expect(text).toContain("Họ tên: Lò?Thị ? Thử");
    expect(text).toContain("Mã quá dài");
  });

  test("the same input gives the same bytes", async () => {
    const [one, other] = [await composed(), await composed()];
    expect(Buffer.from(one.pdf).equals(Buffer.from(other.pdf))).toBe(true);
  });

  test("where somebody wants to look: CHUNGTHUC_SHOTS names a folder", async () => {
    const shots = process.env["CHUNGTHUC_SHOTS"];
    if (shots === undefined || shots === "" || !has("pdftoppm")) return;
    const path = join(folder, "look.pdf");
    writeFileSync(path, (await composed()).pdf);
    expect(run("pdftoppm", ["-r", "70", "-png", path, join(shots, "paper")]).status).toBe(0);
  });
});
