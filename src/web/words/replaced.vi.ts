/** Which copy stands in the place of another one. ADR 0092 */
export const replacedVi = {
  recordSuperseded: "Bản sao này đã được thay bằng bản sao khác.",
  recordSupersededNext: "Hãy yêu cầu người nộp đưa bản sao mới nhất.",
  recordSupersededBy:
    "Theo Quyết định số {number} ngày {date} của {by}. Lý do: {reason} Hãy yêu cầu người nộp đưa bản sao mới nhất.",
  answerSuperseded: "Tệp này là bản sao đã được thay bằng bản khác.",
  answerSupersededNext: "Hãy yêu cầu người nộp đưa bản sao mới nhất.",
  recordReplaced: "Bản sao này đã được thay bằng bản số {newNumber}, quyển {newBook}, chứng thực ngày {newDate}.",
  recordReplacedNext:
    "Theo Quyết định số {number} ngày {date} của {by}. Lý do: {reason} Hãy yêu cầu người nộp đưa bản đó.",
  annulledReplaced: "Bản đứng vào chỗ của bản này: số {newNumber}, quyển {newBook}, chứng thực ngày {newDate}.",
  successorUnread:
    "Hiện chưa đọc được có bản nào đứng vào chỗ của bản này hay không. Hãy mở lại trang này sau ít phút.",
  answerReplaced:
    "Tệp này là bản sao đã được thay bằng bản số {newNumber}, quyển {newBook}, chứng thực ngày {newDate}.",
  answerReplacedNext: "Hãy yêu cầu người nộp đưa bản đó.",
};
