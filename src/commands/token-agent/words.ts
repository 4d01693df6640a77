import type { Pkcs11Failure } from "../../../signing/keys/pkcs11-failure.ts";

/** Vietnamese, then English: the agent speaks both at once, as it does not know who sits there. */
export type BothWords = readonly [vi: string, en: string];

export const agentWords = {
  title: ["Chương trình ký bằng USB Token", "Token agent"],
  site: ["Chỉ nhận yêu cầu từ", "Takes requests only from"],
  found: ["Thiết bị đang cắm", "Plugged in"],
  none: [
    "Chương trình đang chạy nhưng chưa thấy token nào. Hãy cắm USB Token, chờ đèn sáng rồi tải lại trang này.",
    "The agent runs but sees no token. Plug the USB token in, wait for its light, and reload this page.",
  ],
  ready: [
    "Mọi thứ sẵn sàng. Hãy quay lại trang ký và bấm ký.",
    "Everything is ready. Go back to the signing page and sign.",
  ],
  pinFew: ["PIN chỉ còn ít lần thử.", "Few PIN tries are left."],
  pinOne: ["PIN chỉ còn một lần thử.", "One PIN try is left."],
  pinLocked: ["PIN đã khóa.", "The PIN is locked."],
  confirmTitle: ["Ký những gì dưới đây?", "Sign what is listed below?"],
  asks: ["Trang yêu cầu", "Asked by"],
  signer: ["Chứng thư", "Certificate"],
  number: ["Số chứng thực", "Number"],
  digest: ["Giá trị băm", "Digest"],
  count: ["Tổng số chữ ký", "Signatures in all"],
  copies: ["Số bản", "Copies"],
  copy: ["Bản", "Copy"],
  digests: ["Giá trị băm của từng bản", "Digest of each copy"],
  signing: ["Đang ký", "Signing"],
  broken: ["Đã dừng giữa chừng", "Stopped on the way"],
  signedSoFar: ["Đã ký", "Signed"],
  leavePlugged: [
    "Hãy để nguyên token cho đến khi ký xong và giữ trang chứng thực mở. Không phải nhập lại PIN.",
    "Leave the token plugged in until it is done, and the certification page open. No further PIN is needed.",
  ],
  brokenNext: [
    "Những bản đã ký vẫn giữ nguyên. Hãy quay lại trang chứng thực và bấm ký để làm tiếp phần còn lại.",
    "What was signed stands. Go back to the certification page and sign again: it goes on with the rest.",
  ],
  pin: ["Mã PIN của token", "PIN of the token"],
  pinHint: [
    "Chỉ nhập PIN ở trang này, không nhập ở nơi khác. PIN không rời khỏi máy này.",
    "Type the PIN on this page only, nowhere else. It does not leave this computer.",
  ],
  sign: ["Ký", "Sign"],
  refuse: ["Không ký", "Do not sign"],
  signed: ["Đã ký. Hãy quay lại trang chứng thực.", "Signed. Go back to the certification page."],
  refused: ["Bạn đã không ký. Không có gì được gửi đi.", "You did not sign. Nothing was sent."],
  gone: ["Yêu cầu này đã xong hoặc đã quá hạn.", "This request is done, or too old."],
} as const satisfies Record<string, BothWords>;

/** What happened and what to do, for each way in which a token can fail. */
export const tokenWords: Record<Pkcs11Failure["code"], BothWords> = {
  binding_missing: [
    "Thiếu phần kết nối với token (pkcs11js). Hãy cài lại chương trình trên máy có trình biên dịch.",
    "The part that talks to tokens (pkcs11js) is missing. Install again on a machine with a compiler.",
  ],
  module_missing: [
    "Không mở được thư viện của hãng token. Hãy cài phần mềm của hãng và kiểm tra đường dẫn sau --module.",
    "The vendor's library cannot be opened. Install the vendor's software and check the path after --module.",
  ],
  token_absent: [
    "Không thấy token có đúng chứng thư này. Hãy cắm đúng token của người ký.",
    "No token with this certificate is plugged in. Plug in the signer's own token.",
  ],
  wrong_pin: [
    "Mã PIN chưa đúng. Hãy nhập lại cẩn thận; nhập sai nhiều lần token sẽ khóa.",
    "The PIN does not fit. Enter it again with care; too many wrong tries lock the token.",
  ],
  pin_locked: [
    "Token đã khóa PIN. Hãy mang token đến nơi cấp để mở khóa.",
    "The token has locked its PIN. Take it to the authority that issued it.",
  ],
  pin_to_be_set: [
    "PIN của token phải được đặt hoặc đổi bằng phần mềm của hãng trước.",
    "The token's PIN must first be set or changed with the vendor's software.",
  ],
  key_absent: [
    "Token có chứng thư nhưng không có khóa đi cùng. Hãy liên hệ nơi cấp.",
    "The token has the certificate but not its key. Contact the authority that issued it.",
  ],
  token_removed: [
    "Token đã bị rút ra. Hãy cắm lại rồi ký lại.",
    "The token was pulled out. Plug it in and sign again.",
  ],
  device_timed_out: [
    "Token không trả lời. Hãy rút ra, cắm lại rồi ký lại.",
    "The token does not answer. Unplug it, plug it in and sign again.",
  ],
  device_failed: [
    "Token báo lỗi. Hãy rút ra, cắm lại; nếu vẫn lỗi hãy hỏi nơi cấp.",
    "The token reports an error. Unplug it and plug it in; if it stays so, ask the authority that issued it.",
  ],
};
