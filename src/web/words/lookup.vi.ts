export const lookupVi = {
  title: "Tra cứu hồ sơ",
  lead: "Dành cho ai mất liên kết riêng: nhập mã hồ sơ trên giấy tiếp nhận và bốn số cuối của giấy tờ đã xuất trình (hoặc bốn số đã tự chọn) để biết hồ sơ đang ở đâu.",
  code: "Mã hồ sơ",
  codeHint: "In ở đầu giấy tiếp nhận và hẹn trả kết quả, ví dụ H55.242-261123-0004.",
  codeFault: "Hãy nhập mã hồ sơ.",
  look: "Tra cứu",
  unknown: "Không có hồ sơ nào với mã và bốn số này. Hãy xem lại cả hai.",
  throttled: "Đã thử quá nhiều lần. Hãy thử lại sau {wait}.",
  paper: "Giấy tờ {nth} trên {count}",
  noLink:
    "Trang này không cho tải bản sao. Hãy mở liên kết trên giấy tiếp nhận hoặc trong thư điện tử; nếu mất cả hai, mang giấy tờ tùy thân đến nơi tiếp nhận để được cấp liên kết mới.",
} as const satisfies Record<string, string>;

export type LookupWord = keyof typeof lookupVi;
