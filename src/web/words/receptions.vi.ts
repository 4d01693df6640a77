/** One-stop desks and who works there. */
export const receptionsVi = {
  title: "Nơi tiếp nhận",
  lead: "Bộ phận tiếp nhận và trả kết quả của cơ quan: tên và địa điểm in trên giấy tiếp nhận; mỗi hồ sơ ghi nơi đã tiếp nhận theo người mở hồ sơ.",
  none: "Chưa có nơi tiếp nhận nào: giấy tiếp nhận chỉ in tên cơ quan.",
  name: "Tên nơi tiếp nhận",
  nameHint: "Ví dụ: Bộ phận Một cửa số 2",
  place: "Địa điểm",
  state: "Tình trạng",
  ended: "Đã ngừng",
  addTitle: "Thêm nơi tiếp nhận",
  add: "Thêm",
  end: "Ngừng {name}",
  nameTaken: "Đã có nơi tiếp nhận đang hoạt động mang tên này. Hãy đặt tên khác, hoặc ngừng nơi kia trước.",
  endTitle: "Ngừng nơi tiếp nhận này?",
  endWorkers: "Người đang làm việc ở đây",
  endNobody: "Không có ai",
  endMeans:
    "Hồ sơ đã nhận vẫn ghi nơi này. Người đang làm việc ở đây không còn thuộc nơi nào, cho đến khi được chọn nơi khác. Nơi đã ngừng không mở lại được.",
  endNot: "Quay lại, không ngừng",
  postsTitle: "Ai làm việc ở đâu",
  postsNone: "Chưa có người tiếp nhận nào đang hoạt động. Hãy giao phần việc tiếp nhận trước.",
  worksAt: "Nơi làm việc của {name}",
  nowhere: "Không ghi nơi nào",
  save: "Lưu",
  notPrintable: "Có ký tự không in được trên giấy. Hãy bỏ ký tự đó.",
} as const satisfies Record<string, string>;

export type ReceptionsWord = keyof typeof receptionsVi;
