/** The page about the recipients' API. */
export const apiDocsVi = {
  title: "API cho nơi nhận bản sao",
  lead: "Chương trình của nơi nhận dùng API này để kiểm tra bản sao chứng thực điện tử. Mọi câu trả lời là JSON; lỗi là problem+json (RFC 9457).",
  operations: "Các yêu cầu",
  request: "Yêu cầu",
  does: "Việc",
  scope: "Phạm vi",
  keys: "Khóa",
  keysLead: "Khóa do người quản trị của cơ quan chứng thực cấp, có phạm vi ({scopes}) và ngày hết hạn.",
  limits:
    "Mỗi khóa được 600 yêu cầu trong 60 giây; RateLimit cho biết còn bao nhiêu, Retry-After cho biết đợi bao lâu.",
  batches: "Lô",
  batchesLead:
    "Một lô có từ 1 đến 1.000 bản sao. Gửi kèm Idempotency-Key thì gửi lại không tạo lô thứ hai. Hỏi tiến độ, đợi theo Retry-After, rồi lấy kết quả từng trang. Kết quả giữ 7 ngày; chỉ nơi đã gửi xem được.",
  problems: "Lỗi",
  problemsLead: "Trường type dẫn tới dòng của lỗi ở đây; trường code không đổi giữa các nơi cài đặt.",
  means: "Nghĩa là",
} as const satisfies Record<string, string>;
