export const mailVi = {
  codeSubject: "Mã xác nhận của dịch vụ bản sao có chứng thực",
  codeText:
    "Kính gửi {name},\n\nMã xác nhận: {code}\n\nMã dùng được trong 10 phút, một lần. Chỉ nhập mã ở trang {address}.\nNếu cơ quan không xin mã này, hãy bỏ qua thư; không ai mở được gì khi chưa có mã.",
  handedSubject: "Có bản sao vừa được nộp tại quầy",
  handedText:
    "Kính gửi {name},\n\nMột người dân vừa nộp bản sao có chứng thực cho cơ quan. Hãy mở hộp nhận:\n\n{inbox}\n\nHộp nhận hỏi một mã gửi tới chính địa chỉ này.",
  annulledSubject: "Bản sao mà cơ quan đã nhận không còn hiệu lực",
  annulledText:
    "Kính gửi {name},\n\nCơ quan từng nhận bản sao có chứng thực số {number}, quyển {book}, của {agency}. Theo quyết định số {decision} ngày {day}, bản sao này {outcome}.\n\nHãy xem quyết định trong danh sách công khai và kiểm tra lại tệp đã nhận:\n\n{address}/annulled#{anchor}\n{address}/verify",
  outcomeNone: "không còn hiệu lực, không có bản thay thế",
  outcomeReplaced: "không còn hiệu lực; thay thế là bản số {newNumber}, quyển {newBook}",
} as const satisfies Record<string, string>;

export type MailWord = keyof typeof mailVi;
