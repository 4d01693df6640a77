import { type Bytes, fail, type Hash, type Instant, instantOfSeconds, ok, type Result } from "../../core/kernel.ts";
import type { KeyList, KeyListFailure } from "../../core/key-list.ts";
import { type AuditedSeries, auditLog, type Cheat } from "../../core/log/audit.ts";
import { base64Of } from "../../core/log/base64.ts";
import { type BelievedCheckpoint, believedCheckpoint, type Witnessed } from "../../core/record-proof.ts";
import { verifyEd25519 } from "../../publish/node-keys.ts";
import { checkpointPath, keyListPath } from "../../publish/public-files.ts";
import { readKeyList } from "./key-list.ts";
import { against, type KnownCheckpoint, type LogCheat, readLog } from "./read-log.ts";
import type { PublicSource, SourceFailure } from "./source.ts";

export type Named = Cheat | LogCheat | Exclude<KeyListFailure, { code: "key_list_malformed" }>;

/** Nothing can be concluded: the files are not there, or are not what they should be before anything is promised. */
export type Unreadable =
  | SourceFailure
  | { readonly code: "key_list_missing" | "checkpoint_missing" | "malformed_checkpoint" }
  /** No checkpoint of this log under its own key: nothing follows from it. */
  | { readonly code: "known_checkpoint_unusable"; readonly reason: string }
  | Extract<KeyListFailure, { code: "key_list_malformed" }>;

export type Audited = {
  readonly rootKey: "pinned" | "unpinned";
  readonly keyListSequence: number | null;
  readonly log: {
    readonly origin: string;
    readonly size: number;
    readonly root: string;
    /** names of the listed witnesses that cosigned, and how many are wanted */
    readonly witnessed: Witnessed;
  } | null;
  readonly series: readonly AuditedSeries[];
  /** Empty: sound. */
  readonly cheats: readonly Named[];
};

/** Keys that ended too: what they signed must be sound as well. */
const everyKey = instantOfSeconds(0);

export type AuditWorld = {
  readonly now: Instant;
  readonly sha256: Hash;
  /** Checkpoints of the same log from before or from elsewhere, as they were kept. */
  readonly known?: readonly { readonly note: string; readonly from: string }[];
};

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
  return auditUnder(keyList.value, read, { ...nothing, keyListSequence: keyList.value.sequence }, world);
}

/** @param listed what is known before the log is read */
async function auditUnder(
  keyList: KeyList,
  read: PublicSource,
  listed: Audited,
  world: AuditWorld,
): Promise<Result<Audited, Unreadable>> {
  const note = await textOf(read, checkpointPath, "checkpoint_missing");
  if (!note.ok) return note;
  const ports = { sha256: world.sha256, verifyEd25519 };
  const checkpoint = await believedCheckpoint(note.value, keyList, everyKey, ports);
  if (!checkpoint.ok) {
    const { failure } = checkpoint;
    return failure.code === "malformed_checkpoint" ? fail(failure) : ok({ ...listed, cheats: [failure] });
  }
  const known = await believeKnown(world.known ?? [], keyList, ports);
  return known.ok ? auditLeaves(checkpoint.value, known.value, read, listed, world) : known;
}

async function auditLeaves(
  checkpoint: BelievedCheckpoint,
  known: readonly KnownCheckpoint[],
  read: PublicSource,
  listed: Audited,
  world: AuditWorld,
): Promise<Result<Audited, Unreadable>> {
  const { origin, size, root, witnessed } = checkpoint;
  const audit = auditLog(world.now);
  const marks = { sizes: known.map((one) => one.size), roots: new Map([[0, world.sha256(new Uint8Array())]]) };
  const walked = await readLog(checkpoint, read, audit, world.sha256, marks);
  if (!walked.ok && walked.failure.code === "source_unreadable") return fail(walked.failure);
  const { cheats, series } = audit.findings();
  const log = { origin, size, root: base64Of(root), witnessed };
  const inFiles: readonly LogCheat[] = walked.ok ? [] : [walked.failure as LogCheat];
  const remembered = against(known, checkpoint, marks.roots);
  return ok({ ...listed, log, series, cheats: [...remembered, ...inFiles, ...cheats] });
}

async function believeKnown(
  known: NonNullable<AuditWorld["known"]>,
  keyList: KeyList,
  ports: Parameters<typeof believedCheckpoint>[3],
): Promise<Result<KnownCheckpoint[], Unreadable>> {
  const believed: KnownCheckpoint[] = [];
  for (const { note, from } of known) {
    const checkpoint = await believedCheckpoint(note, keyList, everyKey, ports);
    if (!checkpoint.ok) {
      return fail({ code: "known_checkpoint_unusable", reason: `${from}: ${checkpoint.failure.code}` });
    }
    believed.push({ ...checkpoint.value, known: from });
  }
  return ok(believed);
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
