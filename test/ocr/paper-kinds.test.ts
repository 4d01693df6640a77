import { describe, expect, test } from "vitest";
import { inReadingOrder } from "../../ocr/layout/reading-order.ts";
import type { Word } from "../../ocr/pages.ts";
import { readPaper } from "../../ocr/paper/paper.ts";
import { lookedAt, paperOf, valuesOf } from "./paper-of-lines.ts";

const death = (died: string) =>
  paperOf(
    "TRÍCH LỤC KHAI TỬ",
    "Số: 12/TLKT",
    "Họ, chữ đệm, tên: TRẦN THỬ NGHIỆM",
    "Ngày, tháng, năm sinh: 05/03/1939",
    "Giới tính: Nam Dân tộc: Kinh Quốc tịch: Việt Nam",
    `Đã chết vào lúc: 10 giờ 15 phút, ngày ${died}`,
    "Nơi chết: xã Giả Sơn",
    "Nguyên nhân chết: Tuổi già",
  );

describe("LAW 9: fields of the papers that counters see beside births, marriages and diplomas", () => {
  test("an extract of death; who died before being born is looked at again", () => {
    const paper = death("07/08/2021");
    expect(paper.kind).toBe("khai_tu");
    expect(valuesOf(paper)).toMatchObject({ so: "12/TLKT", ngay_sinh: "05/03/1939", ngay_chet: "07/08/2021" });
    expect(valuesOf(paper)).toMatchObject({ noi_chet: "xã Giả Sơn", gioi_tinh: "Nam" });
    expect(lookedAt(paper)).toEqual([]);
    expect(valuesOf(death("tháng 8"))).not.toHaveProperty("ngay_chet");
    expect(lookedAt(death("07/08/1921"))).toEqual(["ngay_chet"]);
  });

  test("a confirmation of marital status, its number and date in the head", () => {
    const paper = paperOf(
      "Số: 542/UBND-XNTTHN",
      "Giả Sơn, ngày 05 tháng 03 năm 2021",
      "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
      "Họ, chữ đệm, tên: LÊ THỊ HƯ CẤU",
      "Số định danh cá nhân: 999190000001",
      "Nơi cư trú: thôn 3, xã Giả Sơn",
      "Tình trạng hôn nhân: Chưa đăng ký kết hôn với ai",
    );
    expect(paper.kind).toBe("xac_nhan_hon_nhan");
    expect(valuesOf(paper)).toMatchObject({ so: "542/UBND-XNTTHN", ngay: "05/03/2021", cu_tru: "thôn 3, xã Giả Sơn" });
    expect(valuesOf(paper)["tinh_trang"]).toBe("Chưa đăng ký kết hôn với ai");
  });

  test("a confirmation of residence: the number of the next row is no part of an address", () => {
    const paper = paperOf(
      "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",
      "1. Họ, chữ đệm và tên: LÊ THỊ HƯ CẤU",
      "5. Nơi thường trú: thôn 10, phường Bình Giả, quận Mẫu Hưng, thành phố Mẫu Hải",
      "6. Họ và tên chủ hộ: Lê Văn Giả",
      "7. Quan hệ với chủ hộ: Con",
    );
    expect(paper.kind).toBe("cu_tru");
    expect(valuesOf(paper)).toMatchObject({
      thuong_tru: "thôn 10, phường Bình Giả, quận Mẫu Hưng, thành phố Mẫu Hải",
      chu_ho: "Lê Văn Giả",
    });
  });

  test("a transcript: a table below the last field is none of it; a mean beyond ten is looked at again", () => {
    const transcript = (mean: string) =>
      paperOf(
        "BẢNG ĐIỂM",
        "Họ và tên: Trần Thử Nghiệm Mã sinh viên: 20190457",
        "Ngày sinh: 05/03/2001 Ngành: Công nghệ thông tin",
        "STT Học phần Tín chỉ Điểm và một dòng dài hơn mọi dòng khác của trang",
        `Điểm trung bình tích lũy: ${mean}`,
      );
    expect(transcript("3,25").kind).toBe("bang_diem");
    expect(valuesOf(transcript("3,25"))).toMatchObject({
      ...{ ma_sinh_vien: "20190457", nganh: "Công nghệ thông tin", diem_trung_binh: "3,25" },
    });
    expect(lookedAt(transcript("32,5"))).toContain("diem_trung_binh");
  });

  test.each([
    ["DN4812817609359", false],
    ["7912345678", false],
    ["DN48128176", true],
  ])("a card of health insurance: the code %s is looked at again: %s", (code, again) => {
    const paper = paperOf(
      "THẺ BẢO HIỂM Y TẾ",
      `Mã số: ${code}`,
      "Họ và tên: LÊ THỊ HƯ CẤU",
      "Nơi ĐK KCB BĐ: Bệnh viện Giả",
    );
    expect(paper.kind).toBe("the_bhyt");
    expect(valuesOf(paper)).toMatchObject({ ma_so: code, noi_kcb: "Bệnh viện Giả" });
    expect(lookedAt(paper).includes("ma_so")).toBe(again);
  });
});

