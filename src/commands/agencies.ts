import { createHash } from "node:crypto";
import { importAreasWith } from "../../db/stores/areas.ts";
import { isDatabaseOutage } from "../../db/stores/outage.ts";
import type { Config } from "../config.ts";
import type { AreaChanges, AreaFault, AreaFaultCode } from "../core/areas.ts";
import { type Bytes, fail, type Result, type Sha256 } from "../core/kernel.ts";
import { type ImportFailure, importAreas } from "../usecases/administration/import-areas.ts";
import { systemClock } from "../wiring/house.ts";
import { openStore, type StoreFailure } from "../wiring/open-store.ts";
import { print, printJson, tell } from "./output.ts";
import { type FileFailure, readBounded } from "./read-bounded.ts";
import { configFromEnvironment, startFailureWords } from "./roof.ts";

const usage = "chungthuc agencies import FILE.csv [--json]";
const mostBytes = 4 * 1024 * 1024;
const mostFaultsTold = 200;

type Stopped = ImportFailure | FileFailure | { readonly code: "database_unreachable" };

const words: Readonly<Record<Stopped["code"], string>> = {
  not_utf8: "Tệp không phải UTF-8. Hãy lưu lại dạng “CSV UTF-8”. The file is not UTF-8: save it as “CSV UTF-8”.",
  areas_faulty:
    "Không nhận dòng nào. Hãy sửa các lỗi sau rồi chạy lại. Nothing was taken: mend the following and run it again.",
  file_unreadable: "Không đọc được tệp. The file cannot be read.",
  file_too_large: "Tệp quá lớn (giới hạn 4 MiB). The file is too large (4 MiB at most).",
  database_unreachable: "Không kết nối được cơ sở dữ liệu. The database cannot be reached.",
};

const faultWords: Readonly<Record<AreaFaultCode, string>> = {
  missing: "còn trống / is empty",
  too_long: "dài quá 200 ký tự / is longer than 200 signs",
  malformed: "chưa đúng dạng / is malformed",
  unknown_kind: "phải là tinh, thanh_pho, xa, phuong hoặc dac_khu / must be one of these",
  twice: "mã này đã có ở một dòng trên / this code stands in a line above",
  parent_unknown: "không có cấp trên này / there is no such parent",
  parent_unfit:
    "cấp tỉnh để trống; cấp xã phải thuộc một tỉnh, thành phố / empty for a province, a province for a commune",
  merged_unknown: "không có nơi nhập vào này / there is no such area to merge into",
  merged_unfit: "phải là nơi cùng cấp, còn tồn tại / must be another of the same level that goes on",
  columns: "không đủ năm cột / has not five columns",
  quotes: "dấu nháy kép đặt sai / has a misplaced quotation mark",
  header: "dòng đầu phải là ma,ten,loai,cap_tren,nhap_vao / the first line must be this",
  too_many: "nhiều hơn 20.000 dòng / more than 20,000 lines",
};

/** `chungthuc agencies import FILE.csv`: the list of provinces and communes, whole or not at all. @returns 0, or 1 with the reason */
export async function agenciesCommand(args: readonly string[]): Promise<number> {
  const [verb, path, ...rest] = args.filter((one) => one !== "--json");
  const json = args.includes("--json");
  if (verb !== "import" || path === undefined || rest.length > 0) {
    tell(`Cách dùng / usage: ${usage}`);
    return 1;
  }
  const config = configFromEnvironment();
  if (!config.ok) return stopped(startFailureWords(config.failure), config.failure, json);
  const file = await readBounded(path, mostBytes);
  if (!file.ok) return told(file.failure, json);
  const done = await inStore(config.value, file.value);
  if (done.ok) return report(done.value, json);
  if (!(done.failure.code in words))
    return stopped(startFailureWords(done.failure as StoreFailure), done.failure, json);
  return told(done.failure as Stopped, json);
}

async function inStore(config: Config, file: Bytes): Promise<Result<AreaChanges, Stopped | StoreFailure>> {
  const source = { sha256: createHash("sha256").update(file).digest("hex") as Sha256, at: systemClock() };
  try {
    const store = await openStore(config, tell);
    if (!store.ok) return store;
    const { database, close } = store.value;
    try {
      return await importAreas(file, { keepAreas: (judge) => importAreasWith(database.sql, judge, source) });
    } finally {
      await close();
    }
  } catch (error) {
    if (isDatabaseOutage(error)) return fail({ code: "database_unreachable" });
    throw error;
  }
}

function report({ added, changed, unchanged }: AreaChanges, json: boolean): number {
  const counts = { added: added.length, changed: changed.length, unchanged };
  if (json) printJson({ ok: true, ...counts });
  else
    print(
      `Thêm ${counts.added}, đổi ${counts.changed}, giữ nguyên ${unchanged}. / ${counts.added} added, ${counts.changed} changed, ${unchanged} as before.`,
    );
  return 0;
}

function told(failure: Stopped, json: boolean): number {
  const faults = failure.code === "areas_faulty" ? failure.faults : [];
  const lines = faults.slice(0, mostFaultsTold).map(faultLine);
  const rest = faults.length > mostFaultsTold ? [`… +${faults.length - mostFaultsTold}`] : [];
  return stopped([words[failure.code], ...lines, ...rest, `[${failure.code}]`].join("\n"), failure, json);
}

const faultLine = ({ line, column, code }: AreaFault): string =>
  `dòng ${line}${column === null ? "" : `, cột ${column}`}: ${faultWords[code]}`;

function stopped(said: string, failure: { readonly code: string }, json: boolean): number {
  tell(said);
  if (json) printJson({ ok: false, ...failure });
  return 1;
}
