import { describe, expect, test } from "vitest";
import { inReadingOrder } from "../../ocr/layout/reading-order.ts";
import type { Word } from "../../ocr/pages.ts";
import { readPaper } from "../../ocr/paper/paper.ts";
import { textOfWords } from "../../ocr/words.ts";

/** A line of words at a place, ten units a letter, as an engine gives it. */
const line = (number: number, x: number, text: string): Word[] => {
  let at = x;
  return text.split(" ").map((part) => {
    const word = { text: part, x: at, y: number * 40, width: part.length * 10, height: 24 };
    at += word.width + 8;
    return { ...word, confidence: 95, line: number, block: 0 };
  });
};

const page = (lines: readonly (readonly [x: number, text: string])[]): Word[] =>
  lines.flatMap(([x, text], i) => line(i, x, text));

const birth = page([
  [300, "GIẤY KHAI SINH"],
  [100, "Số: 12/2019"],
  [100, "Họ, chữ đệm, tên: TRẦN THỬ NGHIỆM"],
  [100, "Ngày, tháng, năm sinh: 05/03/2019"],
  [100, "Ghi bằng chữ: Ngày năm, tháng ba, năm hai nghìn không trăm mười chín"],
  [100, "Giới tính: Nam Dân tộc: Kinh Quốc tịch: Việt Nam"],
  [100, "Số định danh cá nhân: 999219000001"],
  [100, "Họ, chữ đệm, tên người mẹ: Lê Hư Cấu"],
  [100, "Năm sinh: 1990"],
  [100, "Họ, chữ đệm, tên người cha: Trần Hư Cấu"],
  [100, "Năm sinh: 1988"],
]);

const valueIn = (words: readonly Word[], name: string) =>
  readPaper([{ words: inReadingOrder(words), code: null }]).fields.find((field) => field.name === name);

describe("reading order", () => {
  test("the left column of a head comes before the right; a row of labels and values is read across", () => {
    const head = [
      ...line(0, 60, "ỦY BAN NHÂN DÂN"),
      ...line(0, 500, "CỘNG HÒA XÃ HỘI"),
      ...line(1, 60, "XÃ HƯ CẤU"),
      ...line(1, 500, "Độc lập - Tự do"),
      ...line(4, 200, "GIẤY CHỨNG NHẬN KẾT HÔN GIẢ TƯỞNG"),
      ...line(6, 60, "Dân tộc: Kinh"),
      ...line(6, 500, "Quốc tịch: Việt Nam"),
    ];
    expect(textOfWords(inReadingOrder(head)).split("\n")).toEqual([
      ...["ỦY BAN NHÂN DÂN", "XÃ HƯ CẤU", "CỘNG HÒA XÃ HỘI", "Độc lập - Tự do"],
      ...["GIẤY CHỨNG NHẬN KẾT HÔN GIẢ TƯỞNG", "Dân tộc: Kinh Quốc tịch: Việt Nam"],
    ]);
  });

  test("no word is added, changed or lost", () => {
    const sorted = (words: readonly Word[]) => words.map(({ text, x, y }) => `${text} ${x} ${y}`).sort();
    expect(sorted(inReadingOrder(birth))).toEqual(sorted(birth));
  });

  test("NĐ 30/2020 Appendix I: number and date below the head are a row of their own", () => {
    const head = [
      ...line(0, 60, "SỞ HƯ CẤU"),
      ...line(0, 500, "CỘNG HÒA XÃ HỘI"),
      ...line(1, 60, "Số: 7/SHC-VP"),
      ...line(1, 500, "Huế, ngày 2 tháng 3 năm 2024"),
    ];
    const text = textOfWords(inReadingOrder(head));
    expect(text).toBe("SỞ HƯ CẤU CỘNG HÒA XÃ HỘI\nSố: 7/SHC-VP Huế, ngày 2 tháng 3 năm 2024");
  });
});

