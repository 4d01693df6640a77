import { type FieldSpec, labelled, passedOver, signer } from "./field-specs.ts";

const person: readonly FieldSpec[] = [
  labelled("ho_ten", "name", "Họ, chữ đệm, tên|Họ, chữ đệm và tên|Họ và tên|Họ tên"),
  labelled("ngay_sinh", "date", "Ngày, tháng, năm sinh|Ngày sinh|Sinh ngày"),
  labelled("gioi_tinh", "sex", "Giới tính"),
  labelled("so_dinh_danh", "personal_number", "Số định danh cá nhân|Số ĐDCN|Số CCCD"),
];

const number = labelled("so", "number", "Số");

/** Of one day: `ngày 05 tháng 03 năm 2019`, or with strokes. */
const dayIn = String.raw`(\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ng\Sy\s*\d{1,2}\s*th\Sng\s*\d{1,2}\s*n\Sm\s*\d{4})`;

const single: readonly FieldSpec[] = [
  number,
  { name: "ngay", form: "date", pattern: /(ng\Sy\s*\d{1,2}\s*th\Sng\s*\d{1,2}\s*n\Sm\s*\d{4})/iu },
  ...person,
  labelled("cu_tru", "place", "Nơi cư trú|Nơi thường trú"),
  labelled("tinh_trang", "text", "Tình trạng hôn nhân"),
  passedOver("Dân tộc|Quốc tịch|Giấy tờ tùy thân|Trong thời gian cư trú"),
  signer,
];

const death: readonly FieldSpec[] = [
  number,
  ...person,
  { name: "ngay_chet", form: "date", pattern: new RegExp(String.raw`ch\St\s+v\So\s+l\Sc.{0,60}?${dayIn}`, "iu") },
  labelled("noi_chet", "place", "Nơi chết"),
  labelled("noi_dang_ky", "place", "Nơi đăng ký khai tử|Nơi đăng ký"),
  labelled("ngay_dang_ky", "date", "Ngày, tháng, năm đăng ký|Ngày đăng ký"),
  passedOver("Dân tộc|Quốc tịch|Nguyên nhân chết|Số giấy tờ kèm theo|Đã chết vào lúc|Giấy báo tử|Nơi cư trú cuối cùng"),
  signer,
];

const residence: readonly FieldSpec[] = [
  ...person,
  labelled("thuong_tru", "place", "Nơi thường trú"),
  labelled("tam_tru", "place", "Nơi tạm trú"),
  labelled("chu_ho", "name", "Họ và tên chủ hộ|Họ, chữ đệm và tên chủ hộ"),
  passedOver("Nơi ở hiện tại|Quan hệ với chủ hộ|Số định danh cá nhân của chủ hộ|Dân tộc|Quốc tịch|Quê quán"),
  signer,
];

const transcript: readonly FieldSpec[] = [
  labelled("ho_ten", "name", "Họ và tên|Họ tên|Họ và tên sinh viên"),
  labelled("ma_sinh_vien", "number", "Mã sinh viên|Mã SV|Mã số sinh viên"),
  labelled("ngay_sinh", "date", "Ngày sinh|Ngày, tháng, năm sinh"),
  labelled("nganh", "text", "Ngành|Ngành đào tạo|Ngành học"),
  labelled("diem_trung_binh", "score", "Điểm trung bình tích lũy|Điểm TB tích lũy|Điểm trung bình|Điểm TBTL"),
  labelled("xep_loai", "text", "Xếp loại|Xếp loại tốt nghiệp"),
  passedOver(
    "STT Học phần|TT Học phần|STT Môn học|TT Môn học|STT Tên học phần|Nơi sinh|Lớp|Khóa học|Khóa|Khoa|Hệ đào tạo|Giới tính|Tổng số tín chỉ|Số tín chỉ tích lũy",
  ),
  signer,
];

const insurance: readonly FieldSpec[] = [
  labelled("ma_so", "insurance_code", "Mã số|Mã số BHXH|Số"),
  labelled("ho_ten", "name", "Họ và tên|Họ tên"),
  labelled("ngay_sinh", "date", "Ngày sinh|Ngày, tháng, năm sinh"),
  labelled("gioi_tinh", "sex", "Giới tính"),
  labelled("noi_kcb", "place", "Nơi ĐK KCB BĐ|Nơi đăng ký KCB ban đầu|Nơi đăng ký khám chữa bệnh ban đầu"),
  labelled("gia_tri_tu", "date", "Giá trị sử dụng từ ngày|Giá trị sử dụng|Có giá trị từ"),
  passedOver("Địa chỉ|Nơi cấp|Thời điểm đủ 05 năm liên tục"),
];

export const otherFields = { single, death, residence, transcript, insurance } as const;
