import type { OtherGround, RefusalGround } from "../../core/refusal-grounds.ts";
import type { RuleId } from "../../usecases/failure.ts";

/** What to do so that the rule holds. */
export const rulesVi: Record<RuleId, string> = {
  "COPY-1":
    "Bản sao phải có đủ các trang của bản chính, đúng thứ tự. Hãy quét trang còn thiếu hoặc quét lại theo thứ tự.",
  "COPY-2": "Mỗi trang phải được đối chiếu với bản chính. Hãy đối chiếu và xác nhận từng trang.",
  "ORIG-1": "Người yêu cầu phải xuất trình bản chính. Hãy xem bản chính rồi ghi nhận trước khi chứng thực.",
  "AUTH-1": "Người ký phải có thẩm quyền chứng thực trong ngày ký. Hãy kiểm tra quyết định ủy quyền hoặc phân công.",
  "SIGN-1":
    "Bản sao phải có chữ ký số của người thực hiện chứng thực rồi đến chữ ký số của cơ quan, do hai người thực hiện.",
  "REG-1": "Mỗi số chỉ cấp một lần, không bỏ cách; số bỏ đi phải ghi lý do ít nhất 10 ký tự. Hãy ghi rõ lý do.",
  "REG-2": "Chỉ được cấp số khi có đúng một sổ của loại giấy tờ này đang mở. Hãy kiểm tra sổ chứng thực.",
  "REG-4":
    "Sửa dòng phải ghi nội dung đúng, khác nội dung đang có, và lý do ít nhất 10 ký tự. Số bản sao và phí ghi bằng chữ số.",
  "REFUSE-1":
    "Từ chối phải theo một trong các trường hợp đã nêu và ghi lý do ít nhất 10 ký tự. Hãy chọn trường hợp và ghi rõ lý do.",
  "REFUSE-2":
    "Giấy tờ có dấu hiệu giả mạo phải được lập biên bản trước khi ký thông báo từ chối. Hãy lập biên bản, rồi ký. Giấy tờ đã lập biên bản thì không chứng thực nữa: hãy từ chối.",
  "FEE-3": "Hủy một khoản thu phải ghi lý do bằng văn bản. Hãy viết lý do, ít nhất mười ký tự.",
  "FEE-7": "Để riêng một khoản tiền vào phải ghi lý do. Hãy viết lý do, ít nhất mười ký tự.",
  "FEE-8": "Trả lại tiền phải ghi người nhận và đã trả lại thế nào. Hãy viết, ít nhất mười ký tự.",
  "FEE-5":
    "Miễn, giảm phí phải ghi giấy tờ làm căn cứ đã xem. Hãy ghi tên và số giấy tờ, hoặc lý do, ít nhất mười ký tự.",
  "WITHDRAW-1": "Hãy ghi vì sao người yêu cầu rút giấy tờ, ít nhất 10 ký tự. Chỉ rút được trước khi lấy số chứng thực.",
  "FEE-1": "Phí tính theo số trang của bản chính và không vượt mức trần cho một bản. Hãy kiểm tra số trang.",
  "ANNUL-1":
    "Hủy bỏ giá trị pháp lý phải theo quyết định có số, ngày (không trước ngày chứng thực, không sau hôm nay), người ký và lý do ít nhất 10 ký tự. Hãy ghi đủ.",
  "ONCE-1":
    "Bản chính này đã được chứng thực tại đây. Hãy mở “Bản đã có” để trao lại bản sao cũ, hoặc ghi lý do chứng thực lại.",
  "OFFSITE-1":
    "Chứng thực ngoài trụ sở phải ghi lý do, địa điểm và thời gian (giờ, phút) trước khi xác nhận giấy tờ đầu tiên của hồ sơ; giờ đó đã qua, và không quá 7 ngày trước khi nhận hồ sơ. Hãy ghi đủ.",
  "DEADLINE-2":
    "Chỉ được gia hạn khi chưa quá hạn, không quá 02 ngày làm việc tất cả. Cần lâu hơn thì thỏa thuận bằng văn bản với người yêu cầu; đã quá hạn thì gửi phiếu xin lỗi.",
  "DEADLINE-3":
    "Thỏa thuận phải lập trước khi quá hạn, ghi ngày từ khi nhận hồ sơ đến hôm nay, và hẹn một ngày sau ngày đang hẹn. Hãy xem lại các ngày.",
  "DEADLINE-5":
    "Phiếu xin lỗi chỉ dùng khi đã quá hạn (hoặc quá ngày hẹn lại), và phải hẹn một ngày còn ở phía trước. Hãy chọn ngày khác.",
  "DATE-1": "Bản sao chỉ được ký và đóng dấu trong ngày in trên bản sao. Hãy lập lại bản sao với ngày hôm nay.",
};

/** NĐ 23/2015 Art. 22, as the law says it, and the other grounds in our words: what the written notice quotes. */
export const refusalGroundsVi: Record<RefusalGround, string> = {
  A22_1: "Bản chính bị tẩy xóa, sửa chữa, thêm, bớt nội dung không hợp lệ",
  A22_2: "Bản chính bị hư hỏng, cũ nát, không xác định được nội dung",
  A22_3:
    "Bản chính đóng dấu mật của cơ quan, tổ chức có thẩm quyền hoặc không đóng dấu mật nhưng ghi rõ không được sao chụp",
  A22_4:
    "Bản chính có nội dung trái pháp luật, đạo đức xã hội; tuyên truyền, kích động chiến tranh, chống chế độ xã hội chủ nghĩa Việt Nam; xuyên tạc lịch sử của dân tộc Việt Nam; xúc phạm danh dự, nhân phẩm, uy tín của cá nhân, tổ chức; vi phạm quyền công dân",
  A22_5:
    "Bản chính do cơ quan, tổ chức có thẩm quyền của nước ngoài cấp, công chứng hoặc chứng nhận chưa được hợp pháp hóa lãnh sự",
  A22_6: "Giấy tờ, văn bản do cá nhân tự lập nhưng không có xác nhận và đóng dấu của cơ quan, tổ chức có thẩm quyền",
  NOT_ORIGINAL: "Giấy tờ xuất trình không phải là bản chính",
  SUSPECTED_FAKE: "Giấy tờ xuất trình có dấu hiệu giả mạo",
  NOT_COMPETENT: "Việc chứng thực giấy tờ này không thuộc thẩm quyền của cơ quan",
};

/** Where the grounds stand that are not of Art. 22. */
export const groundRulesVi: Record<OtherGround, string> = {
  NOT_ORIGINAL: "Điều 10 Nghị định số 45/2020/NĐ-CP",
  SUSPECTED_FAKE: "Điều 9 Nghị định số 23/2015/NĐ-CP",
  NOT_COMPETENT: "Điều 5 Nghị định số 23/2015/NĐ-CP (đã được sửa đổi, bổ sung)",
};
