import type { ProblemCode } from "../problem.ts";

/** First sentence: what happened. The rest: what to do next. `{name}` is filled from the failure's data. */
export const failuresVi: Record<ProblemCode, string> = {
  wrong_password: "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi nhập lại.",
  throttled: "Đã thử quá nhiều lần. Hãy đợi {wait} rồi thử lại.",
  not_signed_in: "Bạn chưa đăng nhập hoặc phiên làm việc đã hết. Hãy đăng nhập rồi làm lại.",
  not_allowed:
    "Việc này không thuộc phần việc của bạn. Hãy nhờ người được giao việc, hoặc hỏi người quản trị của cơ quan.",
  csrf_missing: "Yêu cầu không đến từ trang đang mở. Hãy tải lại trang rồi làm lại.",

  malformed_request: "Thông tin gửi lên thiếu hoặc chưa đúng dạng. Hãy kiểm tra lại các ô rồi gửi lại.",
  body_too_large:
    "Tệp hoặc nội dung gửi lên quá lớn. Giới hạn là {limitBytes} byte; hãy quét với độ phân giải thấp hơn hoặc chia thành nhiều tệp.",
  not_found: "Không có trang hoặc hồ sơ này. Hãy kiểm tra lại địa chỉ.",

  upload_refused:
    "Không nhận được tệp này. Hãy gửi tệp JPEG, PNG, TIFF, WebP hoặc PDF còn nguyên vẹn, không đặt mật khẩu.",
  upload_cut: "Tệp chưa gửi xong thì đường truyền bị ngắt. Hãy gửi lại tệp.",
  storage_full: "Máy chủ hết chỗ chứa, tệp chưa được lưu. Hãy báo người quản trị hệ thống rồi gửi lại sau.",
  reading_failed: "Không đọc được bản quét. Hãy quét lại rồi gửi lại.",

  deadline_moved: "Lịch hẹn vừa được người khác thay đổi. Hãy xem lịch hẹn mới rồi quyết định lại.",
  wrong_stage: "Hồ sơ chưa tới hoặc đã qua bước này. Hãy tải lại hồ sơ để xem bước tiếp theo.",
  page_not_found: "Hồ sơ không có trang {page}. Hãy tải lại hồ sơ rồi chọn lại trang.",
  words_waiting: "Máy còn đang đọc chữ của các trang. Hãy thử lại sau ít giây.",
  page_changed: "Trang {page} đã được quét lại sau khi bạn xem. Hãy đối chiếu trang mới rồi xác nhận lại.",
  rule_broken: "Việc này chưa đúng quy định về chứng thực. {rule}",
  pages_differ:
    "Bản chính khai {declared} trang nhưng đã quét {scanned} trang. Hãy quét trang còn thiếu hoặc sửa số trang đã khai.",
  pages_unconfirmed: "Còn trang chưa đối chiếu: {pages}. Hãy đối chiếu từng trang với bản chính rồi xác nhận.",
  pages_coarse: "Trang quét dưới 200 dpi: {pages}. Hãy quét lại rõ hơn; nếu không thể, ghi lý do, từ 10 đến 500 ký tự.",

  clock_behind:
    "Số này đã được cấp trong năm sau năm mà đồng hồ của hệ thống đang chỉ, nên đồng hồ bị sai. Hãy báo người vận hành hệ thống và làm lại khi đồng hồ đã đúng.",
  no_open_book: "Cơ quan chưa mở sổ chứng thực của năm nay. Hãy nhờ người quản trị mở sổ rồi làm lại.",
  several_open_books: "Cơ quan đang mở nhiều sổ cùng loại. Hãy chọn sổ để cấp số.",
  book_name_over: "Tên sổ của cơ quan vừa được đổi. Hãy tải lại trang rồi mở sổ theo tên mới.",
  no_registered_certificate:
    "Chưa có chứng thư chữ ký số nào được đăng ký cho người ký hoặc cơ quan. Hãy nhờ người quản trị đăng ký chứng thư còn hiệu lực.",
  mandate_missing:
    "Chưa có văn bản giao thẩm quyền ký chứng thực cho bạn tại cơ quan này. Hãy nhờ người quản trị nhập văn bản ủy quyền hoặc phân công, hoặc chuyển người có thẩm quyền ký.",
  mandate_not_begun:
    "Thẩm quyền ký theo {deed} chưa bắt đầu. Thẩm quyền có hiệu lực từ ngày {from}; từ nay đến ngày đó hãy chuyển người có thẩm quyền ký.",
  mandate_over:
    "Thẩm quyền ký theo {deed} đã hết. Hết hiệu lực ngày {since}; hãy nhờ người quản trị nhập văn bản mới, hoặc chuyển người có thẩm quyền ký.",
  mandate_scope:
    "Thẩm quyền ký theo {deed} không gồm việc này. Hãy chuyển người được giao ký loại giấy tờ này, hoặc xin văn bản có phạm vi đủ rộng.",
  signer_away:
    "Bạn đang được ghi là vắng mặt đến {until}. Người thay ký bằng khóa của mình; nếu bạn đã trở lại, hãy nhờ người quản trị ghi nhận rồi ký.",
  comparer_signs:
    "Bạn đã đối chiếu hồ sơ này, nên không được tự ký. Hãy chuyển người ký khác; cơ quan ít người có thể cho phép bằng văn bản, người quản trị ghi ở mục Cơ quan.",
  wrong_pin: "Mã PIN của khóa ký chưa đúng. Hãy nhập lại; nhập sai nhiều lần có thể làm khóa thiết bị.",
  pin_last_try:
    "Mã PIN chưa đúng và thiết bị chỉ còn một lần thử. Hãy xem lại PIN thật kỹ; nhập sai lần nữa thiết bị sẽ khóa.",
  pin_locked: "Thiết bị đã khóa PIN vì nhập sai nhiều lần. Hãy mang thiết bị đến nơi cấp chứng thư để mở khóa.",
  key_unavailable:
    "Chưa dùng được thiết bị hoặc dịch vụ giữ khóa ký ({reason}). Hãy kiểm tra thiết bị đã cắm chắc, rồi thử lại.",
  key_elsewhere:
    "Khóa ký nằm trên thiết bị USB ở máy của người ký. Hãy cắm thiết bị, mở chương trình ký trên máy đó rồi ký từ trang này.",
  certificate_revoked: "Chứng thư chữ ký số đã bị thu hồi. Hãy ngừng dùng khóa này và liên hệ nơi cấp chứng thư.",
  revocation_unavailable: "Chưa kiểm tra được chứng thư chữ ký số còn hiệu lực hay không. Hãy thử lại sau ít phút.",
  same_person: "Người ký chứng thực và người đóng dấu cơ quan phải là hai người khác nhau. Hãy nhờ văn thư đóng dấu.",
  printed_date_passed: "Ngày in trên bản sao đã qua. Hãy lập lại bản sao để in ngày hôm nay rồi ký lại.",
  timestamp_unavailable: "Chưa lấy được dấu thời gian. Hồ sơ đã được giữ lại; hãy thử lại sau ít phút.",
  act_under_way: "Các bản của số này đang được ký hoặc đóng dấu. Hãy xem tiến độ, không cần nhập lại PIN.",
  act_cut: "Việc ký các bản đã bị ngắt giữa chừng. Những bản đã xong vẫn giữ nguyên; hãy nhập PIN để làm tiếp.",
  key_elsewhere_for_copies:
    "Dịch vụ ký hỏi trên trang riêng nên mỗi lần chỉ ký được một bản. Hồ sơ nhiều bản hãy ký bằng thiết bị ký cắm ở máy, khóa lưu ở máy chủ, hoặc tách thành hồ sơ một bản.",
  seed_value_unmet:
    "Ô chữ ký đặt điều kiện mà chữ ký ở đây không đáp ứng được (người tạo ô đã đặt). Hãy xin lại tệp không có điều kiện đó, hoặc ký vào ô khác.",
  signing_failed: "Chưa ký được. Hồ sơ đã được giữ lại; hãy kiểm tra thiết bị ký rồi thử lại.",
  examination_failed:
    "Tệp vừa ký không qua được bước tự kiểm tra nên chưa được phát hành. Hãy báo người quản trị hệ thống.",

  fee_settled: "Hồ sơ này không còn phí phải thu. Hãy tải lại trang để xem các khoản đã thu.",
  fee_too_much:
    "Số tiền lớn hơn phí còn phải thu ({outstandingDong} đồng). Hãy ghi đúng số thu phí và trả lại phần thừa.",
  fee_unpaid:
    "Phí chưa nộp đủ, còn {outstandingDong} đồng. Hãy thu phí rồi trao kết quả; cơ quan quy định trả kết quả sau khi nộp phí.",
  fee_reversed_by_same:
    "Người đã ghi hoặc đã miễn một khoản không tự hủy hay tự trả lại khoản đó. Hãy nhờ đồng nghiệp hoặc lãnh đạo.",
  fee_too_much_back:
    "Số tiền lớn hơn phần trả lại được của biên lai này ({mostDong} đồng). Hãy ghi đúng số đã trả lại.",
  fee_given_back:
    "Một phần của khoản này đã được trả lại nên không hủy được nữa. Ghi nhầm thì bỏ khoản trả lại trước, rồi hủy.",
  exemption_over: "Quy định miễn, giảm này không áp dụng cho ngày nộp hồ sơ. Hãy chọn quy định khác hoặc thu đủ phí.",
  exemption_own: "Người đã nhập quy định miễn, giảm không tự áp dụng quy định đó. Hãy nhờ người tiếp nhận khác.",
  line_decided: "Người khác vừa xử lý khoản tiền này. Hãy xem lại rồi quyết định.",
  line_alike:
    "Khoản này giống một khoản đã ghi thu từ sao kê khác. Nếu đúng là hai lần chuyển, hãy đánh dấu xác nhận rồi ghi thu.",
  fee_waived_before: "Hồ sơ này đã được miễn, giảm phí. Hãy tải lại trang để xem.",
  period_not_over: "Kỳ này chưa hết nên chưa in để ký được. Hãy quay lại sau ngày cuối của kỳ.",
  period_empty: "Kỳ này không có số chứng thực nào. Hãy chọn kỳ khác.",
  numbers_in_progress: "Trong kỳ còn {count} số chưa ký xong. Hãy ký xong hoặc bỏ các số đó rồi ký bản in.",
  month_unsigned: "Bản in tháng {month} chưa được ký. Hãy ký bản in các tháng có số trước khi khóa sổ năm.",
  line_changed: "Sổ vừa được sửa hoặc vừa được ký trong lúc Ông/Bà đang xem. Hãy xem lại rồi làm lại.",

  already_annulled: "Bản sao này đã có quyết định rồi; quyết định đã ghi không sửa được. Hãy mở trang hồ sơ để xem.",
  successor_unknown:
    "Không có bản sao đã cấp nào mang số này trong sổ của cơ quan. Hãy kiểm tra số và năm của bản thay thế.",

  link_unknown:
    "Đường dẫn này không đúng hoặc đã hết hạn. Hãy kiểm tra lại, hoặc đến nơi đã chứng thực để được cấp đường dẫn mới.",
  link_ended:
    "Liên kết này đã được chấm dứt, theo yêu cầu của người giữ. Muốn có liên kết mới, hãy mang giấy tờ tùy thân đến nơi đã nộp hồ sơ; tình trạng hồ sơ vẫn tra cứu được bằng mã trên giấy tiếp nhận.",
  wrong_digits:
    "Bốn số chưa khớp. Hãy nhập lại bốn số cuối của giấy tờ tùy thân đã dùng khi nộp hồ sơ, hoặc bốn số đã tự chọn khi đó.",
  not_released: "Bản sao hay thông báo chưa sẵn sàng. Hãy quay lại sau hoặc hỏi nơi tiếp nhận hồ sơ.",
  erased:
    "Nội dung này đã được xóa. Thời hạn lưu giữ đã hết hoặc người yêu cầu đã đề nghị xóa. Dòng trong sổ chứng thực và việc kiểm tra bản sao không bị ảnh hưởng.",
  restricted:
    "Người có giấy tờ đã yêu cầu hạn chế xử lý, nên cán bộ không xem được nội dung. Chính người đó bỏ hạn chế ở trang dữ liệu của mình. Sổ chứng thực và việc kiểm tra bản sao không bị ảnh hưởng.",

  grant_unknown: "Liên kết này không mở được gì. Hãy kiểm tra lại, hoặc xin người gửi một liên kết mới.",
  grant_expired: "Liên kết này đã hết hạn. Hãy xin người gửi một liên kết mới.",
  grant_revoked: "Người gửi đã thu hồi liên kết này. Hãy xin người gửi một liên kết mới.",
  grant_exhausted: "Liên kết này đã dùng hết số lần mở. Hãy xin người gửi một liên kết mới.",
  copy_without_value: "Bản sao này không còn giá trị pháp lý. Hãy xin người gửi một bản sao khác.",
  other_recipient: "Liên kết này dành cho nơi nhận khác. Hãy xin người gửi một liên kết cho đúng cơ quan của bạn.",
  grant_made_before:
    "Liên kết này đã được tạo rồi và chỉ hiện một lần. Nếu chưa kịp lưu, hãy thu hồi nó rồi tạo liên kết mới.",
  on_paper_only: "Giấy tờ này chỉ lấy bản giấy. Hãy ký tay và đóng dấu, từ trang Bản sao giấy.",
  no_paper_wanted: "Không có bản sao giấy nào được yêu cầu. Nếu cần, hãy thêm giấy tờ này với số bản giấy.",
  line_of_another:
    "Số này do người khác lấy, và có thể đã ký tay. Người đó in lại theo ngày mới; hoặc bỏ số với lý do, rồi lấy số mới.",
  box_full:
    "Hôm nay cơ quan đã nhận quá nhiều ý kiến không kèm hồ sơ. Hãy gửi lại ngày mai, nói tại quầy, hoặc gửi từ liên kết riêng của hồ sơ.",
  submission_over: "Giấy tờ đầu tiên được nộp từ ngày khác. Hãy tiếp nhận giấy tờ này thành hồ sơ mới.",
  too_many_papers: "Một hồ sơ nhận {most} giấy tờ. Hãy tiếp nhận các giấy tờ còn lại thành hồ sơ mới.",
  too_many_grants: "Đã có {most} liên kết đang mở cho bản sao này. Hãy thu hồi bớt rồi tạo liên kết mới.",
  not_proven: "Phiên làm việc của bạn đã hết hoặc chưa bắt đầu. Hãy mở lại liên kết và xác nhận lại.",
  wrong_code: "Mã chưa đúng. Hãy xem lại thư mới nhất rồi nhập sáu chữ số.",
  code_over: "Mã này không dùng được nữa vì quá 10 phút hoặc đã nhập sai 5 lần. Hãy xin mã mới.",
  wrong_number: "Không có nơi nào đang chờ với số này. Hãy hỏi lại số đang hiện trên màn hình của cán bộ.",
  mail_unavailable: "Dịch vụ này chưa gửi được thư. Hãy xác nhận tại quầy cùng người gửi, hoặc thử lại sau.",

  development_only: "Việc này chỉ làm được trên kho dữ liệu thử nghiệm. Hãy dùng một bản cài đặt thử nghiệm.",
  key_missing: "Yêu cầu không kèm khóa. Hãy gửi khóa trong Authorization: Bearer.",
  key_unknown: "Khóa không đúng. Hãy kiểm tra khóa, hoặc hỏi cơ quan đã cấp.",
  key_expired: "Khóa đã hết hạn. Hãy dùng khóa mới, hoặc xin cơ quan đã cấp.",
  key_revoked: "Khóa đã bị thu hồi. Hãy dùng khóa mới, hoặc hỏi cơ quan đã cấp.",
  recipient_inactive: "Nơi nhận này đang ngừng hoạt động. Hãy hỏi cơ quan đã đăng ký.",
  scope_missing: "Khóa này không được làm việc đó. Hãy xin khóa có phạm vi “{scope}”.",
  idempotency_mismatch: "Idempotency-Key này đã dùng cho nội dung khác. Hãy dùng khóa khác cho nội dung mới.",
  batches_waiting:
    "Còn quá nhiều lô chưa xong. Mỗi nơi nhận có nhiều nhất {most} lô cùng lúc; hãy đợi một lô xong rồi gửi tiếp.",
  webhook_address_refused:
    "Không gửi tin báo tới địa chỉ này được. Hãy dùng địa chỉ https công khai, không kèm tên, mật khẩu hay dấu #.",
  endpoints_full: "Đã đủ số địa chỉ nhận tin báo. Mỗi nơi nhận có nhiều nhất {most}; hãy bỏ một địa chỉ trước.",

  unexpected:
    "Hệ thống gặp lỗi và chưa làm được việc này. Hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị kèm mã yêu cầu.",
  service_unavailable:
    "Hệ thống tạm thời chưa phục vụ được. Hãy thử lại sau ít phút; việc đã xác nhận trước đó vẫn còn nguyên.",
};
