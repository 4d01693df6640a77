/** Signing with a service that wants the signer on its own page. */
export const remoteVi = {
  remoteTitle: "Ký trên trang của dịch vụ ký từ xa",
  remoteLead: "Khóa của bạn do dịch vụ {service} giữ. Mã PIN chỉ nhập trên trang của dịch vụ, không nhập ở đây.",
  remoteBegin: "Chuẩn bị bản sao để ký",
  remoteNumberHint: "Bước này cấp số chứng thực. Bản sao chưa được ký cho đến khi bạn đồng ý trên trang của dịch vụ.",
  remoteOneByOne: "Khóa do dịch vụ {service} giữ chỉ ký được từng hồ sơ. Hãy mở từng hồ sơ trong hàng chờ.",
  visitSignTitle: "Ký từ xa",
  visitSealTitle: "Đóng dấu từ xa",
  visitNumber: "Số chứng thực",
  visitBook: "Quyển số",
  visitService: "Dịch vụ ký",
  waitingTitle: "Đồng ý trên trang của dịch vụ",
  waitingLead:
    "Bản sao đã sẵn sàng. Hãy sang trang của {service}, xem lại và đồng ý ký. Sau đó bạn được đưa trở lại đây.",
  waitingGo: "Sang trang của dịch vụ ký",
  waitingHint: "Có hiệu lực trong 10 phút. Sự đồng ý chỉ dùng được cho đúng bản sao này.",
  agreedTitle: "Dịch vụ đã nhận sự đồng ý của bạn",
  agreedLead: "Còn một bước: lấy chữ ký về, gắn dấu thời gian và kiểm tra bản sao.",
  agreedFinish: "Hoàn tất ký",
  refusedTitle: "Chưa ký: yêu cầu bị từ chối trên trang của dịch vụ",
  refusedNext: "Số chứng thực vẫn được giữ. Nếu bạn muốn ký, hãy làm lại từ hồ sơ.",
  lateTitle: "Chưa ký: đã quá 10 phút",
  lateNext: "Số chứng thực vẫn được giữ. Hãy làm lại từ hồ sơ.",
  usedTitle: "Lần ký này đã kết thúc",
  usedNext: "Xem hồ sơ để biết đã ký hay chưa. Nếu chưa, hãy làm lại; số chứng thực vẫn được giữ.",
  goneTitle: "Khóa này không còn dùng được",
  goneNext: "Chứng thư đăng ký hoặc dịch vụ ký đã thay đổi. Hãy làm lại từ hồ sơ.",
  toDossier: "Mở hồ sơ",
  backTitle: "Bạn đã trở lại từ dịch vụ ký",
  backNext: "Bấm để tiếp tục trong phiên làm việc của bạn.",
  backGoOn: "Tiếp tục",
  backUnknown: "Không tìm thấy lần ký đang chờ",
  backUnknownNext:
    "Có thể đã quá 10 phút, hoặc câu trả lời này đã được nhận. Chưa có gì được ký. Hãy làm lại từ hồ sơ.",
} as const;

export type RemoteWord = keyof typeof remoteVi;
