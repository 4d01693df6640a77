export const handoverVi = {
  title: "Nộp bản sao cho {name}",
  lead: "Không cần giấy, không cần tài khoản. Cơ quan nhận bản sao có chứng thực của bạn và bạn thấy mỗi lần họ mở.",
  scanTitle: "Có giấy tiếp nhận trong tay? Hãy quét tiếp mã QR trên giấy tiếp nhận",
  scanText:
    "Trang hồ sơ của bạn mở ra và có sẵn mục nộp cho cơ quan này, trong 30 phút kể từ bây giờ. Không phải chép gì.",
  counterTitle: "Nộp cho {name}",
  counterText: "Bạn vừa quét mã tại quầy của cơ quan này. Nhập bốn số của hồ sơ để chọn bản sao và nộp.",
  links: "Liên kết riêng của bạn",
  linksHint:
    "Cách khác, khi không quét được: chép liên kết trên giấy tiếp nhận vào đây, dạng {example}. Mỗi liên kết một dòng, tối đa 10.",
  endedFault:
    "Có liên kết đã được chấm dứt, theo yêu cầu của người giữ. Hãy bỏ dòng đó, hoặc mang giấy tờ tùy thân đến nơi đã nộp hồ sơ để được cấp liên kết mới.",
  linksFault: "Có liên kết không đúng, hoặc cơ quan này chưa đăng ký với nơi đã chứng thực. Hãy kiểm tra từng dòng.",
  digits: "Bốn số cuối của giấy tờ tùy thân",
  digitsHint: "Giấy tờ bạn đã dùng khi xin chứng thực. Nếu không xuất trình thì nhập bốn số bạn đã chọn.",
  digitsFault: "Hãy nhập đúng bốn chữ số: bốn số cuối của giấy tờ tùy thân, hoặc bốn số bạn đã tự chọn.",
  next: "Chọn bản sao để nộp",
  chooseTitle: "Chọn bản sao để nộp",
  chooseLead: "Những bản sao được chọn sẽ nộp cho {name}.",
  copies: "Bản sao",
  copiesFault: "Hãy chọn ít nhất một bản sao.",
  copyOf: "{kind}, số {number} ngày {date}",
  procedure: "Dùng để làm gì",
  procedureHint: "Tên hoặc mã thủ tục, ví dụ: nhập học lớp 10.",
  procedureFault: "Hãy viết thủ tục sẽ dùng các bản sao này.",
  submit: "Nộp cho {name}",
  terms: "Cơ quan mở được trong 30 ngày, tối đa 10 lần mỗi bản sao. Bạn thu hồi được lúc nào cũng được.",
  doneBadge: "Đã nộp",
  doneSays: "Bạn đã nộp {n} bản sao cho {name}.",
  doneNext:
    "Hãy báo cán bộ mở hộp nhận. Xem ai đã mở, hoặc thu hồi, ở trang hồ sơ của bạn, mục “Liên kết cho một thủ tục”.",
  receipt: "Biên nhận",
  at: "Lúc",
  for: "Để làm",
  basis: "Căn cứ",
  basisText:
    "Bạn đã cho phép, đúng nơi nhận và đúng thủ tục này; trách nhiệm kiểm tra của nơi nhận theo Điều 6 Nghị định 23/2015/NĐ-CP.",
  code: "Mã biên nhận",
} as const satisfies Record<string, string>;

export type HandoverWord = keyof typeof handoverVi;
