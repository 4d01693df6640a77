import type { CheckDoor } from "../../core/copy-check.ts";
import { standingRecord } from "../../core/status/standing.ts";
import type { CheckedFile } from "./check-files.ts";
import type { StandingProof } from "./find-record.ts";
import { answerOf, toldOf } from "./upload-answer.ts";
import type { CopyIdentity, Examined, VerificationWorld } from "./world.ts";

/** Where the copy that the file says it is is known here, it is judged beside its record. */
export async function recordOf(
  identity: CopyIdentity | null,
  world: VerificationWorld,
  door: CheckDoor = "file",
): Promise<StandingProof | "unproven" | null> {
  const record = identity === null ? null : ((await world.findRecordByIdentity?.(identity)) ?? null);
  if (record === null) return null;
  const proven = await world.prove(record);
  if (!proven.ok) return "unproven";
  world.noteCheck?.(record.statusIndex, door);
  return { record: standingRecord(record, await world.statusNow(record)), proven: proven.value };
}

/** The one sentence about a file that was examined, as the page tells it and as its report does. */
export function judged(file: CheckedFile, examined: Examined, found: StandingProof | null, world: VerificationWorld) {
  const record = found?.record ?? null;
  const report = examined.reportWith(record);
  const told = answerOf(report);
  const answer = told === "needs_code" && world.isCutOff?.() ? "needs_network" : told;
  const { name, sha256, lengthBytes } = file;
  const filed = examined.filedWith?.(record) ?? null;
  const { sentence, fills } = toldOf(answer, record);
  return { report, answer, toTell: { name, sha256, lengthBytes, sentence, fills, found, filed, notExamined: null } };
}
