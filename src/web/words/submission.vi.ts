/** Papers of one applicant that are presented together: the counter's card, another paper, the citizen's list. */
export const submissionVi = {
  code: "Hồ sơ {code}",
  papers: "Giấy tờ trong hồ sơ này",
  paper: "Giấy tờ",
  stands: "Đang ở bước",
  here: "đang xem",
  add: "Thêm giấy tờ của người này",
  total: "{count} giấy tờ, {pages} trang, phí {fee} đồng",
  anotherTitle: "Thêm giấy tờ vào hồ sơ",
  anotherLead:
    "Cùng người yêu cầu, cùng mã hồ sơ và cùng liên kết riêng; mỗi giấy tờ được đối chiếu và lấy số chứng thực riêng.",
  applicant: "Người yêu cầu",
  before: "Đã nhận trong hồ sơ này",
  save: "Lưu giấy tờ này",
  saveAndAdd: "Lưu và thêm giấy tờ khác",
  back: "Quay lại giấy tờ vừa xem",
  channel: "Hồ sơ đến bằng",
  counter: "Nộp tại quầy",
  post: "Dịch vụ bưu chính",
  portal: "Cổng Dịch vụ công quốc gia",
  vneid: "Ứng dụng VNeID",
  // the citizen's page
  listTitle: "Hồ sơ của bạn",
  listLead: "Mỗi giấy tờ được chứng thực riêng. Mở từng giấy tờ để xem đang ở bước nào và để tải bản sao.",
  listReady: "{ready} trên {count} giấy tờ đã xong.",
  listCode: "Mã hồ sơ",
  listOpened: "Nộp lúc",
  listAgency: "Nơi tiếp nhận",
  listOpen: "Mở giấy tờ thứ {ordinal}",
  listBack: "Tất cả giấy tờ của hồ sơ",
  paperOf: "Giấy tờ thứ {ordinal} trong {count}",
} as const satisfies Record<string, string>;

export type SubmissionWord = keyof typeof submissionVi;
