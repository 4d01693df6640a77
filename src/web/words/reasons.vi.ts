/**
 * Why a scan is not taken, or what to look at on a page, and what to do next. The codes are those of
 * ocr/reason-codes.ts, of a blurred page and of a reading given up; a test holds the table to them.
 */
export const reasonsVi = {
  EMPTY_FILE: "Tệp không có gì bên trong. Hãy quét lại rồi gửi lại.",
  UNRECOGNISED_TYPE: "Không nhận ra loại tệp. Hãy gửi tệp JPEG, PNG, TIFF, WebP hoặc PDF.",
  UNSUPPORTED_TYPE:
    "Loại tệp này không dùng được ở đây. Hãy lưu thành JPEG, PNG, TIFF, WebP hoặc PDF rồi gửi lại. Ảnh HEIC của iPhone: vào Cài đặt > Camera > Định dạng, chọn “Tương thích nhất” rồi chụp lại. Hình bốn màu mực (CMYK) hiện ra như âm bản: đặt máy quét ở chế độ màu RGB rồi quét lại.",
  TYPE_MISMATCH: "Nội dung tệp khác với đuôi tên tệp. Hãy xuất lại tệp từ máy quét, không đổi đuôi tên tệp.",
  INVALID_FILENAME: "Tên tệp có ký tự không dùng được. Hãy đặt tên tệp ngắn gọn rồi gửi lại.",
  CORRUPT_IMAGE: "Hình bị hỏng hoặc bị cắt giữa chừng. Hãy quét lại rồi gửi lại.",
  IMAGE_TOO_LARGE: "Hình quá lớn. Hãy quét với độ phân giải 200 đến 300 dpi rồi gửi lại.",
  IMAGE_TOO_SMALL: "Hình quá nhỏ để là một trang giấy. Hãy quét cả trang với độ phân giải ít nhất 200 dpi.",
  RESOLUTION_TOO_LOW: "Độ phân giải dưới 200 dpi. Hãy quét lại với ít nhất 200 dpi.",
  ANIMATED_IMAGE: "Đây là hình động. Hãy gửi hình tĩnh quét từ bản chính.",
  BLANK_PAGE: "Trang không có nội dung. Hãy xem bản chính: nếu trang có nội dung thì quét lại.",
  CORRUPT_PDF: "Tệp PDF bị hỏng. Hãy quét lại hoặc xuất lại tệp PDF rồi gửi lại.",
  NO_PAGES: "Tệp PDF không có trang nào. Hãy quét lại rồi gửi lại.",
  TOO_MANY_PAGES: "Tệp có quá nhiều trang. Hãy chia thành nhiều tệp rồi gửi lại theo thứ tự.",
  PAGE_TOO_LARGE: "Trang trong tệp PDF lớn quá khổ cho phép. Hãy quét lại đúng khổ giấy.",
  DECOMPRESSION_LIMIT: "Tệp bung ra quá lớn nên không mở. Hãy quét lại rồi gửi lại.",
  ENCRYPTED_PDF: "Tệp PDF có mật khẩu hoặc bị khóa. Hãy gửi tệp không đặt mật khẩu.",
  ACTIVE_CONTENT: "Tệp PDF chứa lệnh tự chạy. Hãy quét thẳng từ bản chính thành tệp mới.",
  EMBEDDED_FILE: "Tệp PDF kèm theo tệp khác bên trong. Hãy quét thẳng từ bản chính thành tệp mới.",
  EXTERNAL_REFERENCE: "Tệp PDF lấy nội dung từ nơi khác. Hãy quét thẳng từ bản chính thành tệp mới.",
  OPTIONAL_CONTENT:
    "Tệp PDF có các lớp ẩn hiện, nên hình xem và hình in có thể khác nhau. Hãy quét thẳng từ bản chính.",
  HIDDEN_CONTENT: "Tệp PDF có nội dung bị che. Hãy quét thẳng từ bản chính thành tệp mới.",
  FORM_FIELDS: "Tệp PDF có ô điền biểu mẫu. Hãy quét thẳng từ bản chính thành tệp mới.",
  XFA_FORM: "Tệp PDF là biểu mẫu XFA. Hãy quét thẳng từ bản chính thành tệp mới.",
  POLYGLOT: "Tệp có thể đọc thành hai loại khác nhau nên không nhận. Hãy quét thẳng từ bản chính thành tệp mới.",
  GLARE: "Có chỗ bị lóa trắng. Hãy xem chữ ở đó: nếu mất chữ thì tắt đèn flash, đổi chỗ sáng và chụp lại.",
  CUT_OFF: "Chữ chạy ra ngoài mép hình. Hãy đặt lại giấy cho đủ bốn mép rồi quét lại.",
  CORNER_MISSING: "Một góc giấy bị gập hoặc nằm ngoài hình. Hãy vuốt phẳng, đặt đủ bốn góc rồi quét lại.",
  COLOUR_LOST:
    "Dấu không còn màu đỏ: hình quét xám, hoặc giấy là bản chụp. Hãy xem bản chính; nếu dấu đỏ thì quét lại có màu.",
  DUPLICATE_PAGE: "Trang này giống một trang đã quét. Hãy xem có quét trùng, hay còn trang khác chưa quét.",
  LIGHTER_PATCH:
    "Nền giấy quanh chữ ở đây sáng hơn xung quanh, như chỗ bôi bút xóa hoặc tẩy. Máy có thể nhầm. Hãy xem bản chính có bị sửa ở đó không.",
  OVERWRITTEN:
    "Ở đây có nét mực xanh đè lên chữ in. Máy có thể nhầm. Hãy xem bản chính có bị sửa hay viết đè ở đó không.",
  BLURRED: "Hình mờ. Hãy xem kỹ: nếu không đọc rõ thì quét lại.",
  READING_FAILED: "Hệ thống đã thử nhiều lần mà không đọc được tệp. Hãy quét lại, hoặc lưu thành JPEG rồi gửi lại.",
} as const satisfies Record<string, string>;

export type ReasonWord = keyof typeof reasonsVi;
