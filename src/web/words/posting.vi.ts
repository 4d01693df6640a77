/** What an agency posts: hours, procedure, fees. NĐ 23/2015 Art. 10. */
export const postingVi = {
  title: "Lịch làm việc, thủ tục và phí chứng thực",
  lead: "Niêm yết theo Điều 10 Nghị định 23/2015/NĐ-CP: chứng thực bản sao từ bản chính.",
  chooseTitle: "Lịch làm việc, thủ tục và phí",
  chooseLead: "Chọn cơ quan nơi bạn đến chứng thực.",
  choose: "Cơ quan",
  chooseButton: "Xem",
  chooseFault: "Hãy chọn một cơ quan trong danh sách.",
  none: "Chưa có cơ quan nào.",
  paper: "Mở bản in A4 (PDF)",
  hours: "Giờ làm việc",
  hoursWeek: "Thứ Hai đến thứ Sáu: {hours}",
  hoursSaturday: "Thứ Bảy: {hours}",
  hoursNoSaturday: "Thứ Bảy, Chủ nhật, ngày lễ, Tết: nghỉ, trừ ngày làm bù.",
  hoursSunday: "Chủ nhật, ngày lễ, Tết: nghỉ, trừ ngày làm bù.",
  place: "Nơi tiếp nhận: {name}, {place}",
  procedure: "Thủ tục hành chính",
  procedure_vietnamese: "{code}: bản chính do cơ quan, tổ chức có thẩm quyền của Việt Nam cấp.",
  procedure_foreign:
    "{code}: bản chính do cơ quan, tổ chức nước ngoài cấp, hoặc cấp chung với cơ quan, tổ chức Việt Nam.",
  who: "Ai được yêu cầu",
  whoText: "Mọi người, ở bất cứ nơi nào; không hỏi nơi cư trú (Điều 5 Nghị định 23/2015/NĐ-CP).",
  bring: "Mang theo",
  bringOriginal: "Bản chính của giấy tờ, để đối chiếu; được trả lại ngay.",
  bringIdentity:
    "Không bắt buộc: giấy tờ tùy thân hoặc căn cước điện tử, để lấy bốn số cuối mở liên kết; không mang thì tự chọn bốn số.",
  bringVneid: "Giấy tờ đã có trên VNeID thì không phải nộp, xuất trình lại khi đã cho xem thông tin trên VNeID.",
  steps: "Các bước",
  step1: "Xuất trình bản chính, nhận giấy tiếp nhận ghi giờ, ngày trả kết quả và liên kết riêng.",
  step2: "Cán bộ quét và đối chiếu từng trang với bản chính.",
  step3: "Người thực hiện chứng thực ký số, rồi văn thư đóng dấu số của cơ quan; ghi vào sổ chứng thực.",
  step4:
    "Tải bản sao bằng liên kết riêng và bốn số (cuối của giấy tờ tùy thân, hoặc tự chọn), hoặc nhận bản giấy tại quầy.",
  terms: "Thời hạn",
  termSame: "Nhận đến {cutOff} ngày làm việc: trả kết quả trong ngày. Sau {cutOff}: trong ngày làm việc tiếp theo.",
  termMore:
    "Nhiều loại bản chính, nhiều trang, nhiều bản, nội dung khó đối chiếu: thêm không quá {days} ngày làm việc, hoặc lâu hơn khi có thỏa thuận bằng văn bản; có phiếu hẹn ghi giờ, ngày.",
  fees: "Phí (Thông tư 226/2016/TT-BTC)",
  feesText:
    "{first} đồng một trang cho hai trang đầu; từ trang thứ ba {further} đồng một trang; không quá {most} đồng một bản. Trang tính theo bản chính.",
  feesTable: "Ví dụ phí một bản",
  pages: "Số trang của bản chính",
  dong: "Phí một bản (đồng)",
  mostPages: "{pages} trở lên",
  refusal: "Không chứng thực khi",
  refusalNote: "Từ chối thì trả lời bằng văn bản, nêu rõ lý do.",
  voice: "Phản ánh, kiến nghị",
  voiceText:
    "Gửi tại {address}, hoặc đến gặp người đứng đầu cơ quan. Trả lời trong {days} ngày làm việc; xem câu trả lời bằng mã được cấp.",
  check: "Nơi nhận kiểm tra bản sao",
  checkText:
    "Quét mã QR trên bản sao, hoặc gửi tệp PDF tại {address}; không cần tài khoản. Nơi nhận bản sao không được đòi xem bản chính, trừ khi có căn cứ cho rằng bản sao giả mạo, bất hợp pháp (khoản 2 Điều 6 Nghị định 23/2015/NĐ-CP).",
} as const satisfies Record<string, string>;

export type PostingWord = keyof typeof postingVi;
