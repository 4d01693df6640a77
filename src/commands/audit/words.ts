import type { Named } from "./audit-files.ts";

type Words = {
  /** what was done */
  readonly vi: string;
  readonly en: string;
  /** what to do now */
  readonly doVi: string;
  readonly doEn: string;
};

const keepAndTell = {
  doVi: "Giữ nguyên các tệp đã tải, báo cơ quan quản lý và các nhân chứng, không nhận thêm bản sao mới cho đến khi rõ.",
  doEn: "Keep the files as they are, tell the supervising authority and the witnesses, and take no new copies until it is explained.",
};
const askKeeper = {
  doVi: "Hỏi cơ quan giữ nhật ký; tải lại sau ít phút, nếu vẫn vậy thì báo cơ quan quản lý.",
  doEn: "Ask the log's keeper; read it again some minutes later, and if it stays so tell the supervising authority.",
};
const askAgency = {
  doVi: "Hỏi cơ quan chứng thực số này trong sổ giấy; không có giải thích thì báo cơ quan quản lý.",
  doEn: "Ask the agency for this number in its register; without an explanation tell the supervising authority.",
};
const pinRoot = {
  doVi: "Lấy lại khóa gốc từ nơi tin cậy và chạy lại với --root-key.",
  doEn: "Get the root key again from a place you trust, and run again with --root-key.",
};

/** Every cheat by name, for somebody who never heard of a Merkle tree. */
export const cheatWords: Readonly<Record<Named["code"], Words>> = {
  fork: {
    vi: "Rẽ nhánh: ký hai nội dung khác nhau cho cùng số mục",
    en: "Fork: two histories of one size are signed",
    ...keepAndTell,
  },
  rollback: {
    vi: "Lùi lại: công bố ít mục hơn đã từng ký",
    en: "Rollback: less is served than was signed before",
    ...askKeeper,
  },
  history_changed: {
    vi: "Chèn, sửa hoặc bỏ mục cũ sau khi đã ký",
    en: "Late insertion: older entries were added, changed or taken out after they were signed",
    ...keepAndTell,
  },
  number_missing: {
    vi: "Thiếu số: không có mục cấp hoặc bỏ số",
    en: "Number missing: neither issued nor voided in the log",
    ...askAgency,
  },
  number_late: {
    vi: "Số ghi muộn: vào nhật ký hơn ba ngày sau số lớn hơn",
    en: "Late number: logged more than three days after a higher one",
    ...askAgency,
  },
  number_twice: { vi: "Một số dùng hai lần", en: "A number was used twice", ...askAgency },
  number_malformed: { vi: "Số không hợp lệ", en: "Not a number of a register", ...askAgency },
  never_issued: {
    vi: "Hủy bỏ hoặc thay thế số chưa từng cấp",
    en: "Annulled or superseded, though never issued",
    ...askAgency,
  },
  copy_out_of_turn: {
    vi: "Bản tiếp theo của một số chưa cấp, hoặc không đúng thứ tự",
    en: "A further copy of a number that was not issued, or out of its order",
    ...askAgency,
  },
  copy_late: {
    vi: "Bản tiếp theo vào nhật ký hơn ba ngày sau số của nó",
    en: "A further copy logged more than three days after its number",
    ...askAgency,
  },
  commitment_missing: {
    vi: "Mục cấp không cam kết với bản sao nào",
    en: "An issued entry commits to no copy",
    ...askAgency,
  },
  commitment_unexpected: {
    vi: "Số đã dùng cho bản giấy hoặc đã bỏ mà vẫn cam kết với một tệp",
    en: "A number on paper, or given up, commits to a file all the same",
    ...askAgency,
  },
  commitment_twice: {
    vi: "Một tệp đứng cho hai mục: hai số, hoặc hai bản của một số",
    en: "One file stands for two entries: two numbers, or two copies of one",
    ...askAgency,
  },
  witnesses_signed_both: {
    vi: "Nhân chứng đã ký cả hai nội dung trái nhau: không còn tin được nhân chứng này",
    en: "Witnesses signed both of two histories that contradict each other: they cannot be relied on any more",
    ...keepAndTell,
  },
  time_falls: { vi: "Thời gian lùi giữa hai mục", en: "Time falls from one entry to the next", ...keepAndTell },
  time_in_future: { vi: "Mục đề ngày trong tương lai", en: "An entry is dated in the future", ...askKeeper },
  cosignature_wrong: { vi: "Chữ ký nhân chứng bị giả", en: "A witness's signature is forged", ...keepAndTell },
  checkpoint_signature_wrong: {
    vi: "Chữ ký của nhật ký không đúng",
    en: "The log's signature is wrong",
    ...keepAndTell,
  },
  checkpoint_not_signed_by_log: {
    vi: "Khóa lạ: không do khóa nào của nhật ký ký",
    en: "Unknown key: signed by no key of the log",
    ...keepAndTell,
  },
  checkpoint_of_another_log: { vi: "Điểm kiểm tra của nhật ký khác", en: "A checkpoint of another log", ...askKeeper },
  malformed_checkpoint: { vi: "Điểm kiểm tra không đọc được", en: "The checkpoint cannot be read", ...askKeeper },
  log_key_unknown: {
    vi: "Danh sách khóa không nêu khóa nào của nhật ký",
    en: "The key list names no key of the log",
    ...askKeeper,
  },
  tile_missing: { vi: "Hứa mà không công bố", en: "Promised and not served", ...askKeeper },
  entries_malformed: { vi: "Tệp mục bị hỏng", en: "A file of entries is damaged", ...askKeeper },
  tile_wrong: { vi: "Mục đã bị đổi sau khi ký", en: "An entry was exchanged after it was signed", ...keepAndTell },
  root_differs: {
    vi: "Các mục không dẫn tới nội dung đã ký",
    en: "The entries do not lead to what is signed",
    ...keepAndTell,
  },
  leaf_malformed: { vi: "Mục không đọc được", en: "An entry cannot be read", ...askKeeper },
  key_list_of_another_root: { vi: "Danh sách khóa của gốc khác", en: "The key list is of another root", ...pinRoot },
  key_list_signature_wrong: { vi: "Danh sách khóa bị sửa", en: "The key list was changed", ...pinRoot },
  key_list_rolled_back: { vi: "Danh sách khóa cũ được đưa lại", en: "An older key list is shown again", ...pinRoot },
};
