import { type Bytes, equalBytes, fail, type Instant, ok, type Result } from "../../core/kernel.ts";
import { auditLog, type LogAudit } from "../../core/log/audit.ts";
import { type Checkpoint, openCheckpoint } from "../../core/log/checkpoint.ts";
import { decodeLeaf } from "../../core/log/leaf.ts";
import { verifyConsistency } from "../../core/log/merkle.ts";
import type { NoteKey } from "../../core/log/note.ts";
import { consistencyProof } from "../../core/log/tile-proofs.ts";
import { decodeEntries, integrate, rootOf, type TreeEdge, tilePath, tileWidth } from "../../core/log/tiles.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { verifyEd25519 } from "../../publish/node-keys.ts";
import { checkpointPath, logPath, type PublicFiles } from "../../publish/public-files.ts";
import { readStanding } from "../../publish/standing-log.ts";
import type { Alarms } from "./alarms.ts";
import type { WitnessMemory } from "./memory.ts";

/** A log that a witness cosigns, and follows where a prefix is known. */
export type WatchedLog = {
  /** its name is the origin */
  readonly key: NoteKey;
  /** address of its tiles (tlog-tiles), without a slash at the end; null where it is only cosigned */
  readonly prefix: string | null;
  /** everything of it that was verified, in the public layout */
  readonly mirror: PublicFiles;
};

export type MonitorPorts = {
  /** A file below the log's prefix: null where there is none, a failure where nobody answers. */
  readonly fetch: (path: string) => Promise<Result<Bytes | null, { readonly code: "unreachable" }>>;
  readonly memory: Pick<WitnessMemory, "latest">;
  readonly alarms: Alarms;
  readonly now: () => Instant;
};

/** One round. `unreachable` raises no alarm: an outage is not a lie. */
export type Round = "unchanged" | "followed" | "alarm" | "unreachable";

/**
 * Follows a log by its public files alone: what it once served must stay, every leaf must lead to what it signs, and
 * numbers must run as NĐ 23/2015 Art. 13 wants. What was verified is kept as a mirror.
 */
export function monitorOf(log: WatchedLog, ports: MonitorPorts): () => Promise<Round> {
  const state: Following = { audit: null, behind: 0 };
  return async () => {
    const told = await ports.fetch("checkpoint");
    if (!told.ok || told.value === null) return "unreachable";
    const note = new TextDecoder().decode(told.value);
    const checkpoint = await openCheckpoint(note, log.key, verifyEd25519, nodeSha256);
    if (!checkpoint.ok) return cry(log, ports, "checkpoint_not_signed", 0, checkpoint.failure.code);
    return judgeServed(log, { ...checkpoint.value, note }, state, ports);
  };
}

/** @param behind rounds in a row in which less was served than this witness cosigned */
type Following = { audit: LogAudit | null; behind: number };

async function judgeServed(log: WatchedLog, served: Served, state: Following, ports: MonitorPorts): Promise<Round> {
  const seen = await seenBefore(log);
  const known = Math.max(seen.size, ports.memory.latest(log.key.name)?.size ?? 0);
  const isLess = served.size < known;
  state.behind = isLess ? state.behind + 1 : 0;
  if (served.size < seen.size || state.behind > 1) {
    return cry(log, ports, "rollback", served.size, `seen before: ${known}`);
  }
  if (isLess) return "unchanged"; // between cosigning and serving, or a cache: asked again next time
  state.audit ??= await auditOfMirror(log, seen, ports.now());
  return follow(log, seen, served, state.audit, ports);
}

/** All that was mirrored, given to the audit once more after a start. */
async function auditOfMirror(log: WatchedLog, seen: TreeEdge, now: Instant): Promise<LogAudit> {
  const audit = auditLog(now);
  const fromMirror = async (path: string) => ok(await log.mirror.read(logPath(path)));
  for (let first = 0; first < seen.size; first += tileWidth) {
    const leaves = await bundle(first, seen.size, fromMirror);
    for (const [i, leaf] of (leaves.ok ? leaves.value : []).entries()) {
      const read = decodeLeaf(leaf);
      if (read.ok) audit.add(read.value, first + i);
    }
  }
  return audit;
}

async function seenBefore(log: WatchedLog): Promise<TreeEdge> {
  const standing = await readStanding(log.mirror, { key: log.key, verify: verifyEd25519, sha256: nodeSha256 });
  if (!standing.ok) throw new Error(`the mirror cannot be read: ${standing.failure.code}`);
  return standing.value.edge;
}

type Served = Checkpoint & { readonly note: string };

