import type { NoticeToCompose } from "../../../signing/compose/notice-to-compose.ts";
import type { Instant, LocalDate } from "../../../src/core/kernel.ts";

/** A notice of invented people. */
export const aNotice = (changes: Partial<NoticeToCompose> = {}): NoticeToCompose => ({
  agency: "Ủy ban nhân dân phường Hoa Ban (hư cấu)",
  place: "Phường Hoa Ban",
  date: "2026-11-22" as LocalDate,
  dossierId: "0193b0a0-0000-7000-8000-000000000001",
  applicant: "Lò Thị Thử (hư cấu)",
  receivedAt: "09:15 ngày 22/11/2026",
  paper: "Giấy chứng nhận (hư cấu), số 12/2020, của Lò Thị Thử (hư cấu)",
  ground: {
    ...{ rule: "khoản 2 Điều 22 Nghị định số 23/2015/NĐ-CP", isOfOriginal: true, isPaperReturned: true },
    words: "Bản chính bị hư hỏng, cũ nát, không xác định được nội dung",
  },
  reason: "Ố mất dòng họ tên người mẹ; con dấu mờ không đọc được.",
  page: 1,
  examined: { by: "Cà Thị Mẫu (hư cấu)", on: "2026-11-22" as LocalDate },
  signer: { name: "Quàng Văn Mẫu (hư cấu)", titleLines: ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"] },
  checkAt: "https://chungthuc.example/verify",
  composedAt: "2026-11-22T02:15:00Z" as Instant,
  development: true,
  ...changes,
});
