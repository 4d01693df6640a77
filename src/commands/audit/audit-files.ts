import { type Bytes, fail, type Hash, type Instant, instantOfSeconds, ok, type Result } from "../../core/kernel.ts";
import type { KeyListFailure } from "../../core/key-list.ts";
import { type AuditedSeries, auditLog, type Cheat } from "../../core/log/audit.ts";
import { base64Of } from "../../core/log/base64.ts";
import { believedCheckpoint } from "../../core/record-proof.ts";
import { verifyEd25519 } from "../../publish/node-keys.ts";
import { checkpointPath, keyListPath } from "../../publish/public-files.ts";
import { readKeyList } from "./key-list.ts";
import { type LogCheat, readLog } from "./read-log.ts";
import type { PublicSource, SourceFailure } from "./source.ts";

export type Named = Cheat | LogCheat | Exclude<KeyListFailure, { code: "key_list_malformed" }>;

/** Nothing can be concluded: the files are not there, or are not what they should be before anything is promised. */
export type Unreadable =
  | SourceFailure
  | { readonly code: "key_list_missing" | "checkpoint_missing" | "malformed_checkpoint" }
  | Extract<KeyListFailure, { code: "key_list_malformed" }>;

export type Audited = {
  readonly rootKey: "pinned" | "unpinned";
  readonly keyListSequence: number | null;
  readonly log: { readonly origin: string; readonly size: number; readonly root: string } | null;
  readonly series: readonly AuditedSeries[];
  /** Empty: sound. */
  readonly cheats: readonly Named[];
};

/** Keys that ended too: what they signed must be sound as well. */
const everyKey = instantOfSeconds(0);

export type AuditWorld = { readonly now: Instant; readonly sha256: Hash };

/** From public files alone, DESIGN "Command line": key list, checkpoint, every tile, every leaf, the numbers. */
export async function auditFiles(
  read: PublicSource,
  pinned: Bytes | null,
  world: AuditWorld,
): Promise<Result<Audited, Unreadable>> {
  const rootKey = pinned === null ? "unpinned" : "pinned";
  const nothing: Audited = { rootKey, keyListSequence: null, log: null, series: [], cheats: [] };
  const envelope = await textOf(read, keyListPath, "key_list_missing");
  if (!envelope.ok) return envelope;
  const keyList = await readKeyList(envelope.value, pinned, world.sha256);
  if (!keyList.ok) {
    const { failure } = keyList;
    return failure.code === "key_list_malformed" ? fail(failure) : ok({ ...nothing, cheats: [failure] });
  }
  const note = await textOf(read, checkpointPath, "checkpoint_missing");
  if (!note.ok) return note;
  const listed = { ...nothing, keyListSequence: keyList.value.sequence };
  const ports = { sha256: world.sha256, verifyEd25519 };
  const checkpoint = await believedCheckpoint(note.value, keyList.value, everyKey, ports);
  if (!checkpoint.ok) {
    const { failure } = checkpoint;
    return failure.code === "malformed_checkpoint" ? fail(failure) : ok({ ...listed, cheats: [failure] });
  }
  const { origin, size, root } = checkpoint.value;
  const audit = auditLog(world.now);
  const walked = await readLog(checkpoint.value, read, audit, world.sha256);
  if (!walked.ok && walked.failure.code === "source_unreadable") return fail(walked.failure);
  const { cheats, series } = audit.findings();
  const log = { origin, size, root: base64Of(root) };
  const inFiles: readonly LogCheat[] = walked.ok ? [] : [walked.failure as LogCheat];
  return ok({ ...listed, log, series, cheats: [...inFiles, ...cheats] });
}

async function textOf(
  read: PublicSource,
  path: string,
  missing: "key_list_missing" | "checkpoint_missing",
): Promise<Result<string, Unreadable>> {
  const bytes = await read(path);
  if (!bytes.ok) return bytes;
  return bytes.value === null ? fail({ code: missing }) : ok(new TextDecoder().decode(bytes.value));
}
