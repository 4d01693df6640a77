/** What a report of an examination says. One idea a line; `{name}` is filled by the report. */
export const reportVi = {
  title: "BÁO CÁO KIỂM TRA TỆP PDF",

  summaryTitle: "Đã kiểm tra {n} tệp",
  summaryAt: "Kiểm tra lúc",
  summaryBy: "Người kiểm tra (tự ghi, dịch vụ không xác nhận)",
  summaryByNone: "không ghi",
  summaryNote: "Tệp không được lưu. Tên tệp do người gửi đặt; chỉ SHA-256 cho biết báo cáo nói về tệp nào.",
  noName: "(không rõ tên)",
  fileTitle: "Tệp {n}: {name}",
  notRead: "không đọc",
  fileDigest: "SHA-256",
  fileLength: "Độ dài",
  fileLengthBytes: "{bytes} byte",

  verdictCopy: "Là bản sao chứng thực",
  verdictDocument: "Chữ ký và nội dung",
  verdictCode: "Mã kết quả",
  verdictAgency: "Cơ quan chứng thực",
  verdictNumber: "Số chứng thực",
  verdictSealedAt: "Thời điểm đóng dấu",

  checkpoint: "Đối chiếu với nhật ký công khai",
  checkpointIs: "{origin}, {size} mục, gốc {root}; bản sao là mục {index} đếm từ 0",
  statusList: "Đối chiếu trạng thái",
  statusListIs: "lúc {time}; danh sách công khai {list}, vị trí {index}",
  againstNone: "không có bản ghi nào để đối chiếu",
  signaturesTitle: "Chữ ký trong tệp",
  signatureTitle: "Chữ ký {n}: {name}",
  timestampTitle: "Dấu thời gian {n}: {name}",
  noSignatures: "Không có chữ ký nào.",
  signaturesLost: "Tệp có chữ ký, nhưng bị hỏng đến mức không đọc được chữ ký nào.",
  subject: "Chủ thể chứng thư",
  issuer: "Nơi cấp chứng thư",
  certificate: "SHA-256 của chứng thư",
  role: "Vai trò",
  roleOfficial: "người thực hiện chứng thực",
  roleSeal: "dấu của cơ quan",
  roleTimestamp: "dịch vụ cấp dấu thời gian",
  rolePublic: "chứng thư công cộng; không phải của người chứng thực hay cơ quan",
  roleNone: "không xác định",
  claimedTime: "Thời điểm tự khai",
  provenTime: "Thời điểm được chứng minh",
  notTold: "không có",
  level: "Mức (EN 319 142-1)",
  integrity: "Nguyên vẹn",
  trust: "Trong danh sách tin cậy",
  yes: "có",
  no: "không",
  revocation: "Thu hồi chứng thư",
  revocationGood: "chưa bị thu hồi",
  revocationRevoked: "đã bị thu hồi",
  revocationUnknown: "không hỏi được hoặc không hỏi",
  revocationFrom: "{status}; nguồn: {source}; dữ liệu lúc {time}",
  revision: "Phần được ký kết thúc ở byte",
  later: "Thay đổi sau đó",
  laterNone: "không có",
  changeEvidence: "bằng chứng lâu dài",
  changeSignature: "thêm chữ ký",
  changeUpkeep: "ghi chép kỹ thuật",
  changeForm: "điền biểu mẫu",
  changeAnnotation: "thêm chú thích",
  changeForbidden: "KHÔNG ĐƯỢC PHÉP",

  policy: "Quy tắc",
  trustList: "Danh sách tin cậy số",
  trustListNone: "không dùng danh sách có số",
  service: "Nơi kiểm tra",

  dutyTitle: "Nghĩa vụ của nơi nhận",

  howTitle: "Cách kiểm tra báo cáo này",
  howSignature:
    "Báo cáo được ký số mức PAdES B-T. Mở bằng phần mềm đọc PDF có kiểm tra chữ ký, hoặc gửi chính tệp báo cáo này tới {address}: kết luận phải là “được ký đúng, nhưng không phải là bản sao chứng thực”.",
  howFile: "Tính SHA-256 của tệp đã nhận và so với số ghi ở trên. Khác một ký tự là một tệp khác.",
  howMeaning:
    "Báo cáo ghi điều máy thấy vào lúc kiểm tra; nó không phải là bản sao chứng thực và không thay cho bản sao. Giá trị của bản sao có thể đổi về sau: hãy kiểm tra lại khi dùng.",

  signedBy: "Ký số bởi chứng thư của dịch vụ kiểm tra: {name}. Chứng thư này chỉ ký báo cáo.",

  pageTitle: "Lấy báo cáo để lưu hồ sơ",
  pageLead:
    "Báo cáo ghi tên và SHA-256 của tệp, hai kết luận và từng chữ ký, có chữ ký số của dịch vụ này. Lấy trong vòng 24 giờ; máy chủ không giữ gì.",
  pageBy: "Người kiểm tra, cơ quan (nếu muốn ghi vào báo cáo)",
  pageByHint: "Chỉ in vào báo cáo; không được lưu ở đâu khác.",
  pagePdf: "Tải báo cáo PDF",
  pageJson: "Tải báo cáo JSON",
  pageNoKey:
    "Nơi này không cấp báo cáo có chữ ký vì không có khóa riêng để ký báo cáo. Có thể in trang này; bản in không có chữ ký.",
  pageTooLong:
    "Tệp này có quá nhiều điều để ghi vào một báo cáo. Dùng lệnh “chungthuc examine --json” trên máy của bạn để có đủ.",
} as const satisfies Record<string, string>;

/** Every sentence has a name; a language that lacks one does not compile. */
export type ReportWord = keyof typeof reportVi;
export type ReportWords = Readonly<Record<ReportWord, string>>;
