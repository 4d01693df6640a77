import type { Alarm } from "./alarms.ts";
import type { MemoryFailure } from "./memory.ts";

type Words = { readonly vi: string; readonly en: string };

/** What was seen, and what to do: whoever reads this may never have heard of a Merkle tree. */
export const alarmWords: Readonly<Record<Alarm["code"], Words>> = {
  fork: {
    vi: "NHẬT KÝ RẼ NHÁNH: cơ quan giữ nhật ký đã ký hai nội dung khác nhau cho cùng một chỗ. Giữ nguyên thư mục này, báo ngay cho cơ quan quản lý và công bố.",
    en: "FORK: the log signed two histories. Keep this folder as it is, tell the supervising authority at once, and publish both.",
  },
  proof_wrong: {
    vi: "Nhật ký gửi nội dung không nối tiếp nội dung đã cùng ký. Nếu lặp lại thì coi như rẽ nhánh; yêu cầu đã được lưu trong thư mục evidence.",
    en: "The log sent a checkpoint that does not continue what was cosigned. If it repeats, treat it as a fork; the request is kept in the folder evidence.",
  },
  rollback: {
    vi: "NHẬT KÝ LÙI: nơi công bố nay có ít mục hơn trước. Hỏi cơ quan giữ nhật ký có vừa khôi phục từ bản sao cũ không.",
    en: "ROLLBACK: fewer entries are served than before. Ask the log's keeper whether an old backup was restored.",
  },
  checkpoint_not_signed: {
    vi: "Điểm kiểm tra được công bố không mang chữ ký của nhật ký: nơi công bố có thể đã bị chiếm. Báo cho cơ quan giữ nhật ký.",
    en: "The published checkpoint is not signed by the log: the place that serves it may have been taken over. Tell its keeper.",
  },
  tiles_disagree: {
    vi: "Điểm kiểm tra hứa những mục không được công bố. Báo cho cơ quan giữ nhật ký.",
    en: "The checkpoint promises entries that are not served. Tell the log's keeper.",
  },
  leaf_malformed: {
    vi: "Có mục không đọc được. Báo cho cơ quan giữ nhật ký.",
    en: "An entry cannot be read. Tell the log's keeper.",
  },
  numbers: {
    vi: "Số chứng thực trong nhật ký không liền mạch hoặc sai thứ tự. Chạy chungthuc audit để xem từng lỗi và việc cần làm.",
    en: "Numbers in the log are not 1..n in order. Run chungthuc audit for each fault and what to do.",
  },
};

export const memoryWords: Readonly<Record<MemoryFailure["code"], Words>> = {
  witness_folder_in_use: {
    vi: "Thư mục này đang có một nhân chứng khác chạy.",
    en: "Another witness is running on this folder.",
  },
  witness_name_missing: {
    vi: "Nhân chứng mới cần --name, ví dụ nhanchung.tinh-mau.example/1.",
    en: "A new witness needs --name, such as witness.province.example/1.",
  },
  witness_name_malformed: {
    vi: "Tên không được có dấu cách hay dấu cộng.",
    en: "A name has no spaces and no plus signs.",
  },
  witness_name_differs: {
    vi: "Nhân chứng này đã mang tên khác; một nhân chứng không đổi tên.",
    en: "This witness was born with another name and keeps it.",
  },
  witness_key_missing: {
    vi: "Mất khóa của nhân chứng. Khôi phục tệp key.pem, hoặc bỏ nhân chứng này và lập nhân chứng mới.",
    en: "The witness's key is gone. Restore key.pem, or retire this witness and begin another.",
  },
  witness_past_missing: {
    vi: "Mất thư mục cosigned: nhân chứng quên những gì đã cùng ký thì có thể bị lừa. Khôi phục, hoặc bỏ và lập nhân chứng mới.",
    en: "The folder cosigned is gone: a witness that forgot what it cosigned can be deceived. Restore it, or retire this witness and begin another.",
  },
  witness_key_unusable: {
    vi: "Tệp key.pem không chứa khóa Ed25519.",
    en: "key.pem holds no Ed25519 key.",
  },
};