async function follow(
  log: WatchedLog,
  seen: TreeEdge,
  served: Served,
  audit: LogAudit,
  ports: MonitorPorts,
): Promise<Round> {
  const { size, root, note } = served;
  if (size === seen.size) {
    if (size > 0 && !equalBytes(rootOf(seen, nodeSha256), root)) return cry(log, ports, "fork", size, "two roots");
    return continuesCosigned(log, served, ports);
  }
  const mirrored = await mirrorUpTo(size, log, seen, ports);
  if (!mirrored.ok) {
    return mirrored.failure.code === "unreachable" ? "unreachable" : cry(log, ports, "tiles_disagree", size);
  }
  // Not before the whole is shown to be what the log signed: tiles without a checkpoint promise nothing.
  if (!equalBytes(rootOf(mirrored.value, nodeSha256), root)) return cry(log, ports, "fork", size, "not a continuation");
  await log.mirror.write(checkpointPath, new TextEncoder().encode(note));
  await giveToAudit(log, seen.size, size, audit, ports);
  const continues = await continuesCosigned(log, served, ports);
  return continues === "unchanged" ? "followed" : continues;
}

async function mirrorUpTo(size: number, log: WatchedLog, seen: TreeEdge, ports: MonitorPorts) {
  let edge = seen;
  while (edge.size < size) {
    const leaves = await bundle(edge.size, size, ports.fetch);
    if (!leaves.ok) return leaves;
    const grown = integrate(edge, leaves.value, nodeSha256);
    for (const file of grown.files) await log.mirror.write(logPath(file.path), file.bytes);
    edge = grown.edge;
  }
  return ok(edge);
}

/** What this witness cosigned and what everybody is served must be one history. */
async function continuesCosigned(log: WatchedLog, { size, root }: Served, ports: MonitorPorts): Promise<Round> {
  const cosigned = ports.memory.latest(log.key.name);
  if (cosigned === null || cosigned.size === 0 || cosigned.size > size) return "unchanged";
  const path = (tile: string) => log.mirror.read(logPath(tile));
  const proof = cosigned.size === size ? ok([]) : await consistencyProof(cosigned.size, size, path, nodeSha256);
  const holds =
    proof.ok && verifyConsistency({ first: cosigned, second: { size, root }, proof: proof.value }, nodeSha256);
  return holds ? "unchanged" : cry(log, ports, "fork", size, `cosigned ${cosigned.size}`);
}

/** Numbers are judged when all leaves of a round are in: a gap is only told when it has stood for three days. */
async function giveToAudit(log: WatchedLog, from: number, size: number, audit: LogAudit, ports: MonitorPorts) {
  const fromMirror = async (path: string) => ok(await log.mirror.read(logPath(path)));
  for (let first = from; first < size; ) {
    const leaves = await bundle(first, size, fromMirror);
    if (!leaves.ok) throw new Error("the mirror lost what was written to it");
    for (const [i, bytes] of leaves.value.entries()) {
      const leaf = decodeLeaf(bytes);
      if (leaf.ok) audit.add(leaf.value, first + i);
      else cry(log, ports, "leaf_malformed", size, String(first + i));
    }
    first += leaves.value.length;
  }
  for (const { code, ...facts } of audit.findings().cheats) {
    cry(log, ports, "numbers", "index" in facts ? facts.index : 0, `${code} ${JSON.stringify(facts)}`);
  }
}

/** The leaves from `first` to the end of its bundle. */
async function bundle(
  first: number,
  size: number,
  fetch: MonitorPorts["fetch"],
): Promise<Result<Bytes[], { readonly code: "unreachable" | "missing" }>> {
  const index = Math.floor(first / tileWidth);
  const width = Math.min(tileWidth, size - index * tileWidth);
  const partial = await fetch(tilePath("entries", index, width));
  if (!partial.ok) return partial;
  const full = partial.value === null ? await fetch(tilePath("entries", index, tileWidth)) : partial;
  if (!full.ok) return full;
  const entries = full.value === null ? null : decodeEntries(full.value);
  if (!entries?.ok || entries.value.length < width) return fail({ code: "missing" });
  return ok(entries.value.slice(first - index * tileWidth, width));
}

function cry(
  { key }: WatchedLog,
  { alarms }: MonitorPorts,
  code: Parameters<Alarms["raise"]>[0]["code"],
  size: number,
  detail?: string,
): "alarm" {
  alarms.raise({ code, origin: key.name, size, ...(detail !== undefined && { detail }) });
  return "alarm";
}
