import { describe, expect, test } from "vitest";
import { inReadingOrder } from "../../ocr/layout/reading-order.ts";
import type { Word } from "../../ocr/pages.ts";
import { readPaper } from "../../ocr/paper/paper.ts";

/** Words of lines as an engine gives them, ten units a letter; invented people (hư cấu). */
const pageOf = (...lines: readonly string[]): Word[] =>
  lines.flatMap((text, number) => {
    let at = 100;
    return text.split(" ").map((part) => {
      const word = { text: part, x: at, y: number * 40, width: part.length * 10, height: 24, confidence: 95 };
      at += word.width + 8;
      return { ...word, line: number, block: 0 };
    });
  });

const paperOf = (...lines: readonly string[]) => readPaper([{ words: inReadingOrder(pageOf(...lines)), code: null }]);

const valuesOf = (paper: ReturnType<typeof readPaper>) =>
  Object.fromEntries(paper.fields.map(({ name, normalised }) => [name, normalised]));

const lookedAt = (paper: ReturnType<typeof readPaper>) =>
  paper.fields.filter(({ lookAgain }) => lookAgain).map(({ name }) => name);

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
