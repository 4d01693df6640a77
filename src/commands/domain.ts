import { Resolver } from "node:dns/promises";
import { parseArgs } from "node:util";
import { type Bytes, fail, instantOfSeconds, ok, type Result } from "../core/kernel.ts";
import { verifyKeyList } from "../core/key-list.ts";
import { domainRecord, openKeyStatement } from "../core/key-statement.ts";
import { bytesOfBase64 } from "../core/log/base64.ts";
import { type HttpClient, httpClient } from "../http.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { verifyEd25519 } from "../publish/node-keys.ts";
import { keyListPath, statementPath } from "../publish/public-files.ts";
import { print, printJson, tell } from "./output.ts";

const usage = "chungthuc domain URL [--root-key BASE64] [--dns SERVER] [--json]";

const exits = { set: 0, another: 1, missing: 2, unreadable: 3 } as const;

/** What DNS says: `another` names a root that is not the service's. */
type Told = {
  readonly issuer: string;
  readonly record: { readonly name: string; readonly value: string };
  readonly dns: Exclude<keyof typeof exits, "unreadable">;
  /** False where the root was taken from the site itself: it then proves nothing about who runs it. */
  readonly isPinned: boolean;
};

type Trouble =
  | "usage"
  | "not_reached"
  | "root_missing"
  | "key_list_not_believed"
  | "statement_not_believed"
  | "of_another_address";

/**
 * `chungthuc domain`: the TXT record that names the service's root in DNS, and whether it stands there. The statement under
 * `.well-known` must be signed for the very address that was asked. @returns 0 set, 1 another, 2 missing, 3 unreadable
 */
export async function domainCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (asked === null) return stop("usage", false);
  const http = httpClient({ timeoutSeconds: 20, answerBytes: 8 * 1024 * 1024, reach: "anywhere" });
  try {
    const told = await look(asked, http);
    return told.ok ? report(told.value, asked.json) : stop(told.failure, asked.json);
  } finally {
    http.close();
  }
}

type Asked = { readonly url: string; readonly root: Bytes | null; readonly dns: string | null; readonly json: boolean };

function readArguments(args: readonly string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { "root-key": { type: "string" }, dns: { type: "string" }, json: { type: "boolean" } },
    });
    const [url, ...others] = positionals;
    const text = values["root-key"];
    const root = text === undefined ? null : bytesOfBase64(text);
    if (url === undefined || others.length > 0 || !URL.canParse(url) || (text !== undefined && root === null))
      return null;
    return { url: url.replace(/\/+$/, ""), root, dns: values.dns ?? null, json: values.json ?? false };
  } catch {
    return null;
  }
}

async function look({ url, root, dns }: Asked, http: HttpClient): Promise<Result<Told, Trouble>> {
  const statement = await textAt(`${url}/${statementPath}`, http);
  const list = await textAt(`${url}/${keyListPath}`, http);
  if (statement === null || list === null) return fail("not_reached");
  const rootKey = root ?? rootSaidBy(statement);
  if (rootKey?.length !== 32) return fail("root_missing");
  const keyList = await verifyKeyList(list, rootKey, { sha256: nodeSha256, verifyEd25519 });
  if (!keyList.ok) return fail("key_list_not_believed");
  const now = instantOfSeconds(Math.floor(Date.now() / 1000));
  const said = await openKeyStatement(statement, keyList.value, now, verifyEd25519);
  if (!said.ok) return fail("statement_not_believed");
  if (said.value.issuer !== url) return fail("of_another_address");
  const record = domainRecord(url, rootKey);
  return ok({ issuer: url, record, dns: await recordIn(dns, record), isPinned: root !== null });
}

async function textAt(url: string, http: HttpClient): Promise<string | null> {
  const answer = await http.get({ url, accept: "application/jose+json, application/json" });
  return answer.ok && answer.value.status === 200 ? new TextDecoder().decode(answer.value.body) : null;
}

/** Taken on the site's own word, and said so. */
function rootSaidBy(statement: string): Bytes | null {
  try {
    const { payload } = JSON.parse(statement) as { payload?: unknown };
    const said = JSON.parse(Buffer.from(String(payload), "base64url").toString()) as { rootKey?: unknown };
    return bytesOfBase64(String(said.rootKey));
  } catch {
    return null;
  }
}

async function recordIn(server: string | null, { name, value }: Told["record"]): Promise<Told["dns"]> {
  const resolver = new Resolver({ timeout: 5000, tries: 2 });
  if (server !== null) resolver.setServers([server]);
  const found = await resolver.resolveTxt(name).catch(() => []);
  const ours = found.map((pieces) => pieces.join("")).filter((text) => text.startsWith("v=chungthuc1"));
  if (ours.length === 0) return "missing";
  // One right record beside a wrong one is no answer: whoever asks may have got the other.
  return ours.every((text) => text === value) ? "set" : "another";
}

const words: Readonly<Record<Told["dns"], string>> = {
  set: "Bản ghi DNS đúng / the DNS record is right.",
  another: "DNS ghi MỘT GỐC KHÁC / DNS names ANOTHER ROOT: ask whoever keeps the domain, at once.",
  missing: "DNS chưa có bản ghi này; hãy thêm / not in DNS yet; add it:",
};

function report({ issuer, record, dns, isPinned }: Told, json: boolean): number {
  if (json) printJson({ issuer, record, dns, isPinned });
  else {
    print(words[dns]);
    print(`${record.name}. 3600 IN TXT "${record.value}"`);
    if (!isPinned)
      print("Gốc lấy từ chính trang web / the root is the site's own word; compare it, or give --root-key.");
  }
  return exits[dns];
}

function stop(trouble: Trouble, json: boolean): number {
  if (json) printJson({ trouble });
  else tell(trouble === "usage" ? usage : trouble);
  return exits.unreadable;
}
