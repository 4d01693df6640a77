import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result } from "../core/kernel.ts";
import { bytesOfBase64 } from "../core/log/base64.ts";
import { readCheckpointBody } from "../core/log/checkpoint.ts";
import { readNote } from "../core/log/note.ts";
import { type HttpClient, httpClient } from "../http.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { checkpointPath } from "../publish/public-files.ts";
import { type Audited, auditFiles, type Named } from "./audit/audit-files.ts";
import { type PublicSource, type SourceFailure, sourceOf } from "./audit/source.ts";
import { cheatWords } from "./audit/words.ts";
import { print, printJson, tell } from "./output.ts";

const usage = "chungthuc audit URL_OR_DIR [OTHER_URL_OR_DIR…] [--known CHECKPOINT_FILE]… [--root-key BASE64] [--json]";

const exits = { sound: 0, cheat: 1, unreadable: 3 } as const;

/** `chungthuc audit`: what the public files prove against whoever keeps them. @returns 0 sound, 1 a cheat, 3 unreadable */
export async function auditCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  if (!asked.ok) return stop(asked.failure, args.includes("--json"));
  const { pinned, json } = asked.value;
  const http = httpClient({ timeoutSeconds: 20, answerBytes: 32 * 1024 * 1024, reach: "anywhere" });
  try {
    const gathered = await gather(asked.value, http);
    if (!gathered.ok) return stop(gathered.failure, json);
    const { place, source, known } = gathered.value;
    const audited = await auditFiles(source, pinned, { now: now(), sha256: nodeSha256, known });
    if (!audited.ok) return stop(audited.failure, json);
    report(place, audited.value, json);
    return audited.value.cheats.length === 0 ? exits.sound : exits.cheat;
  } finally {
    http.close();
  }
}

type Gathered = {
  readonly place: string;
  readonly source: PublicSource;
  readonly known: readonly { readonly note: string; readonly from: string }[];
};

/**
 * The place that shows most is read whole; what the others show, and what was kept from before, is held against it: one
 * place may lag behind another, but never say something else.
 */
async function gather({ places, files }: Asked, http: HttpClient): Promise<Result<Gathered, SourceFailure>> {
  const shown: (Omit<Gathered, "known"> & { readonly note: string })[] = [];
  for (const place of places) {
    const source = sourceOf(place, http);
    if (!source.ok) return source;
    const note = await source.value(checkpointPath);
    if (!note.ok) return note;
    shown.push({ place, source: source.value, note: new TextDecoder().decode(note.value ?? new Uint8Array()) });
  }
  const sizeOf = (note: string) => readCheckpointBody(readNote(note)?.body ?? "")?.size ?? -1;
  const [most, ...others] = shown.toSorted((a, b) => sizeOf(b.note) - sizeOf(a.note));
  if (most === undefined) return fail({ code: "source_unreadable", reason: usage });
  const kept = files.map((file) => ({ file, note: readOrNull(file) }));
  const lost = kept.find(({ note }) => note === null);
  if (lost !== undefined) return fail({ code: "source_unreadable", reason: lost.file });
  const known = [
    ...others.map(({ place, note }) => ({ note, from: place })),
    ...kept.map(({ file, note }) => ({ note: note ?? "", from: file })),
  ];
  return ok({ place: most.place, source: most.source, known });
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

const now = (): Instant => instantOfSeconds(Math.floor(Date.now() / 1000));

type Asked = {
  readonly places: readonly string[];
  /** checkpoints that the auditor kept */
  readonly files: readonly string[];
  readonly pinned: Bytes | null;
  readonly json: boolean;
};

function readArguments(args: readonly string[]): Result<Asked, { code: string; reason: string }> {
  const known = { type: "string", multiple: true, default: [] as string[] } as const;
  const options = { "root-key": { type: "string" }, known, json: { type: "boolean", default: false } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length === 0) return fail({ code: "usage", reason: usage });
    const given = values["root-key"];
    const pinned = given === undefined ? null : bytesOfBase64(given);
    if (given !== undefined && pinned?.length !== 32) return fail({ code: "root_key_malformed", reason: usage });
    return ok({ places: positionals, files: values.known, pinned, json: values.json });
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
  if (log !== null) print(witnessLine(log.witnessed));
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
  const { agencyId, last, issued, voided, annulled, superseded, onPaper, inProgress } = series;
  const paper = onPaper === 0 ? "" : `, bản giấy / on paper ${onPaper}`;
  const open = inProgress.length === 0 ? "" : `, đang làm / in progress ${inProgress.join(" ")}`;
  const ended = `hủy bỏ / annulled ${annulled}, thay thế / superseded ${superseded}`;
  return `${agencyId} ${series.series}: 1..${last}, cấp / issued ${issued}, bỏ số / voided ${voided}${paper}, ${ended}${open}`;
}

function cheatLine(cheat: Named): string {
  const facts = Object.entries(cheat).filter(([name]) => name !== "code");
  const { vi, en, doVi, doEn } = cheatWords[cheat.code];
  const told = facts.map(([name, value]) => `${name} ${String(value)}`).join(", ");
  return `GIAN DỐI / CHEAT ${cheat.code}: ${vi} / ${en} (${told})\n  → ${doVi}\n  → ${doEn}`;
}

const witnessLine = ({ cosigned, quorum }: NonNullable<Audited["log"]>["witnessed"]): string =>
  quorum === 0
    ? "Nhân chứng / witnesses: chưa có / none"
    : `Nhân chứng / witnesses: ${cosigned.join(", ") || "-"} (cần / wanted: ${quorum})`;

function stop(failure: { readonly code: string; readonly reason?: string }, json: boolean): number {
  if (json) printJson({ version: 1, error: failure });
  else tell(`${failure.code}: ${failure.reason ?? ""}`);
  return exits.unreadable;
}
