/** Reports of look-alike sites, as administrators read and close them. */
export const lookAlikesVi = {
  title: "Trang giả được báo",
  lead: "Người xem báo các trang giả làm trang này. Đây là lời của người lạ: đừng mở địa chỉ ở đây. Không lưu ai đã báo.",
  none: "Chưa có báo cáo nào.",
  report: "Báo cáo số {id}",
  number: "Số",
  reported: "Báo lúc",
  address: "Địa chỉ được báo",
  seen: "Người báo thấy gì",
  seenNothing: "Không ghi",
  state: "Tình trạng",
  open: "Chưa xử lý",
  closed: "Đã đóng",
  closedBy: "{who} đóng lúc {time}",
  note: "Đã xử lý thế nào",
  noteHint:
    "Ví dụ: đã báo nhà cung cấp tên miền và công an ngày nào; hoặc vì sao không phải trang giả. Tối đa 300 ký tự.",
  close: "Đóng báo cáo",
  closedBefore: "Báo cáo này đã có người đóng trước. Lời ghi trước được giữ.",
  all: "Tất cả báo cáo",
  older: "Cũ hơn",
} as const;

export type LookAlikesWord = keyof typeof lookAlikesVi;
