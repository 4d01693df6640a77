import { type ConfigFailure, readConfig } from "../config.ts";
import { createLog, type Log } from "../roof/log.ts";
import type { ServiceFailure } from "../service.ts";

export const serviceLog = (development: boolean): Log =>
  createLog({
    now: () => new Date().toISOString(),
    write: (line) => process.stderr.write(line),
    lowest: "info",
    showMessages: development,
  });

/** The environment is read here and nowhere else. */
// biome-ignore lint/style/noProcessEnv: the one place of the roof that reads it, STYLE C15
export const configFromEnvironment = () => readConfig(process.env);

/** What stops the service from starting, and the way out, in both languages. */
export function startFailureWords(failure: ConfigFailure | ServiceFailure): string {
  const detail = Object.entries(failure).filter(([name]) => name !== "code");
  const facts = detail
    .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : String(value)}`)
    .join("; ");
  return `${hints[failure.code] ?? defaultHint}\n[${failure.code}] ${facts}`;
}

const defaultHint =
  "Dịch vụ không khởi động được; xem mã lỗi bên dưới. The service cannot start; see the code below and the README.";

const hints: Readonly<Record<string, string>> = {
  variables_missing:
    "Thiếu cấu hình: ngoài chế độ thử nghiệm phải đặt đủ các biến sau. Outside development mode these variables must all be set.",
  key_devices_unreadable:
    "Không đọc được tệp KEY_DEVICES. The file that KEY_DEVICES names cannot be read; the reason is below.",
  report_key_unusable:
    "Không dùng được khóa ký báo cáo (REPORT_KEY, REPORT_KEY_PIN_FILE). The key for reports cannot be used; the reason is below.",
  port_taken:
    "Cổng đã có chương trình khác dùng; đặt PORT khác hoặc dừng chương trình kia. The port is in use: set another PORT or stop the other program.",
  store_born_otherwise:
    "Kho dữ liệu này được tạo ở chế độ khác và không đổi được; dùng thư mục khác. This store was born in another mode and stays so: use another folder or database.",
  key_file_inside_data_folder: "KEY_FILE phải nằm ngoài thư mục dữ liệu. KEY_FILE must lie outside the data folder.",
  log_disagrees:
    "Nhật ký công khai hoặc nhân chứng có nội dung mà kho này không có (khôi phục từ bản sao cũ?). Không ký gì thêm; chạy: npx chungthuc rebuild-log --from ĐỊA_CHỈ_HOẶC_THƯ_MỤC. The public log or a witness holds what this store does not: restored from an old backup? Nothing is signed; run: npx chungthuc rebuild-log --from URL_OR_DIR.",
  database_needs_owner:
    "Vai trò trong DATABASE_URL không được làm việc này: hãy đặt thêm DATABASE_OWNER_URL của vai trò sở hữu các bảng rồi chạy lại. The role in DATABASE_URL may not do this: set DATABASE_OWNER_URL to the role that owns the tables, and run it again.",
  witness_not_listed:
    "WITNESSES có nhân chứng mà danh sách khóa không nêu. WITNESSES names a witness that the key list does not.",
};
