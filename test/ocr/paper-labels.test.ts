import { describe, expect, test } from "vitest";
import { lookedAt, paperOf, valuesOf } from "./paper-of-lines.ts";

describe("LAW 9: what an engine does to labels", () => {
  test("words run together or misread by a letter are still the label; a title that differs in its first letter is none", () => {
    const paper = paperOf(
      "GIẤY CHỨNG MINH NHÂN DÂN",
      "Số: 999000001",
      "Họ tên: TRẦN THỬ NGHIỆM",
      "Ngàysinh: 05/03/1980",
      "Nguyên quón: xã Giả Sơn,tỉnh Giả Long",
    );
    expect(valuesOf(paper)).toMatchObject({ ngay_sinh: "05/03/1980", que_quan: "xã Giả Sơn, tỉnh Giả Long" });
    const diploma = paperOf("BẰNG TỐT NGHIỆP", "TRUNG HỌC PHỔ THÔNG", "Cho: Trần Thử Nghiệm");
    expect(valuesOf(diploma)).not.toHaveProperty("xep_loai");
  });

  test("a second name that was misread is no value: the stroke before it, a colon in it, its last word", () => {
    const card = paperOf(
      "CĂN CƯỚC CÔNG DÂN",
      "Họ và tên / Full: name: TRẦN THỬ NGHIỆM",
      "Quốc tịch J Nationality: Việt Nam",
      "Có giá trị đến Dafo oxpy",
      "25/11/2044",
    );
    expect(valuesOf(card)).toMatchObject({
      ho_ten: "TRẦN THỬ NGHIỆM",
      quoc_tich: "Việt Nam",
      gia_tri_den: "25/11/2044",
    });
    const licence = paperOf("GIẤY PHÉP LÁI XE / DRIVER'S LICENSE", "Họ tên/Fu]l name: TRẦN THỬ NGHIỆM");
    expect(valuesOf(licence)).toMatchObject({ ho_ten: "TRẦN THỬ NGHIỆM" });
  });

  test("a title in two languages without its stroke tells the kind", () => {
    expect(paperOf("HỘ CHIẾU PASSPORT", "Số hộ chiếu / Passport No: C1234567").kind).toBe("ho_chieu");
  });

  test("a number ends where the next line's words begin; a value that did not fit beside its label stands below", () => {
    const household = paperOf(
      "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",
      "Mã số hộ kinh doanh: 999196886132 Đăng ký lần đầu, ngày 13 tháng 11 năm 2018",
      "1. Tên hộ kinh doanh: HỘ KINH DOANH THỬ NGHIỆM",
      "2. Địa điểm kinh doanh: xã Giả Sơn",
    );
    expect(valuesOf(household)).toMatchObject({ ma_so: "999196886132" });
    const residence = paperOf(
      "XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",
      "2. Ngày, tháng, năm sinh: 3. Giới tính: Nam",
      "18/11/1968",
    );
    expect(valuesOf(residence)).toMatchObject({ ngay_sinh: "18/11/1968", gioi_tinh: "Nam" });
  });

  test("square metres whose small two was read as another sign are told as such, and looked at again", () => {
    const land = paperOf("GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT", "Thửa đất số: 365", "Diện tích: 767,0 mỶ");
    expect(valuesOf(land)).toMatchObject({ dien_tich: "767,0 m²" });
    expect(lookedAt(land)).toEqual(["dien_tich"]);
  });
});
