import { join } from "node:path";
import { parseArgs } from "node:util";
import { httpClient } from "../http.ts";
import { type Closing, openHouseOf } from "../service.ts";
import { type RebuildFailure, type RebuiltLog, rebuildFrom } from "../wiring/rebuild-log.ts";
import { passOn } from "../wiring/waypoints.ts";
import { sourceOf } from "./audit/source.ts";
import { print, printJson, tell } from "./output.ts";
import { configFromEnvironment, serviceLog, startFailureWords } from "./roof.ts";

const usage = "chungthuc rebuild-log [--from URL_OR_DIR] [--json]";

/**
 * `chungthuc rebuild-log`: after a restore from an old backup, with the service off: takes back from published tiles what
 * the database forgot, so that nothing is signed twice. Without `--from` the store's own public folder is the source.
 *
 * @returns 0 when the log is whole again, 1 with the reason
 */
export async function rebuildLogCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === null) return stop({ code: "usage" }, usage, false);
  const config = configFromEnvironment();
  if (!config.ok) return stop(config.failure, startFailureWords(config.failure), asked.json);
  const closing: Closing = [];
  const http = httpClient({ timeoutSeconds: 20, answerBytes: 32 * 1024 * 1024, reach: "anywhere" });
  closing.push(async () => http.close());
  try {
    const house = await openHouseOf(
      {
        config: { ...config.value, worksAsOwner: true },
        log: serviceLog(config.value.mode === "development"),
        pass: passOn,
      },
      closing,
    );
    if (!house.ok) return stop(house.failure, startFailureWords(house.failure), asked.json);
    const source = sourceOf(asked.from ?? join(config.value.dataFolder, "public"), http);
    if (!source.ok) return stop(source.failure, source.failure.reason, asked.json);
    const rebuilt = await rebuildFrom(house.value, async (path) => {
      const bytes = await source.value(path);
      if (!bytes.ok) throw new Error(bytes.failure.reason); // half a source must not look like a short log
      return bytes.value;
    });
    if (!rebuilt.ok) return stop(rebuilt.failure, wordsOf(rebuilt.failure), asked.json);
    report(rebuilt.value, asked.json);
    return 0;
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

function readArguments(args: readonly string[]): { from: string | null; json: boolean } | null {
  const options = { from: { type: "string" }, json: { type: "boolean", default: false } } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    return { from: values.from ?? null, json: values.json };
  } catch {
    return null;
  }
}

function report(rebuilt: RebuiltLog, json: boolean): void {
  if (json) {
    printJson({ version: 1, ...rebuilt });
    return;
  }
  const { size, takenBack, withoutLine, decided, movedToEnd } = rebuilt;
  print(`Nhật ký có ${size} mục; lấy lại ${takenBack}. The log has ${size} entries; ${takenBack} were taken back.`);
  if (movedToEnd > 0) {
    print(`${movedToEnd} mục chưa công bố được chuyển xuống cuối. ${movedToEnd} unpublished entries went to the end.`);
  }
  tellNumbers(withoutLine, "có trong nhật ký, không có trong sổ / logged, no register line", linesLost);
  tellNumbers(decided, "đã hủy bỏ hoặc thay thế / annulled or superseded", decisionsLost);
}

function tellNumbers(numbers: RebuiltLog["withoutLine"], what: string, todo: string): void {
  for (const { agencyId, bookText, number } of numbers)
    print(`  ${agencyId} ${bookText} số / number ${number}: ${what}`);
  if (numbers.length > 0) print(todo);
}

const decisionsLost =
  "Mở từng số trên trong sổ; nếu chưa có quyết định hủy bỏ thì nhập lại ngay, vì danh sách trạng thái lấy từ đó. Open each of these in the register and enter the decision again where it is missing: the status list is made from it.";

const linesLost =
  "Các số trên đã cấp trước khi khôi phục và không bao giờ cấp lại. Tìm bản sao dữ liệu mới hơn, hoặc lập biên bản và chép lại dòng sổ từ hồ sơ giấy. These numbers were given before the restore and are never given again: find a newer backup, or note the loss and copy their lines from paper.";

function wordsOf(failure: RebuildFailure): string {
  if (failure.code === "log_forked") {
    return `Kho này đã công bố khác với nguồn từ mục ${failure.index}: không tự sửa được, hãy báo nhân chứng và cơ quan quản lý. This store published otherwise than the source from entry ${failure.index} on: no command heals that; tell the witnesses and the supervising authority.`;
  }
  return "Nguồn không dùng được: thiếu, hỏng, hoặc không do nhật ký này ký. Hãy dùng bản khác. The source is no good: missing, damaged or not signed by this log. Use another copy.";
}

function stop(failure: { readonly code: string }, words: string, json: boolean): number {
  if (json) printJson({ version: 1, error: failure });
  else tell(`${words}\n[${failure.code}]`);
  return 1;
}
