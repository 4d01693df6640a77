import { type FieldSpec, labelled, passedOver, signer } from "./field-specs.ts";

const identity: readonly FieldSpec[] = [
  labelled("so", "personal_number", "Số định danh cá nhân|Personal identification number|Số|Số CCCD|No"),
  labelled("ho_ten", "name", "Họ và tên|Họ, chữ đệm và tên khai sinh|Full name"),
  labelled("ngay_sinh", "date", "Ngày sinh|Ngày, tháng, năm sinh|Date of birth"),
  labelled("gioi_tinh", "sex", "Giới tính|Sex"),
  labelled("quoc_tich", "text", "Quốc tịch|Nationality"),
  labelled("que_quan", "place", "Quê quán|Place of origin|Nơi đăng ký khai sinh|Place of birth"),
  labelled("thuong_tru", "place", "Nơi thường trú|Nơi cư trú|Place of residence"),
  labelled("gia_tri_den", "date", "Có giá trị đến|Date of expiry|Ngày, tháng, năm hết hạn"),
  labelled("ngay_cap", "date", "Ngày, tháng, năm|Ngày, tháng, năm cấp|Date, month, year|Date of issue"),
  passedOver("Đặc điểm nhân dạng|Personal identification"),
];

const oldIdentity: readonly FieldSpec[] = [
  labelled("so", "number", "Số"),
  labelled("ho_ten", "name", "Họ tên|Họ và tên"),
  labelled("ngay_sinh", "date", "Sinh ngày|Ngày sinh"),
  labelled("que_quan", "place", "Nguyên quán"),
  labelled("thuong_tru", "place", "Nơi ĐKHK thường trú|Nơi thường trú"),
];

const passport: readonly FieldSpec[] = [
  labelled("so", "text", "Số hộ chiếu|Passport No"),
  labelled("ho_ten", "name", "Họ và tên|Full name"),
  labelled("ngay_sinh", "date", "Ngày sinh|Date of birth"),
  labelled("gioi_tinh", "sex", "Giới tính|Sex"),
  labelled("quoc_tich", "text", "Quốc tịch|Nationality"),
  labelled("ngay_cap", "date", "Ngày cấp|Date of issue"),
  labelled("gia_tri_den", "date", "Có giá trị đến|Date of expiry"),
];

export const cardFields = { identity, oldIdentity, passport } as const;

export const landFields: readonly FieldSpec[] = [
  passedOver(
    "Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất|Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất",
  ),
  labelled("nguoi_su_dung", "name", "Người sử dụng đất|Ông|Bà|Hộ ông|Họ và tên"),
  labelled("so_thua", "number", "Thửa đất số"),
  labelled("to_ban_do", "number", "Tờ bản đồ số"),
  labelled("dia_chi", "place", "Địa chỉ|Địa chỉ thửa đất"),
  labelled("dien_tich", "text", "Diện tích"),
  labelled("hinh_thuc", "text", "Hình thức sử dụng"),
  labelled("muc_dich", "text", "Mục đích sử dụng|Loại đất"),
  labelled("thoi_han", "text", "Thời hạn sử dụng|Thời hạn"),
  labelled("nguon_goc", "place", "Nguồn gốc sử dụng"),
  labelled("so_vao_so", "text", "Số vào sổ cấp GCN|Số vào sổ"),
  { name: "so_phat_hanh", form: "text", pattern: /(?:^|\s)([A-ZĐ]{2}\s?\d{6,8})(?=\s|$)/u },
  passedOver("Bằng chữ|Năm sinh|CCCD số|CMND số|Địa chỉ thường trú|Ghi chú|Nhà ở"),
  signer,
];

export const licenceFields: readonly FieldSpec[] = [
  labelled("so", "personal_number", "Số|Số/No|No"),
  labelled("ho_ten", "name", "Họ tên|Họ và tên|Full name"),
  labelled("ngay_sinh", "date", "Ngày sinh|Date of birth"),
  labelled("quoc_tich", "text", "Quốc tịch|Nationality"),
  labelled("cu_tru", "place", "Nơi cư trú|Address"),
  labelled("hang", "text", "Hạng|Hạng/Class|Class"),
  labelled("gia_tri_den", "date", "Có giá trị đến|Expires"),
];

const company: readonly FieldSpec[] = [
  labelled("ma_so", "tax_code", "Mã số doanh nghiệp|Mã số thuế"),
  {
    name: "ngay_dang_ky",
    form: "date",
    pattern: /l\Sn\s+đ\Su(?:\s*[:,])?\s*(ng\Sy\s*\d{1,2}\s*th\Sng\s*\d{1,2}\s*n\Sm\s*\d{4})/iu,
  },
  labelled("ten", "place", "Tên công ty viết bằng tiếng Việt|Tên công ty|Tên doanh nghiệp"),
  labelled("dia_chi", "place", "Địa chỉ trụ sở chính"),
  labelled("von", "text", "Vốn điều lệ"),
  labelled("nguoi_dai_dien", "name", "Họ và tên|Họ, chữ đệm và tên"),
  passedOver(
    "Đăng ký lần đầu|Đăng ký thay đổi lần thứ|Tên công ty viết bằng tiếng nước ngoài|Tên công ty viết tắt|Điện thoại|Fax|Email|Website|Bằng chữ|Mệnh giá|Chức danh|Giới tính|Sinh ngày|Dân tộc|Quốc tịch|Số giấy tờ|Địa chỉ thường trú|Địa chỉ liên lạc|Nơi cấp|Ngày cấp",
  ),
  signer,
];

const household: readonly FieldSpec[] = [
  labelled("ma_so", "number", "Số|Mã số|Mã số hộ kinh doanh|Mã số đăng ký hộ kinh doanh"),
  labelled("ten", "place", "Tên hộ kinh doanh|Tên hộ"),
  labelled("dia_chi", "place", "Địa điểm kinh doanh|Địa chỉ trụ sở hộ kinh doanh|Địa chỉ"),
  labelled("nganh", "place", "Ngành, nghề kinh doanh|Ngành nghề"),
  labelled("von", "text", "Vốn kinh doanh|Vốn"),
  labelled(
    "chu_ho",
    "name",
    "Họ và tên chủ hộ kinh doanh|Tên chủ hộ kinh doanh|Họ và tên chủ hộ|Chủ hộ kinh doanh|Họ và tên|Chủ hộ",
  ),
  passedOver(
    "Đăng ký lần đầu|Đăng ký thay đổi lần thứ|Điện thoại|Fax|Email|Giới tính|Sinh ngày|Dân tộc|Quốc tịch|Nơi cư trú|Ngày cấp|Nơi cấp",
  ),
  signer,
];

export const businessFields = { company, household } as const;
