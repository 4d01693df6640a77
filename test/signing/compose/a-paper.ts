import type { PaperToCompose } from "../../../signing/compose/paper-to-compose.ts";
import type { Instant, LocalDate } from "../../../src/core/kernel.ts";

/** A paper with every kind of part, of invented people. */
export const aPaper = (changes: Partial<PaperToCompose> = {}): PaperToCompose => ({
  agency: "Ủy ban nhân dân phường Hoa Ban (hư cấu)",
  unit: "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
  number: "07/GTN-UBND",
  place: "Phường Hoa Ban",
  date: "2026-11-23" as LocalDate,
  title: "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
  about: "",
  parts: [
    { kind: "fact", label: "Người yêu cầu chứng thực", value: "Lò Thị Thử (hư cấu)" },
    {
      kind: "paragraph",
      runs: [{ text: "Đã nhận " }, { text: "bản chính ", look: "strong" }, { text: "để đối chiếu.", look: "italic" }],
    },
    { kind: "heading", text: "Thành phần hồ sơ" },
    {
      kind: "table",
      columns: [
        { head: "TT", widthMm: 12, align: "right" },
        { head: "Giấy tờ", widthMm: 118, align: "left" },
        { head: "Số trang", widthMm: 30, align: "right" },
      ],
      rows: [
        ["1", "Giấy khai sinh (hư cấu), số 12/2020", "2"],
        ["2", "Bằng tốt nghiệp (hư cấu)", "1"],
      ],
      totals: ["", "Cộng", "3"],
    },
    {
      kind: "code",
      text: "H55.242-261123-0004",
      says: "Mã QR của mã hồ sơ",
      beside: [[{ text: "Mã hồ sơ:" }], [{ text: "H55.242-261123-0004", look: "strong" }]],
    },
    { kind: "paragraph", runs: [{ text: "Bản chính được trả lại ngay sau khi đối chiếu." }] },
  ],
  signers: [
    { titleLines: ["NGƯỜI NỘP HỒ SƠ"], how: "(Ký, ghi rõ họ tên)", name: "Lò Thị Thử (hư cấu)" },
    { titleLines: ["NGƯỜI TIẾP NHẬN HỒ SƠ"], how: "(Ký, ghi rõ họ tên)", name: "Cà Thị Mẫu (hư cấu)" },
  ],
  recipients: ["Liên 1: lưu hồ sơ;", "Liên 2: giao người nộp hồ sơ."],
  composedAt: "2026-11-23T02:15:00Z" as Instant,
  development: true,
  ...changes,
});
