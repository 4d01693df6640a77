import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { type Officials, officialsAt } from "../support/officials.ts";
import { startServiceProcess } from "../support/service-process.ts";
import { cookieOf } from "../support/sights.ts";

export type UserName = "tiepnhan" | "doichieu" | "lanhdao" | "quantri" | "tinh";

/** A real service with the demo officials, and its pages as a browser without scripts speaks to them. */
export type Counter = {
  readonly url: string;
  readonly pid: number;
  readonly dataFolder: string;
  readonly sql: FreshDatabase["sql"];
  readonly officials: Officials;
  readonly cookie: (userName: UserName) => string;
  readonly get: (userName: UserName, path: string) => Promise<Answer>;
  /** The form of the page at `path` that goes to `action`, sent with its hidden fields and these. */
  readonly send: (userName: UserName, path: string, action: string, fields: Fields) => Promise<Answer>;
  readonly close: () => Promise<void>;
};

type Fields = Readonly<Record<string, string | readonly File[]>>;
export type Answer = { readonly status: number; readonly text: string; readonly goesTo: string; headers: Headers };

/** @param reach how the service reaches its database, where not straight */
export async function openCounter(
  dataFolder = mkdtempSync(join(tmpdir(), "chungthuc-counter-")),
  reach = async (databaseUrl: string) => databaseUrl,
): Promise<Counter> {
  const database = await freshDatabase();
  const service = await startServiceProcess(dataFolder, await reach(database.url));
  const { url } = service;
  const names = ["tiepnhan", "doichieu", "lanhdao"] as const;
  const cookies = new Map<UserName, string>();
  for (const name of names) cookies.set(name, await cookieOf(url, dataFolder, name));
  const cookie = (userName: UserName) => cookies.get(userName) ?? "";

  async function ask(userName: UserName, path: string, init: RequestInit = {}): Promise<Answer> {
    if (!cookies.has(userName)) cookies.set(userName, await cookieOf(url, dataFolder, userName));
    const headers = { cookie: cookie(userName), accept: "text/html" };
    const answer = await fetch(`${url}${path}`, { ...init, headers, redirect: "manual" });
    const goesTo = answer.headers.get("location") ?? "";
    return { status: answer.status, text: await answer.text(), goesTo, headers: answer.headers };
  }
  async function send(userName: UserName, path: string, action: string, fields: Fields): Promise<Answer> {
    const { text } = await ask(userName, path);
    const hidden = hiddenFields(text, action);
    const hasFiles = Object.values(fields).some((value) => typeof value !== "string");
    const body = hasFiles ? multipart(hidden, fields) : new URLSearchParams({ ...hidden, ...(fields as object) });
    return ask(userName, action, { method: "POST", body });
  }
  return {
    url,
    pid: service.pid,
    dataFolder,
    sql: database.owner.sql,
    officials: officialsAt(url, dataFolder),
    cookie,
    get: ask,
    send,
    close: async () => {
      await service.stop();
      await database.drop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

function hiddenFields(page: string, action: string): Record<string, string> {
  const form = page.split("<form").find((one) => one.includes(`action="${action}"`)) ?? "";
  const inputs = form.split("</form>")[0]?.match(/<input type="hidden"[^>]*>/g) ?? [];
  return Object.fromEntries(inputs.map((input) => [attribute(input, "name"), attribute(input, "value")]));
}

const attribute = (tag: string, name: string): string => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? "";

function multipart(hidden: Record<string, string>, fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(hidden)) form.append(name, value);
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === "string") form.append(name, value);
    else for (const file of value) form.append(name, file);
  }
  return form;
}

/** As typed at the counter. */
export const typedPaper = {
  applicantName: "Lò Thị Thử (hư cấu)",
  identityKind: "identity_card",
  identityDigits: "4321",
  kind: "Giấy chứng nhận (hư cấu)",
  declaredPages: "1",
  paperCopies: "2",
};

/** Opened at the counter's page; answers with the path of its page. */
export async function openAtCounter(
  { send }: Counter,
  changes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const opened = await send("tiepnhan", "/dossiers/new", "/dossiers/new", { ...typedPaper, ...changes });
  if (opened.status !== 303) throw new Error(`${opened.status} ${opened.text}`);
  return opened.goesTo;
}

/** The same, with one scan that has been read. */
export async function readAtCounter(counter: Counter, scans: readonly File[]): Promise<string> {
  const path = await openAtCounter(counter, { declaredPages: String(scans.length) });
  const sent = await counter.send("tiepnhan", path, `${path}/scans`, { scans });
  if (sent.status !== 303) throw new Error(`${sent.status} ${sent.text}`);
  await counter.officials.waitFor(path.split("/")[2] ?? "", "read", 120);
  return path;
}
