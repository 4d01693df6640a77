import { parseArgs } from "node:util";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result } from "../core/kernel.ts";
import { bytesOfBase64 } from "../core/log/base64.ts";
import { httpClient } from "../http.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { type Audited, auditFiles, type Named } from "./audit/audit-files.ts";
import { sourceOf } from "./audit/source.ts";
import { print, printJson, tell } from "./output.ts";

const usage = "chungthuc audit URL_OR_DIR [--root-key BASE64] [--json]";

const exits = { sound: 0, cheat: 1, unreadable: 3 } as const;

/** `chungthuc audit`: what the public files prove against whoever keeps them. @returns 0 sound, 1 a cheat, 3 unreadable */
export async function auditCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked.ok) return stop(asked.failure, args.includes("--json"));
  const { place, pinned, json } = asked.value;
  const http = httpClient({ timeoutSeconds: 20, answerBytes: 32 * 1024 * 1024, reach: "anywhere" });
  try {
    const source = sourceOf(place, http);
    if (!source.ok) return stop(source.failure, json);
    const audited = await auditFiles(source.value, pinned, { now: now(), sha256: nodeSha256 });
    if (!audited.ok) return stop(audited.failure, json);
    report(place, audited.value, json);
    return audited.value.cheats.length === 0 ? exits.sound : exits.cheat;
  } finally {
    http.close();
  }
}

const now = (): Instant => instantOfSeconds(Math.floor(Date.now() / 1000));

type Asked = { readonly place: string; readonly pinned: Bytes | null; readonly json: boolean };

function readArguments(args: readonly string[]): Result<Asked, { code: string; reason: string }> {
  const options = { "root-key": { type: "string" }, json: { type: "boolean", default: false } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [place, ...others] = positionals;
    if (place === undefined || others.length > 0) return fail({ code: "usage", reason: usage });
    const given = values["root-key"];
    const pinned = given === undefined ? null : bytesOfBase64(given);
    if (given !== undefined && pinned?.length !== 32) return fail({ code: "root_key_malformed", reason: usage });
    return ok({ place, pinned, json: values.json });
  } catch {
    return fail({ code: "usage", reason: usage });
  }
}

function report(source: string, audited: Audited, json: boolean): void {
  const verdict = audited.cheats.length === 0 ? "sound" : "cheat";
  if (json) {
    printJson({ version: 1, source, verdict, ...audited });
    return;
  }
  const { log, rootKey, keyListSequence } = audited;
  print(`Danh sách khóa / key list: ${keyListSequence ?? "?"} (${rootWords[rootKey]})`);
  if (log !== null) print(`Nhật ký / log: ${log.origin}, ${log.size} mục / entries, ${log.root}`);
  for (const series of audited.series) print(seriesLine(series));
  for (const cheat of audited.cheats) print(cheatLine(cheat));
  print(verdictWords[verdict]);
}

const rootWords = {
  pinned: "khóa gốc đã ghim / root pinned",
  unpinned: "KHÔNG ghim khóa gốc: chưa ai bảo đảm danh sách này / UNPINNED: no one vouches for this list",
} as const;

const verdictWords = {
  sound: "Nhật ký đúng đắn / the log is sound",
  cheat: "Nhật ký có gian dối / the log cheats",
} as const;

function seriesLine(series: Audited["series"][number]): string {
  const { agencyId, last, issued, voided, annulled, superseded, inProgress } = series;
  const open = inProgress.length === 0 ? "" : `, đang làm / in progress ${inProgress.join(" ")}`;
  const ended = `hủy bỏ / annulled ${annulled}, thay thế / superseded ${superseded}`;
  return `${agencyId} ${series.series}: 1..${last}, cấp / issued ${issued}, bỏ số / voided ${voided}, ${ended}${open}`;
}

function cheatLine(cheat: Named): string {
  const facts = Object.entries(cheat).filter(([name]) => name !== "code");
  return `GIAN DỐI / CHEAT ${cheat.code}: ${facts.map(([name, value]) => `${name} ${String(value)}`).join(", ")}`;
}

function stop(failure: { readonly code: string; readonly reason?: string }, json: boolean): number {
  if (json) printJson({ version: 1, error: failure });
  else tell(`${failure.code}: ${failure.reason ?? ""}`);
  return exits.unreadable;
}
