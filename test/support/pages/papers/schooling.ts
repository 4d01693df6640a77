import { centred, columns, type Look, label, nation, type Paper, p, sheet, value } from "../markup.ts";
import { aCommune, aDay, aPerson, digits, figures, spoken } from "../people.ts";
import { signedBy } from "./property.ts";

const upper = (text: string) => text.toLocaleUpperCase("vi");
const wide = { widthMm: 297, heightMm: 210, margin: "14mm 24mm" };
const ranks = ["Xuất sắc", "Giỏi", "Khá", "Trung bình"];

export function school(look: Look): Paper {
  const { chance } = look;
  const [pupil, officer] = [aPerson(chance, 1980, 2006), aPerson(chance)];
  const { district, province } = aCommune(chance);
  const year = pupil.born.year + 18;
  const fields = {
    ho_ten: upper(pupil.name),
    ngay_sinh: figures(pupil.born),
    noi_sinh: province,
    gioi_tinh: pupil.sex,
    dan_toc: "Kinh",
    truong: `THPT ${district.replace(/^\S+ (phố |xã )?/u, "")}`,
    xep_loai: chance.pick(ranks),
    hinh_thuc: "Chính quy",
    so_hieu: `${chance.pick(["A", "B"])}${digits(chance, 8)}`,
    so_vao_so: `${digits(chance, 3)}-${year % 100}/TNTHPT`,
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const body = [
    centred(nation(false), p(`GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO ${upper(province)}`, "margin-top:3mm"), p("cấp")),
    centred(
      p("BẰNG TỐT NGHIỆP", "font-size:1.8em;font-weight:700;color:#b01522"),
      p("TRUNG HỌC PHỔ THÔNG", "font-size:1.4em;font-weight:700;color:#b01522;margin-bottom:3mm"),
    ),
    row("Cho", f("ho_ten")),
    columns(row("Ngày sinh", f("ngay_sinh")), row("Nơi sinh", f("noi_sinh"))),
    columns(row("Giới tính", f("gioi_tinh")), row("Dân tộc", f("dan_toc"))),
    row("Học sinh trường", f("truong")),
    columns(row("Năm tốt nghiệp", String(year)), row("Xếp loại tốt nghiệp", f("xep_loai"))),
    row("Hình thức đào tạo", f("hinh_thuc")),
    columns(p(""), centred(p(`${spoken(aDay(chance, year, year))}`.replace(/^n/u, "N"), "font-style:italic"))),
    signedBy(look, ["GIÁM ĐỐC"], "SỞ GIÁO DỤC VÀ ĐÀO TẠO", officer.name),
    row("Số hiệu", f("so_hieu")),
    row("Số vào sổ cấp bằng", f("so_vao_so")),
  ];
  return { kind: "bang_thpt", fields, sheets: [sheet(look, body.join(""), { ...wide, background: "#fff9ec" })] };
}

const trades = ["Kế toán", "Công nghệ thông tin", "Luật kinh tế", "Sư phạm Ngữ văn", "Kỹ thuật xây dựng"];

export function university(look: Look): Paper {
  const { chance } = look;
  const [student, officer] = [aPerson(chance, 1975, 2001), aPerson(chance)];
  const year = student.born.year + 22;
  const fields = {
    ho_ten: student.name,
    ngay_sinh: figures(student.born),
    nganh: chance.pick(trades),
    xep_loai: chance.pick(ranks),
    hinh_thuc: "Chính quy",
    so_hieu: digits(chance, 7),
    so_vao_so: `${year}.${digits(chance, 4)}`,
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const body = [
    centred(
      nation(false),
      p("HIỆU TRƯỞNG", "margin-top:3mm;font-weight:700"),
      p("TRƯỜNG ĐẠI HỌC GIẢ TƯỞNG", "font-weight:700"),
      p("cấp"),
    ),
    centred(
      p(chance.pick(["BẰNG CỬ NHÂN", "BẰNG KỸ SƯ"]), "font-size:1.9em;font-weight:700;color:#b01522;margin-bottom:3mm"),
    ),
    row("Ngành", f("nganh")),
    row("Cho", f("ho_ten")),
    row("Ngày sinh", f("ngay_sinh")),
    row("Xếp loại tốt nghiệp", f("xep_loai")),
    row("Hình thức đào tạo", f("hinh_thuc")),
    columns("", centred(p(`${spoken(aDay(chance, year, year))}`.replace(/^n/u, "N"), "font-style:italic"))),
    signedBy(look, ["HIỆU TRƯỞNG"], "TRƯỜNG ĐẠI HỌC", officer.name),
    row("Số hiệu", f("so_hieu")),
    row("Số vào sổ cấp bằng", f("so_vao_so")),
  ];
  return { kind: "bang_dai_hoc", fields, sheets: [sheet(look, body.join(""), { ...wide, background: "#fdf6f0" })] };
}

const courses = [
  "Triết học",
  "Giải tích",
  "Xác suất thống kê",
  "Pháp luật đại cương",
  "Tiếng Anh",
  "Tin học cơ sở",
  "Kinh tế vi mô",
  "Nguyên lý kế toán",
  "Thống kê ứng dụng",
  "Quản trị học",
  "Thực tập nghề nghiệp",
  "Khóa luận",
];

export function transcript(look: Look): Paper {
  const { chance } = look;
  const [student, officer] = [aPerson(chance, 1985, 2003), aPerson(chance)];
  const fields = {
    ho_ten: student.name,
    ngay_sinh: figures(student.born),
    ma_sinh_vien: digits(chance, 8),
    nganh: chance.pick(trades),
    diem_trung_binh: `${2 + chance.below(2)},${digits(chance, 2)}`,
    nguoi_ky: officer.name,
  };
  const f = (name: keyof typeof fields) => value(name, fields[name]);
  const row = (text: string, html: string) => label(look, text, html);
  const line = (cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<td style="border:.3mm solid #333;padding:.6mm 2mm">${p(cell)}</td>`).join("")}</tr>`;
  const rows = courses.map((course, i) =>
    line([String(i + 1), course, String(2 + chance.below(3)), `${5 + chance.below(5)},${chance.below(10)}`]),
  );
  const body = [
    columns(centred(p("BỘ GIÁO DỤC VÀ ĐÀO TẠO"), p("TRƯỜNG ĐẠI HỌC GIẢ TƯỞNG", "font-weight:700")), centred(nation())),
    centred(p("BẢNG ĐIỂM", "font-size:1.6em;font-weight:700;margin:5mm 0 3mm")),
    columns(row("Họ và tên", f("ho_ten")), row("Mã sinh viên", f("ma_sinh_vien"))),
    columns(row("Ngày sinh", f("ngay_sinh")), row("Ngành", f("nganh"))),
    `<table style="border-collapse:collapse;width:100%;margin:3mm 0">${line(["STT", "Học phần", "Tín chỉ", "Điểm"])}${rows.join("")}</table>`,
    row("Điểm trung bình tích lũy", f("diem_trung_binh")),
    signedBy(look, ["TL. HIỆU TRƯỞNG", "TRƯỞNG PHÒNG ĐÀO TẠO"], "TRƯỜNG ĐẠI HỌC", officer.name),
  ];
  return { kind: "bang_diem", fields, sheets: [sheet(look, body.join(""))] };
}
