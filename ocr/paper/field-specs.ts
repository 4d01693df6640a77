/** What a value must look like; each form has its own normal form and checks. */
export type Form =
  | "text"
  | "name"
  | "date"
  | "date_in_words"
  | "year"
  | "sex"
  | "number"
  | "personal_number"
  | "tax_code"
  | "insurance_code"
  | "plate"
  | "score"
  | "place";

/** Where a field is found: behind one of its labels, by a pattern's first group, or as the name below the last signature. */
export type FieldSpec = {
  readonly name: string;
  readonly form: Form;
  readonly labels?: readonly string[];
  /** The labels of a section are taken only behind the label that opens it. */
  readonly section?: string;
  readonly opens?: string;
  readonly pattern?: RegExp;
  readonly signer?: true;
};

export const labelled = (name: string, form: Form, labels: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  name,
  form,
  labels: labels.split("|"),
  ...more,
});

export const signer: FieldSpec = { name: "nguoi_ky", form: "name", signer: true };

/** Labels that are known and end a value, but are kept as no field. */
export const passedOver = (labels: string, more: Partial<FieldSpec> = {}): FieldSpec =>
  labelled("", "text", labels, more);

const full = "Họ, chữ đệm, tên";

const birth: readonly FieldSpec[] = [
  labelled("so", "number", "Số"),
  labelled("ho_ten", "name", `${full}|Họ và tên|${full} khai sinh`),
  labelled("ngay_sinh", "date", "Ngày, tháng, năm sinh|Ngày sinh"),
  labelled("ngay_sinh_chu", "date_in_words", "Ghi bằng chữ|Bằng chữ"),
  labelled("gioi_tinh", "sex", "Giới tính"),
  labelled("dan_toc", "text", "Dân tộc"),
  labelled("quoc_tich", "text", "Quốc tịch"),
  labelled("noi_sinh", "place", "Nơi sinh"),
  labelled("que_quan", "place", "Quê quán"),
  labelled("so_dinh_danh", "personal_number", "Số định danh cá nhân|Số ĐDCN"),
  labelled("ho_ten_me", "name", `${full} người mẹ|Họ và tên mẹ|Họ tên mẹ|Họ và tên người mẹ`, { opens: "me" }),
  labelled("nam_sinh_me", "year", "Năm sinh", { section: "me" }),
  labelled("ho_ten_cha", "name", `${full} người cha|Họ và tên cha|Họ tên cha|Họ và tên người cha`, { opens: "cha" }),
  labelled("nam_sinh_cha", "year", "Năm sinh", { section: "cha" }),
  labelled("nguoi_khai", "name", `${full} người đi khai sinh|Người đi khai sinh|Họ và tên người đi khai sinh`, {
    opens: "khai",
  }),
  passedOver("Nơi cư trú|Giấy tờ tùy thân|Quyển số|Nơi thường trú"),
  labelled("noi_dang_ky", "place", "Nơi đăng ký khai sinh|Nơi đăng ký"),
  labelled("ngay_dang_ky", "date", "Ngày, tháng, năm đăng ký|Ngày đăng ký"),
  signer,
];

const spouse = (who: "vo" | "chong", label: string): readonly FieldSpec[] => [
  labelled(`ho_ten_${who}`, "name", `${full} ${label}|Họ và tên ${label}|Họ tên ${label}`, { opens: who }),
  labelled(`ngay_sinh_${who}`, "date", "Ngày, tháng, năm sinh|Ngày sinh", { section: who }),
  labelled(`cu_tru_${who}`, "place", "Nơi cư trú|Nơi thường trú/tạm trú|Nơi thường trú", { section: who }),
  labelled(`giay_to_${who}`, "text", "Giấy tờ tùy thân|Số CMND/CCCD|Giấy CMND/Hộ chiếu", { section: who }),
];

const marriage: readonly FieldSpec[] = [
  labelled("so", "number", "Số"),
  ...spouse("vo", "vợ"),
  ...spouse("chong", "chồng"),
  passedOver("Dân tộc|Quốc tịch|Quyển số"),
  labelled("noi_dang_ky", "place", "Nơi đăng ký kết hôn|Nơi đăng ký"),
  labelled("ngay_dang_ky", "date", "Ngày, tháng, năm đăng ký|Ngày đăng ký"),
  signer,
];

const graduate: readonly FieldSpec[] = [
  labelled("ngay_sinh", "date", "Ngày sinh|Ngày, tháng, năm sinh|Sinh ngày"),
  labelled("noi_sinh", "place", "Nơi sinh"),
  labelled("gioi_tinh", "sex", "Giới tính|Nam/Nữ"),
  labelled("dan_toc", "text", "Dân tộc"),
  labelled("xep_loai", "text", "Xếp loại tốt nghiệp|Hạng tốt nghiệp|Xếp loại"),
  labelled("hinh_thuc", "text", "Hình thức đào tạo|Hình thức học"),
  labelled("so_hieu", "text", "Số hiệu"),
  labelled("so_vao_so", "number", "Số vào sổ cấp bằng|Số vào sổ gốc|Vào sổ cấp bằng số|Số vào sổ"),
  signer,
];

const school: readonly FieldSpec[] = [
  labelled("ho_ten", "name", "Cho|Cấp cho|Họ và tên|Chứng nhận"),
  labelled("truong", "place", "Học sinh trường|Đã học tại trường|Trường"),
  passedOver("Khóa thi|Hội đồng thi|Năm tốt nghiệp|Tại hội đồng thi|Kỳ thi"),
  ...graduate,
];

const university: readonly FieldSpec[] = [
  labelled("ho_ten", "name", "Cho|Cấp cho|Họ và tên|Cho ông/bà"),
  labelled("nganh", "text", "Ngành|Ngành đào tạo|Chuyên ngành"),
  passedOver("Năm tốt nghiệp|Upon|Date of birth|Degree classification|Mode of study|Reg. No"),
  ...graduate,
];

const numberAndDate: readonly FieldSpec[] = [
  {
    name: "so",
    form: "number",
    pattern: /(?:^|\s)S[ốôóo]\s*[:.]?\s*(\d+\s*\/\s*[\p{Lu}\d]+(?:\s?[-–/]\s?[\p{Lu}\p{Ll}\d]+)*)/u,
  },
  { name: "ngay", form: "date", pattern: /(ng\Sy\s*\d{1,2}\s*th\Sng\s*\d{1,2}\s*n\Sm\s*\d{4})/iu },
];

const decision: readonly FieldSpec[] = [
  ...numberAndDate,
  {
    name: "ho_ten",
    form: "name",
    pattern: /Đi\Su\s*1\b.{0,200}?(?:[ÔôO]ng|b[àa]\)?)\s+((?:\p{Lu}\p{L}*\s+){1,5}\p{Lu}\p{L}*)\s*,/u,
  },
  {
    name: "chuc_vu",
    form: "text",
    pattern: /Đi\Su\s*1\b.{0,300}?gi\S{1,2}\s+ch\S{1,2}c\s+v\S{1,2}\s+([^,;.]{3,160})/u,
  },
  {
    name: "ngay_hieu_luc",
    form: "date",
    pattern: /k\S\s+t\S\s+(ng\Sy\s*\d{1,2}\s*(?:th\Sng\s*|[/.-]\s*)\d{1,2}\s*(?:n\Sm\s*|[/.-]\s*)\d{4})/iu,
  },
  signer,
];

export const civilStatusFields = { birth, marriage } as const;
export const diplomaFields = { school, university } as const;
export const officialFields = { decision, letter: [...numberAndDate, signer] } as const;