describe("LAW 9: kinds that are often seen beside these", () => {
  test("a contract: its sides and their numbers, none taken for the other's", () => {
    const paper = paperOf(
      "HỢP ĐỒNG CHUYỂN NHƯỢNG",
      "Hôm nay, ngày 05 tháng 03 năm 2021, hai bên gồm có:",
      "BÊN A (bên chuyển nhượng): Ông TRẦN THỬ NGHIỆM, CCCD cấp năm 2020",
      "Nơi cư trú: xã Giả Sơn",
      "BÊN B: Bà LÊ THỊ HƯ CẤU, CCCD số 999190000001",
      "Điều 1. Bên A giao cho Bên B: hai quyển sách.",
    );
    expect(paper.kind).toBe("hop_dong");
    expect(valuesOf(paper)).toMatchObject({
      ...{ ngay: "05/03/2021", ben_a: "TRẦN THỬ NGHIỆM", ben_b: "LÊ THỊ HƯ CẤU", so_dinh_danh_b: "999190000001" },
    });
    expect(valuesOf(paper)).not.toHaveProperty("so_dinh_danh_a");
  });

  test.each([
    ["99A-123.45", "99A-12345", false],
    ["99-M1 2345X", "99-M12345X", true],
  ])("a registration of a vehicle, its names in a second language in brackets; the plate %s is looked at again: %s", (plate, normal, again) => {
    const paper = paperOf(
      "CHỨNG NHẬN ĐĂNG KÝ XE Ô TÔ",
      "Số: 012345",
      "Tên chủ xe (Owner's full name): LÊ THỊ HƯ CẤU",
      "Nhãn hiệu (Brand): XE GIẢ Số máy (Engine No): GIA123456",
      `Biển số đăng ký: ${plate}`,
    );
    expect(paper.kind).toBe("dang_ky_xe");
    expect(valuesOf(paper)).toMatchObject({
      chu_xe: "LÊ THỊ HƯ CẤU",
      nhan_hieu: "XE GIẢ",
      so_may: "GIA123456",
      bien_so: normal,
    });
    expect(lookedAt(paper).includes("bien_so")).toBe(again);
  });

  test("a certificate of a language", () => {
    const paper = paperOf(
      "CHỨNG CHỈ NGOẠI NGỮ",
      "Cấp cho: TRẦN THỬ NGHIỆM",
      "Sinh ngày: 05/03/2001",
      "Xếp loại: Khá",
      "Số hiệu: GIA 0012345",
    );
    expect(paper.kind).toBe("chung_chi");
    expect(valuesOf(paper)).toMatchObject({ ho_ten: "TRẦN THỬ NGHIỆM", xep_loai: "Khá", so_hieu: "GIA 0012345" });
  });
});

test("LAW 9: labels side by side with nothing behind have their values below, each under its own", () => {
  const row = (line: number, at: readonly (readonly [string, number])[]): Word[] =>
    at.map(([text, x]) => ({
      ...{ text, x, y: line * 40, width: text.length * 10, height: 24, confidence: 95, line, block: 0 },
    }));
  const words = [
    ...row(0, [
      ["CĂN", 300],
      ["CƯỚC", 340],
    ]),
    ...row(1, [
      ["Ngày", 100],
      ["sinh", 150],
      ["/", 200],
      ["Date", 220],
      ["of", 270],
      ["birth:", 300],
    ]),
    ...row(1, [
      ["Giới", 700],
      ["tính", 750],
      ["/", 800],
      ["Sex:", 820],
    ]).map((word) => ({ ...word, line: 2 })),
    ...row(2, [["13/05/1996", 100]]).map((word) => ({ ...word, line: 3 })),
    ...row(2, [["Nữ", 700]]).map((word) => ({ ...word, line: 4 })),
    ...row(3, [
      ["Quốc", 100],
      ["tịch", 150],
      ["/", 200],
      ["Nationality", 220],
      ["Việt", 340],
      ["Nam", 390],
    ]).map((word) => ({ ...word, line: 5 })),
  ];
  const card = readPaper([{ words: inReadingOrder(words), code: null }]);
  expect(valuesOf(card)).toMatchObject({ ngay_sinh: "13/05/1996", gioi_tinh: "Nữ", quoc_tich: "Việt Nam" });
});

test("LAW 9: the rest of a row is no value: another column, the letter of the next row, the next label without its colon", () => {
  const land = paperOf(
    "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT",
    "I. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất",
    "Bà: LÊ THỊ HƯ CẤU",
    "a) Thửa đất số: 132 Tờ bản đồ số: 113 và một dòng dài hơn mọi dòng khác của trang",
    "b) Địa chỉ: xã Giả Sơn",
    "c) Diện tích: 566,5 m2",
  );
  expect(valuesOf(land)).toMatchObject({
    nguoi_su_dung: "LÊ THỊ HƯ CẤU",
    dia_chi: "xã Giả Sơn",
    dien_tich: "566,5 m²",
  });
  const company = paperOf(
    "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
    "Mã số doanh nghiệp: 9999999996 Đăng ký lần đầu: ngày 23",
  );
  expect(valuesOf(company)["ma_so"]).toBe("9999999996");
});

test("LAW 9: a label run together with its value or with its name in a second language is still a label", () => {
  const card = paperOf(
    "CĂN CƯỚC CÔNG DÂN",
    "Số/No.: 999199000012",
    "Họ và tên / Full name: TRẦN THỬ",
    "Giới tính /Sex:Nam Quốc tịch /Nationality:Việt Nam",
  );
  expect(valuesOf(card)).toMatchObject({ so: "999199000012", gioi_tinh: "Nam", quoc_tich: "Việt Nam" });
  const letter = paperOf("THÔNG BÁO", "Số:12/TB-UBND", "Nơi nhận: như trên");
  expect(valuesOf(letter)).toMatchObject({ so: "12/TB-UBND" });
});
