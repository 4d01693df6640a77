import { stderr, stdin } from "node:process";
import { parseArgs } from "node:util";
import { keepBeginning } from "../../db/stores/beginning.ts";
import { isDatabaseOutage } from "../../db/stores/outage.ts";
import type { Config, ConfigFailure, ProductionConfig } from "../config.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { hashPassword } from "../roof/passwords.ts";
import { type Beginning, type BeginningFailure, beginStore } from "../usecases/administration/first-administrator.ts";
import { newId, systemClock } from "../wiring/house.ts";
import { openStore, type StoreFailure } from "../wiring/open-store.ts";
import { type PasswordFailure, type PasswordSource, readPassword } from "./beginning/read-password.ts";
import { printJson, tell } from "./output.ts";
import { configFromEnvironment, startFailureWords } from "./roof.ts";

const usage =
  "chungthuc first-administrator --agency-id ID --agency-name NAME --province NAME --agency-code CODE --user NAME --full-name NAME [--json]";

type Stopped =
  | BeginningFailure
  | PasswordFailure
  | { readonly code: "usage" }
  /** There the fictional officials are the people, and a real agency has no place. DESIGN decision 10. */
  | { readonly code: "production_only" }
  | { readonly code: "database_unreachable" };

/** First sentence in Vietnamese, then English: what happened and what to do next. */
const words: Readonly<Record<Stopped["code"], string>> = {
  usage: `Cách dùng / usage: ${usage}\nMật khẩu được hỏi trên màn hình hoặc đọc từ đầu vào chuẩn. The password is asked for, or read from standard input.`,
  production_only:
    "Kho thử nghiệm đã có sẵn cán bộ hư cấu; lệnh này dành cho kho thật: hãy đặt DATABASE_URL và các biến khác. A development store has its fictional officials; this command is for a real one: set DATABASE_URL and the other variables.",
  database_unreachable:
    "Không kết nối được cơ sở dữ liệu trong DATABASE_URL; hãy kiểm tra rồi chạy lại. The database in DATABASE_URL cannot be reached: check it and run the command again.",
  malformed_beginning:
    "Một thông tin thiếu hoặc chưa đúng dạng, xem bên dưới. One of the facts is missing or malformed, see below.",
  password_missing: "Chưa nhập mật khẩu. No password was given.",
  passwords_differ: "Hai lần nhập mật khẩu không giống nhau; hãy chạy lại. The two passwords differ: run it again.",
  password_too_short: "Mật khẩu quá ngắn. The password is too short.",
  administrator_exists:
    "Cơ quan này đã có người quản trị; người đó thêm người khác trên trang quản trị. This agency has an administrator, who adds others on the administrator's pages.",
  agency_exists: "Đã có cơ quan với mã này. An agency with this id or code exists already.",
  user_name_taken: "Tên đăng nhập đã có người dùng. The user name is taken.",
};

/** `chungthuc first-administrator`: begins an agency of a production store. @returns 0, or 1 with the reason */
export async function firstAdministratorCommand(args: readonly string[]): Promise<number> {
  const tellPrompt = (text: string) => void stderr.write(text);
  return begin(args, configFromEnvironment(), { input: stdin, tell: tellPrompt });
}

async function begin(
  args: readonly string[],
  config: Result<Config, ConfigFailure>,
  source: PasswordSource,
): Promise<number> {
  const asked = readArguments(args);
  const json = args.includes("--json");
  if (!asked.ok) return stop(asked.failure, json);
  if (!config.ok) return stopAtStart(config.failure, json);
  if (config.value.mode !== "production") return stop({ code: "production_only" }, json);
  const password = await readPassword(source);
  if (!password.ok) return stop(password.failure, json);
  const begun = await inStore(config.value, asked.value, password.value);
  if (!begun.ok) return isOwn(begun.failure) ? stop(begun.failure, json) : stopAtStart(begun.failure, json);
  tell(
    `Đã tạo cơ quan và người quản trị. Đăng nhập, đổi mật khẩu, rồi thêm người khác. / Agency and administrator are made: sign in, change the password, then add the others.`,
  );
  if (json) printJson({ ok: true, agencyId: asked.value.agencyId, userName: asked.value.userName.toLowerCase() });
  return 0;
}

function readArguments(args: readonly string[]): Result<Beginning, Stopped> {
  const text = { type: "string", default: "" } as const;
  const options = {
    ...{ "agency-id": text, "agency-name": text, province: text, "agency-code": text, user: text, "full-name": text },
    json: { type: "boolean", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options, allowPositionals: false });
    return ok({
      agencyId: values["agency-id"],
      agencyName: values["agency-name"],
      province: values.province,
      agencyCode: values["agency-code"],
      userName: values.user,
      fullName: values["full-name"],
    });
  } catch {
    return fail({ code: "usage" });
  }
}

/** Migrates the database if it must, as the service does at its start, and closes it whatever happens. */
async function inStore(
  config: ProductionConfig,
  asked: Beginning,
  password: string,
): Promise<Result<null, Stopped | StoreFailure>> {
  try {
    const store = await openStore(config, tell);
    if (!store.ok) return store;
    const { database, close } = store.value;
    try {
      return await beginStore(asked, password, {
        now: systemClock,
        newPersonId: newId,
        hashPassword,
        keepBeginning: (...kept) => keepBeginning(database.sql, ...kept),
      });
    } finally {
      await close();
    }
  } catch (error) {
    if (isDatabaseOutage(error)) return fail({ code: "database_unreachable" });
    throw error;
  }
}

const isOwn = (failure: Stopped | StoreFailure): failure is Stopped => failure.code in words;

function stop(failure: Stopped, json: boolean): number {
  const { code, ...data } = failure;
  const facts = Object.entries(data).map(([name, value]) => `${name}: ${value}`);
  tell([words[code], `[${code}] ${facts.join("; ")}`.trimEnd()].join("\n"));
  if (json) printJson({ ok: false, code, ...data });
  return 1;
}

function stopAtStart(failure: ConfigFailure | StoreFailure, json: boolean): number {
  tell(startFailureWords(failure));
  if (json) printJson({ ok: false, ...failure });
  return 1;
}
