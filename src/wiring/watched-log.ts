import { setTimeout as wait } from "node:timers/promises";
import { asOnlyWriter, leavesFrom, promisedHead, promiseHead } from "../../db/stores/log.ts";
import type { Result } from "../core/kernel.ts";
import { signCheckpoint } from "../core/log/checkpoint.ts";
import { judgeCosignatures } from "../core/log/cosignature.ts";
import { consistencyProof } from "../core/log/tile-proofs.ts";
import { rootOf } from "../core/log/tiles.ts";
import type { HttpClient } from "../http.ts";
import { nodeSha256 } from "../primitives-node.ts";
import { ed25519Signer, rawPublicKey, verifyEd25519 } from "../publish/node-keys.ts";
import { checkpointPath, logPath, type PublicFiles } from "../publish/public-files.ts";
import { type PublishedLog, publishCosigned, publishLog } from "../publish/publisher.ts";
import {
  agreesWithPublished,
  type LogDisagreement,
  type LogMemory,
  type LogSigner,
  readStanding,
  type StandingLog,
} from "../publish/standing-log.ts";
import { type Submission, type Witness, type WitnessCircle, witnessCircle } from "../publish/witnesses.ts";
import type { Log } from "../roof/log.ts";
import type { House } from "./house.ts";

/** What writing the log takes of a house. */
export type LogHouse = Pick<
  House,
  "sql" | "publicFiles" | "primitives" | "keyList" | "serviceKeys" | "witnesses" | "log" | "pass"
>;

const leavesAtOnce = 4096;

/** Nobody is asked over the network but these; what they answer wrongly is told and counts as nothing. */
export const circleOf = (witnesses: readonly Witness[], { post }: Pick<HttpClient, "post">, log: Log): WitnessCircle =>
  witnessCircle(witnesses, {
    post,
    sha256: nodeSha256,
    verifyEd25519,
    wait: (milliseconds) => wait(milliseconds, undefined, { ref: false }),
    clock: () => performance.now(),
    onTrouble: (_witness, { code }) => log.warn(code),
  });

export function logSigner(house: LogHouse): LogSigner {
  return {
    key: { name: house.keyList().logOrigin, publicKey: rawPublicKey(house.serviceKeys.log) },
    sign: ed25519Signer(house.serviceKeys.log),
    verify: verifyEd25519,
    sha256: (bytes) => house.primitives.digest("sha256", bytes),
  };
}

export const leavesOfHouse = (house: LogHouse) => (index: number) => leavesFrom(house.sql, index, leavesAtOnce);

/** At the start of a process: does anybody remember more of the log than this store does? */
export const agreesWithAll = (house: LogHouse): Promise<Result<{ readonly size: number }, LogDisagreement>> =>
  agreesWithPublished(house.publicFiles, leavesOfHouse(house), logSigner(house), memoryOf(house));

/** Everything appended so far is public on return, cosigned by the witnesses that answered in time. */
export const writeLog = (house: LogHouse): Promise<PublishedLog> =>
  asOnlyWriter(house.sql, () => integrateAndCosign(house));

/**
 * For a timer: asks again who had not cosigned the newest checkpoint when it was written, and who was not heard yet.
 *
 * @returns true where what waited for a witness need wait no longer
 */
export async function askLateWitnesses(house: LogHouse): Promise<boolean> {
  if (house.witnesses.names.length === 0) return false;
  const before = awaitedOf(house);
  await asOnlyWriter(house.sql, () => cosignStanding(house));
  return before > 0 && awaitedOf(house) === 0;
}

/**
 * Each checkpoint that a quorum cosigned is remembered by one of any `listed - quorum + 1` witnesses: once so many were
 * heard since the process began, a restore from an old backup cannot have gone unnoticed (ADR 0034).
 */
function awaitedOf({ witnesses, keyList }: LogHouse): number {
  const listed = keyList().witnesses;
  const wanted = Math.max(1, listed === undefined ? 1 : listed.keys.length - listed.quorum + 1);
  return Math.max(0, Math.min(witnesses.names.length, wanted) - witnesses.heard());
}

async function integrateAndCosign(house: LogHouse): Promise<PublishedLog> {
  const began = performance.now();
  const files = withWaypoints(house);
  const published = await publishLog(files, leavesOfHouse(house), logSigner(house), memoryOf(house));
  if (!published.ok) {
    house.log.error("log_not_written", { code: published.failure.code });
    throw new Error(`the log cannot be published: ${published.failure.code}`);
  }
  const cosigned = await cosign(house, published.value);
  const durationMs = Math.round(performance.now() - began);
  house.log.info("log_written", { count: cosigned.size, durationMs });
  return cosigned;
}

async function cosignStanding(house: LogHouse): Promise<void> {
  const standing = await readStanding(house.publicFiles, logSigner(house));
  if (!standing.ok) return;
  if (awaitedOf(house) > 0) await memoryOf(house).witnessed(standing.value);
  const { edge, note } = standing.value;
  if (note === null) return;
  await cosign(house, { size: edge.size, root: rootOf(edge, nodeSha256), checkpoint: note });
}

async function cosign(house: LogHouse, log: PublishedLog): Promise<PublishedLog> {
  const listed = house.keyList().witnesses?.keys ?? [];
  const { valid } = await judgeCosignatures(log.checkpoint, listed, { sha256: nodeSha256, verifyEd25519 });
  if (house.witnesses.names.every((name) => valid.some(({ witness }) => witness === name))) return log;
  const lines = await house.witnesses.cosign(submissionOf(house, log.size, log.checkpoint));
  const isNew = (line: string) => !valid.some(({ witness }) => line.startsWith(`— ${witness} `));
  return publishCosigned(house.publicFiles, log, lines.filter(isNew));
}

const memoryOf = (house: LogHouse): LogMemory => ({
  promised: () => promisedHead(house.sql),
  promise: (head) => promiseHead(house.sql, head),
  witnessed: async (standing) => {
    if (house.witnesses.names.length === 0) return { newest: null, awaited: 0 };
    const newest = await house.witnesses.newest(await standingSubmission(house, standing));
    return { newest, awaited: awaitedOf(house) };
  },
});

/** Before the first checkpoint the empty tree is signed for it: every tree continues that one. */
async function standingSubmission(house: LogHouse, { edge, note }: StandingLog): Promise<Submission> {
  const signer = logSigner(house);
  const head = { origin: signer.key.name, size: edge.size, root: rootOf(edge, signer.sha256) };
  const shown = note ?? (await signCheckpoint(head, signer.key, signer.sign, signer.sha256));
  return submissionOf(house, edge.size, shown);
}

const submissionOf = ({ publicFiles }: LogHouse, size: number, note: string): Submission => ({
  size,
  note,
  proofFrom: async (oldSize) => {
    if (oldSize === 0 || oldSize === size) return [];
    const proof = await consistencyProof(oldSize, size, (path) => publicFiles.read(logPath(path)), nodeSha256);
    return proof.ok ? proof.value : null;
  },
});

function withWaypoints({ publicFiles, pass }: LogHouse): PublicFiles {
  return {
    ...publicFiles,
    write: async (path, bytes) => {
      if (path === checkpointPath) await pass("log: tiles written");
      await publicFiles.write(path, bytes);
      if (path === checkpointPath) await pass("log: checkpoint written");
    },
  };
}
