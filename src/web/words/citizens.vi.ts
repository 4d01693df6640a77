export const citizensVi = {
  title: "Hồ sơ của bạn",
  paper: "Giấy tờ",
  agency: "Nơi tiếp nhận",
  openedAt: "Nộp lúc",
  dueAt: "Hẹn trả trước",
  factsTitle: "Hồ sơ",
  stepsTitle: "Hồ sơ đang ở đâu",
  stepReceive: "Tiếp nhận bản chính và bản quét",
  stepCompare: "Đối chiếu từng trang với bản chính",
  stepSign: "Người thực hiện chứng thực ký",
  stepSeal: "Cơ quan đóng dấu và ghi vào nhật ký công khai",
  stepRelease: "Bản sao sẵn sàng để tải",

  underWay: "Đang làm",
  ready: "Đã xong",
  refused: "Đã từ chối",
  ended: "Đã kết thúc",
  lostValue: "Hết giá trị",
  replaced: "Đã thay thế",
  numberGivenUp: "Đã bỏ số",
  sayUnderWay: "Hồ sơ của bạn đang được xử lý.",
  nextToPay: "Phí còn phải nộp ghi ngay bên dưới. Hãy giữ liên kết này để mở lại khi cần.",
  nextUnderWay: "Bạn chưa cần làm gì. Hãy giữ liên kết này để mở lại khi cần.",
  sayReady: "Bản sao chứng thực của bạn đã sẵn sàng.",
  nextReady: "Hãy tải bản sao ở dưới, rồi gửi tệp hoặc liên kết kiểm tra cho nơi cần.",
  sayErased: "Bản sao lưu ở đây đã được xóa.",
  nextErased:
    "Đã hết thời hạn lưu giữ hoặc bạn đã yêu cầu xóa, nên không tải lại được. Bản sao bạn đang giữ vẫn có giá trị và vẫn kiểm tra được qua liên kết ở dưới.",
  sayRefused: "Hồ sơ không được chứng thực.",
  nextRefused:
    "Người có thẩm quyền đang ký thông báo nêu rõ lý do. Hãy mở lại trang này sau để tải, hoặc hỏi nơi tiếp nhận.",
  nextNotice: "Hãy tải thông báo ở dưới: trong đó có lý do, và cách khiếu nại nếu bạn không đồng ý.",
  sayAnnulled: "Bản sao này không còn giá trị pháp lý.",
  saySuperseded: "Bản sao này đã được thay bằng bản khác.",
  nextAnnulled: "Theo Quyết định số {number} ngày {date}. Lý do: {reason} Hãy hỏi {agency} để được chứng thực lại.",
  nextSuperseded:
    "Theo Quyết định số {number} ngày {date}. Lý do: {reason} Bản thay thế là số {newNumber}, quyển {newBook}: hãy hỏi {agency} để nhận.",
  sayVoided: "Số chứng thực của hồ sơ này đã bị bỏ trước khi đóng dấu.",
  nextVoided: "Hãy liên hệ nơi tiếp nhận để biết bước tiếp theo.",

  sayReused: "Hồ sơ này kết thúc mà không chứng thực lại: giấy tờ này đã có sẵn.",
  nextReused:
    "Bản sao đã có được trao lại qua liên kết khác ghi trên giấy bạn nhận ở quầy; hoặc giấy tờ có trong VNeID.",

  sayHandedOver: "Bản sao giấy của bạn đã được ký, đóng dấu và trao tại quầy.",
  nextHandedOver: "Hồ sơ này chỉ lấy bản giấy, nên không có tệp để tải.",
  sayWithdrawn: "Bạn đã rút giấy tờ này khỏi hồ sơ.",
  nextWithdrawn: "Không có gì được chứng thực. Muốn chứng thực, hãy mang bản chính đến nộp lại.",
  downloadTitle: "Tải bản sao",
  digits: "Bốn số cuối của giấy tờ tùy thân",
  digitsHint:
    "Giấy tờ bạn đã dùng khi nộp hồ sơ. Ví dụ số 001099123456 thì nhập 3456. Nếu không xuất trình thì nhập bốn số bạn đã chọn.",
  digitsFault: "Hãy nhập đúng bốn chữ số: bốn số cuối của giấy tờ tùy thân, hoặc bốn số bạn đã tự chọn.",
  copiesTitle: "Tải các bản sao",
  copiesButton: "Tải về",
  whichCopies: "Bản nào, từ 1 đến {count}",
  whichCopiesHint:
    "Để trống: tải tất cả {count} bản trong một tệp ZIP. Hoặc ghi một số, ví dụ 7, hay một khoảng, ví dụ 1-50.",
  whichCopiesHintSome:
    "Mỗi lần tải nhiều nhất {atOnce} bản trong một tệp ZIP. Ghi một số, ví dụ 7, hay một khoảng, ví dụ 1-50.",
  whichCopiesFault: "Hãy ghi một số hay một khoảng trong các bản có ở đây, ví dụ 7 hoặc 1-50.",
  downloadButton: "Tải tệp PDF",
  evidencePending:
    "Bằng chứng lâu dài đang được bổ sung vào tệp; điều này không làm giảm giá trị bản sao. Tải lại sau để có bản đầy đủ.",
  evidenceLasting: "Tệp đã có bằng chứng lâu dài: vẫn kiểm tra được sau khi các chứng thư số hết hạn.",
  downloadNote: "Tệp có hai chữ ký số. Đừng in ra PDF hay mở rồi lưu lại: chữ ký sẽ mất.",

  noticeTitle: "Tải thông báo từ chối",
  noticeButton: "Tải thông báo (PDF)",
  noticeNote: "Thông báo có chữ ký số của người thực hiện chứng thực. Đây không phải là bản sao được chứng thực.",

  handOnTitle: "Đưa cho nơi cần",
  handOn:
    "Ai có liên kết này đều kiểm tra được bản sao. Trang đó chỉ hiện thông tin đã che, không hiện nội dung giấy tờ.",
  handOnLink: "Liên kết kiểm tra",
  showQr: "Hiện mã QR toàn màn hình",
  qrPicture: "Mã QR dẫn tới trang kiểm tra bản sao",
  keepSecret: "Đừng gửi địa chỉ của chính trang này cho người khác: nó dành riêng cho bạn.",

  grantTitle: "Gửi cho một cơ quan",
  grantText: "Tạo liên kết mà chỉ một cơ quan mở được, cho một thủ tục; xem ai đã mở, thu hồi lúc nào cũng được.",
  grantButton: "Liên kết cho một thủ tục",

  checksTitle: "Bản sao đã được kiểm tra",
  checkedByLink: "đã kiểm tra lúc {time}, qua liên kết",
  checkedByFile: "đã kiểm tra lúc {time}, bằng tệp",
  checkedByKey: "đã kiểm tra lúc {time}, bằng chương trình của một nơi nhận",
  checksNone: "Chưa có ai kiểm tra bản sao này qua máy chủ của chúng tôi.",
  checksHint:
    "Chỉ lưu thời điểm và cách kiểm tra trong 90 ngày; không lưu ai đã kiểm tra. Lần mở liên kết của chính bạn cũng được tính; kiểm tra ngoại tuyến thì không.",

  voice: "Đánh giá, phản ánh, kiến nghị về hồ sơ này",
  otherWays: "Việc khác bạn có thể làm",
  ownData: "Ai đã xem giấy tờ, và quyền của bạn đối với dữ liệu",

  qrTitle: "Quét để kiểm tra bản sao",
  qrBack: "Quay lại hồ sơ",
  lost: "Mất liên kết hoặc có thắc mắc? Hãy mang giấy tờ tùy thân đến {agency}.",
} as const satisfies Record<string, string>;

export type CitizensWord = keyof typeof citizensVi;
