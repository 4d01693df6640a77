/** A citizen's link that is ended without another. */
export const linkEndVi = {
  way: "Chấm dứt liên kết riêng, không cấp liên kết khác",
  title: "Chấm dứt liên kết riêng",
  lead: "Dùng khi người yêu cầu mất giấy tiếp nhận, gửi nhầm liên kết, hoặc không muốn dùng nữa. Hãy xem giấy tờ tùy thân trước. Liên kết của mọi giấy tờ trong hồ sơ này, kể cả liên kết trong thư đã gửi, sẽ không mở được nữa; thư gửi sau không có liên kết. Hồ sơ vẫn được xử lý và vẫn tra cứu được bằng mã. Có thể cấp liên kết mới bất cứ lúc nào.",
  button: "Chấm dứt liên kết",
  back: "Quay lại hồ sơ",
  endedAt: "Liên kết riêng đã được chấm dứt lúc {time}. Người yêu cầu chỉ mở lại được khi có liên kết mới.",
  // the citizen's page
  ownTitle: "Chấm dứt liên kết riêng này",
  ownWay: "Chấm dứt liên kết này (khi bị lộ hoặc mất)",
  ownLead:
    "Liên kết này, của mọi giấy tờ trong hồ sơ, và liên kết trong các thư đã gửi sẽ không mở được nữa, với bạn cũng vậy. Hồ sơ vẫn được xử lý. Muốn có liên kết mới, bạn mang giấy tờ tùy thân đến nơi tiếp nhận.",
  ownStays:
    "Liên kết kiểm tra bản sao và các liên kết bạn đã tạo cho cơ quan không thay đổi. Muốn thu hồi liên kết cho cơ quan, hãy làm việc đó trước.",
  ownButton: "Chấm dứt liên kết",
  ownDoneBadge: "Đã xong",
  ownDone: "Liên kết riêng đã được chấm dứt.",
  ownDoneNext:
    "Liên kết không mở được gì nữa. Muốn có liên kết mới, hãy mang giấy tờ tùy thân đến nơi đã nộp hồ sơ; tình trạng hồ sơ vẫn tra cứu được bằng mã trên giấy tiếp nhận.",
  ownBack: "Giữ liên kết, quay lại",
} as const satisfies Record<string, string>;

export type LinkEndWord = keyof typeof linkEndVi;