describe("kind and fields", () => {
  test("LAW 9: a birth certificate gives its fields, the mother's and the father's apart", () => {
    const paper = readPaper([{ words: inReadingOrder(birth), code: null }]);
    expect(paper.kind).toBe("khai_sinh");
    const values = Object.fromEntries(paper.fields.map(({ name, normalised }) => [name, normalised]));
    expect(values).toMatchObject({
      ...{ so: "12/2019", ho_ten: "TRẦN THỬ NGHIỆM", ngay_sinh: "05/03/2019", gioi_tinh: "Nam", dan_toc: "Kinh" },
      ...{ ho_ten_me: "Lê Hư Cấu", nam_sinh_me: "1990", ho_ten_cha: "Trần Hư Cấu", nam_sinh_cha: "1988" },
    });
  });

  test("LAW 9: a title read without its marks is still known; a page that names no kind has none", () => {
    const unmarked = birth.map((word) => ({ ...word, text: word.text.replace("GIẤY", "GIAY") }));
    expect(readPaper([{ words: unmarked, code: null }]).kind).toBe("khai_sinh");
    expect(readPaper([{ words: page([[100, "Một trang văn xuôi không có tên"]]), code: null }])).toEqual({
      kind: null,
      fields: [],
    });
  });

  test("NĐ 137/2015 Art. 13: a number that fits neither sex nor year says look again, and is kept as it was read", () => {
    expect(valueIn(birth, "so_dinh_danh")).toMatchObject({ normalised: "999219000001", lookAgain: false });
    const other = birth.map((word) => ({ ...word, text: word.text.replace("999219", "999319") }));
    expect(valueIn(other, "so_dinh_danh")).toMatchObject({ normalised: "999319000001", lookAgain: true });
  });

  test("a date in words that says another day than the figures says look again", () => {
    expect(valueIn(birth, "ngay_sinh_chu")?.lookAgain).toBe(false);
    const other = birth.map((word) => ({ ...word, text: word.text.replace("05/03/2019", "06/03/2019") }));
    expect(valueIn(other, "ngay_sinh_chu")?.checks).toContainEqual({ check: "words_equal_figures", passed: false });
  });

  test("a day that no calendar has says look again; nothing is put in its place", () => {
    const other = birth.map((word) => ({ ...word, text: word.text.replace("05/03/2019", "31/02/2019") }));
    expect(valueIn(other, "ngay_sinh")).toMatchObject({ value: "31/02/2019", lookAgain: true });
  });

  test("ICAO 9303-3 §4.9: digits of the machine-readable lines are checked against the printed number", () => {
    const card = (number: string) =>
      page([
        [300, "CĂN CƯỚC"],
        [100, `Số định danh cá nhân: ${number}`],
        [100, "Họ, chữ đệm và tên khai sinh: HU CAU"],
        [100, "Nơi cư trú: Hà Nội"],
        [100, "IDVNM2190000013999219000001<<4"],
        [100, "1903052M3903054VNM<<<<<<<<<<<8"],
        [100, "HU<<CAU<<<<<<<<<<<<<<<<<<<<<<<"],
      ]);
    const checks = valueIn(card("999219000001"), "so")?.checks;
    expect(checks).toContainEqual({ check: "mrz_equals", passed: true });
    expect(valueIn(card("999219000002"), "so")?.checks).toContainEqual({ check: "mrz_equals", passed: false });
  });

  test("LAW 9: the last digit of an enterprise code is checked", () => {
    const firm = (code: string) =>
      page([
        [300, "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP"],
        [100, `Mã số doanh nghiệp: ${code}`],
        [100, "Địa chỉ trụ sở chính: 1 phố Hư Cấu"],
      ]);
    expect(valueIn(firm("0100109106"), "ma_so")?.lookAgain).toBe(false);
    expect(valueIn(firm("0100109107"), "ma_so")?.lookAgain).toBe(true);
  });
});
