import type { AdministrationFailureCode } from "../../usecases/administration/failure.ts";

/** What happened, and what to do next. */
export const administrationFailuresVi: Record<AdministrationFailureCode, string> = {
  not_found: "Không có mục này trong cơ quan của bạn. Hãy tải lại danh sách.",
  development_only: "Việc này chỉ làm được trên bản cài đặt thử nghiệm.",
  not_printable: "Có ký tự mà phông chữ của bản sao không in được. Hãy gõ lại bằng chữ Unicode thông thường.",
  user_name_taken: "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.",
  last_administrator:
    "Đây là người quản trị cuối cùng đang hoạt động của cơ quan. Hãy giao quyền quản trị cho một người khác trước.",
  wrong_password: "Mật khẩu hiện tại chưa đúng. Hãy nhập lại.",
  province_unfit:
    "Người theo dõi của tỉnh thuộc cơ quan của chính tỉnh đó và không có phần việc nào khác. Hãy chọn lại phần việc.",
  password_unchanged: "Mật khẩu mới trùng mật khẩu hiện tại. Hãy chọn mật khẩu khác.",
  throttled: "Đã thử sai quá nhiều lần. Hãy đợi {wait} rồi thử lại.",
  agency_fixed:
    "Cơ quan đã cấp số chứng thực nên tên, tỉnh và mã không sửa được nữa: bản sao và nhật ký công khai đã ghi như vậy.",
  agency_code_taken: "Mã này đã thuộc về một cơ quan khác. Hãy kiểm tra lại mã.",
  holder_not_signer: "Người này không có phần việc “ký chứng thực”. Hãy giao phần việc đó trước.",
  key_file_unreadable:
    "Không mở được tệp này như một tệp khóa PKCS#12 có đúng một khóa. Hãy xuất lại tệp .p12 hoặc .pfx từ nơi cấp.",
  key_file_pin: "Mã PIN không mở được tệp khóa. Hãy nhờ chính người giữ khóa nhập lại.",
  certificate_unreadable: "Không đọc được chứng thư trong tệp này. Hãy gửi tệp .cer, .crt hoặc .pem.",
  key_place_unknown: "Không có thiết bị hoặc dịch vụ này trong cấu hình. Hãy chọn lại nơi giữ khóa.",
  key_too_weak: "Khóa yếu hơn RSA 2048 bit. Hãy xin cấp chứng thư mới.",
  certificate_untrusted:
    "Chứng thư không do tổ chức cấp chứng thư mà hệ thống tin cậy cho vai trò này. Hãy kiểm tra tệp có kèm chứng thư của nơi cấp.",
  certificate_expired: "Chứng thư đã hết hạn. Hãy xin cấp chứng thư mới.",
  certificate_taken:
    "Chứng thư này đã được đăng ký trước đó, kể cả khi đã chấm dứt. Mỗi chứng thư chỉ đăng ký một lần.",
  certificate_ended: "Đăng ký của chứng thư này đã chấm dứt rồi.",
  deed_missing: "Văn bản ủy quyền, phân công cần có số, ngày và người ban hành. Hãy điền đủ.",
  mandate_ended: "Thẩm quyền này đã kết thúc rồi. Hãy tải lại danh sách.",
  absence_twice:
    "Người này đã được ghi vắng mặt trong những ngày đó. Hãy kết thúc lần vắng mặt kia trước, hoặc chọn ngày khác.",
  substitute_unfit: "Người thay phải là người khác, đang hoạt động và có phần việc “ký chứng thực”. Hãy chọn lại.",
  absence_ended: "Lần vắng mặt này đã kết thúc rồi. Hãy tải lại danh sách.",
  picture_refused: "Không nhận được ảnh này ({reason}). Hãy gửi tệp PNG có nền trong suốt, mỗi cạnh 120–2000 điểm ảnh.",
  picture_opaque: "Ảnh không có nền trong suốt. Hãy xóa nền rồi lưu lại dạng PNG.",
  picture_colour: "Màu mực chưa đúng: chữ ký màu xanh, con dấu màu đỏ (NĐ 30/2020). Hãy chọn đúng ảnh.",
  picture_unread: "Chưa đọc được ảnh vì máy đang bận. Hãy gửi lại sau ít phút.",
  recipient_name_taken: "Cơ quan đã có nơi nhận tên này. Hãy đặt tên khác, hoặc sửa nơi nhận đó.",
  key_over: "Khóa này đã hết hạn, đã thu hồi hoặc đã được đổi. Hãy tải lại trang.",
  book_names_in_use:
    "Năm này đã có số hoặc có sổ đang mở: ký hiệu giữ nguyên. Sổ mở nhầm mà chưa có số nào thì đóng lại rồi đặt ký hiệu.",
  book_name_over: "Tên sổ vừa được đổi, nên không mở sổ theo tên cũ. Hãy tải lại trang rồi mở sổ theo tên mới.",
  book_open: "Sổ của năm nay đang mở. Mỗi loại chỉ mở một sổ; hãy đóng sổ đó trước.",
  book_closed: "Sổ này đã đóng.",
  numbers_in_progress:
    "Còn {count} số đã lấy nhưng chưa phát hành hoặc bỏ. Hãy hoàn tất hoặc bỏ các số đó rồi mới đóng sổ.",
};
