/** Words about the token agent at the signer's own computer; `agent_…` are the states that the script shows. */
export const agentVi = {
  agentTitle: "Ký bằng USB Token ở máy này",
  agentLead:
    "Khóa nằm trên token của bạn. Chương trình ký trên máy này sẽ cho xem lại rồi hỏi PIN; PIN không gửi lên hệ thống.",
  agentPairing: "Mã ghép nối",
  agentPairingHint: "Chương trình ký hiện mã này khi khởi động. Chỉ nhập một lần trên máy này.",
  agentSign: "Ký bằng token",
  agentCount: "Đã làm được",
  agentCheck: "Kiểm tra chương trình ký",
  agentOpen: "Mở trang xác nhận để xem lại và nhập PIN",
  agentNoScript: "Ký bằng token cần bật JavaScript cho trang này.",
  agentPageTitle: "Kiểm tra chương trình ký bằng USB Token",
  agentPageLead:
    "Chương trình ký chạy trên chính máy của người ký: npx chungthuc token-agent. Trang này nói nó có trả lời không, và nếu không thì vì sao.",
  agentPageOpen: "Mở trang của chương trình ký trên máy này",
  agent_working: "Đang làm việc với chương trình ký…",
  agent_ready: "Chương trình ký và token đã sẵn sàng.",
  agent_waiting: "Đang chờ bạn xác nhận ở trang của chương trình ký.",
  agent_signing: "Token đang ký. Hãy giữ trang này mở và để nguyên token; không phải nhập lại PIN.",
  agent_done: "Đã ký xong.",
  agent_broken:
    "Token dừng giữa chừng. Những bản đã ký vẫn giữ nguyên; hãy cắm lại token rồi bấm ký để làm tiếp phần còn lại.",
  agent_old: "Chương trình ký trên máy này là bản cũ, chưa ký được nhiều bản một lần. Hãy cập nhật rồi thử lại.",
  agent_many: "Chọn quá nhiều: một lần nhập PIN ký tối đa 1.200 bản. Hãy bỏ bớt rồi ký tiếp phần còn lại sau.",
  agent_unreachable:
    "Không gặp được chương trình ký trên máy này. Hãy mở chương trình, kiểm tra phần mềm diệt virus không chặn, rồi thử lại.",
  agent_origin_refused:
    "Chương trình ký đang phục vụ một trang khác. Hãy khởi động lại nó với địa chỉ của trang này sau --origin.",
  agent_pairing_wrong: "Mã ghép nối chưa đúng. Hãy nhập đúng mã mà chương trình ký đang hiện.",
  agent_binding_missing: "Chương trình ký thiếu phần kết nối với token. Hãy cài lại chương trình trên máy này.",
  agent_module_missing:
    "Chương trình ký không mở được thư viện của hãng token. Hãy cài phần mềm của hãng rồi kiểm tra --module.",
  agent_token_absent: "Chưa thấy token. Hãy cắm token, chờ đèn sáng rồi thử lại.",
  agent_refused: "Bạn đã chọn không ký. Không có gì được gửi đi.",
  agent_none: "Hãy chọn ít nhất một hồ sơ.",
  agent_failed: "Chưa ký được. Hồ sơ vẫn được giữ; hãy xem lý do dưới đây rồi thử lại.",
  agent_other:
    "Token hoặc chương trình ký báo lỗi. Hãy rút token, cắm lại rồi thử lại; nếu vẫn lỗi, mở trang của chương trình ký để xem lý do.",
} as const satisfies Record<string, string>;

export type AgentWord = keyof typeof agentVi;
