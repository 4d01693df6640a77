/** What every page says around its own words. */
export const frameVi = {
  service: "Chứng thực bản sao điện tử",
  skip: "Đến nội dung chính",
  otherLanguage: "English",
  trial: "THỬ NGHIỆM (DEVELOPMENT): dữ liệu hư cấu, không có giá trị pháp lý.",
  foot: "Bản sao điện tử được chứng thực từ bản chính theo Nghị định 23/2015/NĐ-CP.",
  signOut: "Đăng xuất",
  ways: "Các phần việc",
  wayQueue: "Việc đang chờ",
  wayReceive: "Tiếp nhận hồ sơ",
  waySearch: "Tìm hồ sơ",
  wayDeadlines: "Thời hạn",
  wayRegister: "Sổ chứng thực",
  wayFees: "Phí",
  wayPetitions: "Phản ánh",
  wayInYourName: "Dưới tên bạn",
  wayAdmin: "Quản trị",
  faultsTitle: "Cần sửa lại mấy chỗ sau",
  faultyTitle: "Cần sửa:",
  faultMissing: "Hãy điền mục “{label}”.",
  faultTooLong: "Mục “{label}” dài quá. Hãy viết ngắn lại.",
  faultOutOfRange: "Số ở mục “{label}” nằm ngoài khoảng cho phép.",
  faultMalformed: "Mục “{label}” chưa đúng dạng. Hãy kiểm tra lại.",
  sending: "Đang gửi…",
  sendingCut:
    "Tệp chưa gửi xong: đường truyền bị ngắt hoặc tệp lớn quá giới hạn. Hãy bấm gửi lại; nếu vẫn vậy, hãy gửi từng tệp.",
  stepDone: "(đã xong)",
  stepNow: "(đang làm)",
  stepLater: "(chưa tới)",
  stepStopped: "(đã dừng)",
  problemBadge: "Chưa làm được",
  requestId: "Mã yêu cầu, để báo khi cần giúp: {id}",
  goHome: "Về trang đầu",
  goSignIn: "Đăng nhập",
} as const satisfies Record<string, string>;

export type FrameWord = keyof typeof frameVi;
export type FrameWords = Readonly<Record<FrameWord, string>>;
