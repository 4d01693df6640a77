export const homeVi = {
  title: "Bản sao điện tử được chứng thực từ bản chính",
  lead: "Bản sao do cơ quan có thẩm quyền chứng thực, mang chữ ký số của người thực hiện chứng thực và con dấu số của cơ quan. Ai cũng có thể kiểm tra, không cần tài khoản.",
  checkTitle: "Kiểm tra một bản sao",
  check: "Quét mã QR in trên bản sao, mở liên kết đi kèm, hoặc gửi tệp PDF bạn nhận được.",
  checkButton: "Kiểm tra bản sao",
  receiveTitle: "Nhận bản sao của bạn",
  receive: "Mở liên kết riêng trên giấy tiếp nhận. Bạn sẽ thấy hồ sơ đã đến bước nào và tải bản sao khi đã xong.",
  receiveLost: "Mất liên kết? Hãy mang giấy tờ tùy thân đến nơi đã nộp hồ sơ để được cấp liên kết mới.",
  lookUp: "Tra cứu bằng mã hồ sơ",
  postedTitle: "Đi chứng thực",
  posted: "Giờ làm việc, giấy tờ cần mang, các bước, thời hạn và phí của từng cơ quan.",
  postedButton: "Xem lịch làm việc, thủ tục, phí",
  voiceTitle: "Phản ánh, kiến nghị",
  voice: "Nói điều chưa đúng hay điều nên làm khác. Bạn nhận một mã để xem câu trả lời.",
  voiceButton: "Gửi phản ánh, kiến nghị",
  officialsTitle: "Cán bộ chứng thực",
  officials: "Tiếp nhận, đối chiếu, ký, đóng dấu và tra sổ chứng thực.",
  signIn: "Đăng nhập",
} as const satisfies Record<string, string>;

export type HomeWord = keyof typeof homeVi;
