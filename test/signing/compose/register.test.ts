import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { composeRegister } from "../../../signing/compose/compose-register.ts";
import type { RegisterToCompose } from "../../../signing/compose/register-to-compose.ts";
import type { Instant, LocalDate } from "../../../src/core/kernel.ts";
import { loadFonts } from "../../../src/fonts.ts";
import { has, run } from "../../support/tools.ts";

const fonts = await loadFonts();
const folder = mkdtempSync(join(tmpdir(), "chungthuc-register-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lineOf = (nth: number, note = "") => ({
  texts: [`L${nth}.`, "23/11/2026", "Lò Thị Thử (hư cấu)", "Giấy khai sinh", "Quàng Văn Ba (hư cấu)", note],
  struck: false,
});
const heads = ["Số", "Ngày", "Người yêu cầu", "Giấy tờ", "Người ký", "Ghi chú"] as const;
const widths = [22, 30, 60, 50, 60, 30] as const;

function monthOf(count: number, notes: Readonly<Record<number, string>> = {}): RegisterToCompose {
  return {
    agency: "Ủy ban nhân dân phường Hoa Ban (hư cấu)",
    place: "Phường Hoa Ban",
    date: "2026-12-01" as LocalDate,
    title: "SỔ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH",
    about: ["Quyển số 01/2026-SCTĐT/BS", "Tháng 11 năm 2026", "Mở ngày 02/01/2026"],
    columns: heads.map((head, i) => ({ head, widthMm: widths[i] ?? 0, align: "left" })),
    rows: Array.from({ length: count }, (_, i) => lineOf(i + 1, notes[i + 1])),
    totals: { texts: ["Cộng", "", "", `${count} dòng`, "", ""], struck: false },
    closing: ["Tôi xác nhận bản in đúng với sổ."],
    signer: { name: "Quàng Văn Ba (hư cấu)", titleLines: ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"] },
    composedAt: "2026-12-01T02:00:00Z" as Instant,
    development: false,
  };
}

/** The lines of the register on each page, by their numbers; `Cộng` for the total. */
async function pagesOf(month: RegisterToCompose): Promise<string[][]> {
  const path = join(folder, "register.pdf");
  writeFileSync(path, (await composeRegister(month, fonts)).pdf);
  const text = run("pdftotext", ["-enc", "UTF-8", "-layout", path, "-"]).output.normalize("NFC");
  const pages = text.split("\f").filter((page) => page.trim() !== "");
  return pages.map((page) => [...page.matchAll(/L\d+\.|Cộng/g)].map(([line]) => line));
}
const allOf = (count: number) => [...Array.from({ length: count }, (_, i) => `L${i + 1}.`), "Cộng"];

describe.skipIf(!has("pdftotext"))("NĐ 23/2015 Art. 13(3): a month of the register as it is printed", () => {
  test("REG-3: however many lines a month has, the total stands with at least the two before it, and no line is lost", async () => {
    for (let count = 0; count <= 40; count++) {
      const pages = await pagesOf(monthOf(count));
      expect(pages.flat(), `${count} lines`).toEqual(allOf(count));
      expect(pages.at(-1)?.length, `${count} lines`).toBeGreaterThanOrEqual(Math.min(3, count + 1));
    }
  }, 120_000);

  test("REG-3: lines too long to go with the total are not squeezed: the total goes with as many as the page has room for", async () => {
    const long = "Sửa theo biên bản, ".repeat(24);
    for (const notes of [{ 8: long }, { 9: long }, { 8: long, 9: long }]) {
      const pages = await pagesOf(monthOf(9, notes));
      expect(pages.flat().filter((line) => line === "Cộng")).toHaveLength(1);
      expect(new Set(pages.flat())).toEqual(new Set(allOf(9)));
    }
  });
});
