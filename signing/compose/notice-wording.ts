import type { LocalDate } from "../../src/core/kernel.ts";

/** What a notice of refusal says, in the form of NĐ 30/2020 Appendix I. */
export const noticeTitle = {
  first: "THÔNG BÁO",
  second: "Về việc từ chối chứng thực bản sao điện tử từ bản chính",
} as const;

export const noticeText = {
  dossier: (id: string) => `Mã hồ sơ: ${id}`,
  to: "Kính gửi: ",
  /** Art. 22 has what an original may be like, Art. 5 who may certify it; Art. 9 the duty to refuse in writing. */
  grounds: (isOfOriginal: boolean) => [
    "Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ, Điều 10;",
    `Căn cứ Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015 của Chính phủ (đã được sửa đổi, bổ sung), ${isOfOriginal ? "Điều 9 và Điều 22" : "Điều 5 và Điều 9"};`,
  ],
  received: (at: string, agency: string) =>
    `Lúc ${at}, ${agency} đã tiếp nhận yêu cầu chứng thực bản sao điện tử từ bản chính `,
  refused: (rule: string) =>
    `. Sau khi xem xét bản chính, người thực hiện chứng thực từ chối chứng thực vì bản chính thuộc trường hợp quy định tại ${rule}:`,
  refusedOtherwise: (rule: string) =>
    `. Sau khi xem xét giấy tờ xuất trình, người thực hiện chứng thực từ chối chứng thực, căn cứ ${rule}:`,
  /** Between quotation marks only what the decree says word for word. */
  ground: (words: string, isOfOriginal: boolean) => (isOfOriginal ? `“${words}.”` : `${words}.`),
  reason: (page: number | null) => `Lý do cụ thể${page === null ? "" : ` (thấy ở trang ${page})`}: `,
  examined: (name: string, date: string) => `Người xem xét hồ sơ: ${name}, ngày ${date}.`,
  original: "Bản chính được trả lại cho Ông/Bà.",
  presented: "Giấy tờ đã xuất trình được trả lại cho Ông/Bà.",
  suspected: "Giấy tờ đã xuất trình được lập biên bản để chuyển cơ quan có thẩm quyền xem xét.",
  complaint: "Nếu không đồng ý, Ông/Bà có quyền khiếu nại theo quy định của pháp luật về khiếu nại.",
  check: (address: string) =>
    `Thông báo được lập và ký số dưới dạng văn bản điện tử, không phải là bản sao được chứng thực. Kiểm tra chữ ký số tại ${address}.`,
  field: "Chữ ký số của người thực hiện chứng thực",
} as const;

export const shortDay = (date: LocalDate): string => date.split("-").reverse().join("/");
