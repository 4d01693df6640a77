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

/** From the name of a side of a contract to the other's, so that nothing of the one is taken for the other. */
const ofSide = (side: "A" | "B"): string => String.raw`B[êÊ][nN]\s+${side}\b(?:(?!B[êÊ][nN]\s+[AB]\b).){0,250}?`;

const behindName = String.raw`(?=\s*(?:[,;(]|CCCD|CMND|[Ss]ố|[Ss]inh|N[ăơ][mi]|Đ[ịạ][ai]|M[ãa]|Tr[ụu]|[Cc]hức|$))`;

const party = (side: "A" | "B"): readonly FieldSpec[] => [
  {
    name: `ben_${side.toLowerCase()}`,
    form: "text",
    pattern: new RegExp(
      String.raw`B[êÊ][nN]\s+${side}\b[^:]{0,60}:\s*(?:(?:[ÔO][nN][gG]|B[àÀ])\s*:?\s+)?(\p{Lu}[^,;:()]{2,90}?)${behindName}`,
      "u",
    ),
  },
  {
    name: `so_dinh_danh_${side.toLowerCase()}`,
    form: "personal_number",
    pattern: new RegExp(String.raw`${ofSide(side)}(?<!\d)(\d{12})(?!\d)`, "u"),
  },
];

/** The two sides as the head of a contract names them; what they agreed is text and no field. */
const contract: readonly FieldSpec[] = [
  labelled("so", "number", "Số|Hợp đồng số|Số hợp đồng"),
  { name: "ngay", form: "date", pattern: new RegExp(String.raw`H\Sm\s+nay,?\s+${dayIn}`, "iu") },
  ...party("A"),
  ...party("B"),
  passedOver("Đại diện|Người đại diện|Nơi cư trú|Địa chỉ|Mã số thuế|Điện thoại|Tài khoản|Chức vụ"),
];

const vehicle: readonly FieldSpec[] = [
  labelled("so", "number", "Số"),
  labelled("chu_xe", "text", "Tên chủ xe|Chủ xe|Owner's full name"),
  labelled("dia_chi", "place", "Địa chỉ|Address"),
  labelled("bien_so", "plate", "Biển số đăng ký|Biển số|Number plate"),
  labelled("nhan_hieu", "text", "Nhãn hiệu|Brand"),
  labelled("so_loai", "text", "Số loại|Model code"),
  labelled("so_may", "text", "Số máy|Engine No"),
  labelled("so_khung", "text", "Số khung|Chassis No"),
  labelled("mau_son", "text", "Màu sơn|Color"),
  labelled("ngay_dang_ky", "date", "Đăng ký lần đầu ngày|Ngày đăng ký lần đầu|Date of first registration"),
  labelled("gia_tri_den", "date", "Giá trị đến ngày|Có giá trị đến ngày|Date of expiry"),
  passedOver("Loại xe|Dung tích|Số chỗ ngồi|Tải trọng|Năm sản xuất|Công suất|Nguồn gốc"),
  signer,
];

const certificate: readonly FieldSpec[] = [
  labelled("ho_ten", "name", "Cấp cho|Cho|Ông/bà|Họ và tên|Họ, chữ đệm, tên|Chứng nhận"),
  labelled("ngay_sinh", "date", "Ngày sinh|Sinh ngày|Ngày, tháng, năm sinh"),
  labelled("noi_sinh", "place", "Nơi sinh"),
  labelled("xep_loai", "text", "Xếp loại|Trình độ|Bậc|Hạng|Đạt loại"),
  labelled("so_hieu", "text", "Số hiệu|Số chứng chỉ|Chứng chỉ số"),
  labelled(
    "so_vao_so",
    "number",
    "Số vào sổ cấp chứng chỉ|Số vào sổ gốc cấp chứng chỉ|Vào sổ cấp chứng chỉ số|Số vào sổ",
  ),
  labelled("gia_tri_den", "date", "Có giá trị đến|Có giá trị đến ngày|Có hiệu lực đến ngày"),
  passedOver("Giới tính|Dân tộc|Quốc tịch|Hội đồng thi|Khóa thi|Kỳ thi|Ngày thi|Điểm thi|Số CCCD|Nơi cấp|Ngày cấp"),
  signer,
];

export const otherFields = { vehicle, certificate, contract, single, death, residence, transcript, insurance } as const;
