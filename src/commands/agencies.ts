import { createHash } from "node:crypto";
import type { Sql } from "postgres";
import { importAreasWith } from "../../db/stores/areas.ts";
import { isDatabaseOutage } from "../../db/stores/outage.ts";
import { letWatchChecked } from "../../db/stores/province-watch.ts";
import type { Config } from "../config.ts";
import type { AreaChanges, AreaFault } from "../core/areas.ts";
import type { AgencyId } from "../core/ids.ts";
import { fail, ok, type Result, type Sha256 } from "../core/kernel.ts";
import { type ImportFailure, importAreas } from "../usecases/administration/import-areas.ts";
import { areasEn } from "../web/words/areas.en.ts";
import { areasVi } from "../web/words/areas.vi.ts";
import { systemClock } from "../wiring/house.ts";
import { openStore, type StoreFailure } from "../wiring/open-store.ts";
import { print, printJson, tell } from "./output.ts";
import { type FileFailure, readBounded } from "./read-bounded.ts";
import { configFromEnvironment, startFailureWords } from "./roof.ts";

const usage =
  "chungthuc agencies import FILE.csv [--json]\n  chungthuc agencies watch AGENCY-ID AREA-CODE|none [--json]";
const mostBytes = 4 * 1024 * 1024;
const mostFaultsTold = 200;

type Stopped = ImportFailure | FileFailure | WatchFailure | { readonly code: "database_unreachable" };
type WatchFailure = { readonly code: "agency_unknown" | "province_unknown" };

const words: Readonly<Record<Stopped["code"], string>> = {
  not_utf8: "Tệp không phải UTF-8. Hãy lưu lại dạng “CSV UTF-8”. The file is not UTF-8: save it as “CSV UTF-8”.",
  areas_faulty:
    "Không nhận dòng nào. Hãy sửa các lỗi sau rồi chạy lại. Nothing was taken: mend the following and run it again.",
  file_unreadable: "Không đọc được tệp. The file cannot be read.",
  file_too_large: "Tệp quá lớn (giới hạn 4 MiB). The file is too large (4 MiB at most).",
  agency_unknown:
    "Không có cơ quan nào mang mã này. Hãy tạo cơ quan trước (first-administrator). There is no agency of this id: make it first (first-administrator).",
  province_unknown:
    "Danh mục không có tỉnh, thành phố nào mang mã này. Hãy nhận danh mục trước (agencies import). No province of the list has this code: import the list first.",
  database_unreachable: "Không kết nối được cơ sở dữ liệu. The database cannot be reached.",
};

/**
 * `chungthuc agencies import FILE.csv`: the list of provinces and communes, whole or not at all. `chungthuc agencies watch`:
 * which agency is a province's own. @returns 0, or 1 with the reason
 */
export async function agenciesCommand(args: readonly string[]): Promise<number> {
  const [verb, subject, area, ...rest] = args.filter((one) => one !== "--json");
  const json = args.includes("--json");
  const work =
    verb === "import" && subject !== undefined && area === undefined
      ? importing(subject, json)
      : verb === "watch" && subject !== undefined && area !== undefined && rest.length === 0
        ? watching(subject, area, json)
        : null;
  if (work === null) {
    tell(`Cách dùng / usage: ${usage}`);
    return 1;
  }
  const config = configFromEnvironment();
  if (!config.ok) return stopped(startFailureWords(config.failure), config.failure, json);
  const done = await work(config.value);
  if (done.ok) return done.value;
  if (!(done.failure.code in words))
    return stopped(startFailureWords(done.failure as StoreFailure), done.failure, json);
  return told(done.failure as Stopped, json);
}

/** @returns what is printed, as the exit code */
type Work = (config: Config) => Promise<Result<number, Stopped | StoreFailure>>;

const importing =
  (path: string, json: boolean): Work =>
  async (config) => {
    const file = await readBounded(path, mostBytes);
    if (!file.ok) return file;
    const source = { sha256: createHash("sha256").update(file.value).digest("hex") as Sha256, at: systemClock() };
    const keepIn = (sql: Sql) => importAreas(file.value, { keepAreas: (judge) => importAreasWith(sql, judge, source) });
    const done = await inStore(config, keepIn);
    return done.ok ? ok(report(done.value, json)) : done;
  };

/** AUTH-5: no page says it, since an administrator could then let their own people look at every neighbour. */
const watching =
  (agency: string, area: string, json: boolean): Work =>
  async (config) => {
    const areaCode = area === "none" ? null : area;
    const asked = { agencyId: agency as AgencyId, areaCode, at: systemClock() };
    const done = await inStore(config, (sql) => letWatchChecked(sql, asked));
    if (!done.ok) return done;
    if (json) printJson({ ok: true, agencyId: agency, areaCode });
    else
      print(areaCode === null ? `${agency}: không theo dõi tỉnh nào / watches no province` : `${agency} → ${areaCode}`);
    return ok(0);
  };

async function inStore<T, F>(
  config: Config,
  act: (sql: Sql) => Promise<Result<T, F>>,
): Promise<Result<T, F | StoreFailure | { readonly code: "database_unreachable" }>> {
  try {
    const store = await openStore(config, tell);
    if (!store.ok) return store;
    const { database, close } = store.value;
    try {
      return await act(database.sql);
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
  `dòng ${line}${column === null ? "" : `, cột ${column}`}: ${areasVi[`fault_${code}`]} / ${areasEn[`fault_${code}`]}`;

function stopped(said: string, failure: { readonly code: string }, json: boolean): number {
  tell(said);
  if (json) printJson({ ok: false, ...failure });
  return 1;
}
