import type { Context } from "hono";
import type { CheckDoor } from "../../core/copy-check.ts";
import type { Result } from "../../core/kernel.ts";
import type { RecordFailure } from "../../core/record.ts";
import type { ProvenRecord } from "../../core/record-proof.ts";
import { type PublishedCopy, type StandingRecord, standingRecord } from "../../core/status/standing.ts";
import { parseVerificationCode, type VerificationCode } from "../../core/verification-code.ts";
import type { Asker, WebEnv } from "../route.ts";
import type { Distrust } from "./why.ts";
import type { VerificationWorld } from "./world.ts";

/** A record with its status now, and the place in the log that was just computed again. */
export type StandingProof = { readonly record: StandingRecord; readonly proven: ProvenRecord };

export type Found =
  | ({ readonly is: "proven"; readonly code: VerificationCode } & StandingProof)
  | { readonly is: "distrusted"; readonly code: VerificationCode; readonly why: Distrust }
  | { readonly is: "problem"; readonly problem: "unknown" | "malformed" | "manyGuesses" };

/** Parse, find, prove: nothing of a record is shown before its place in the log was computed again. */
export async function findProven(
  c: Context<WebEnv>,
  typed: string,
  door: CheckDoor,
  world: VerificationWorld,
): Promise<Found> {
  const code = parseVerificationCode(typed);
  if (!code.ok) return { is: "problem", problem: "malformed" };
  const guesses = world.guesses?.(c);
  const seconds = guesses?.refusedForSeconds() ?? null;
  if (seconds !== null) {
    c.header("retry-after", String(seconds));
    return { is: "problem", problem: "manyGuesses" }; // the right code too: else trying would go on
  }
  const found = await openAndProve(code.value, world);
  if (found.is === "problem") guesses?.missed();
  if (found.is === "proven" && isReading(c)) world.noteCheck?.(found.record.statusIndex, door);
  return found;
}

/** A browser that fetches ahead, or asks for the head only, shows nothing to anybody yet. Fetch Metadata: Sec-Purpose. */
const isReading = ({ req }: Asker): boolean =>
  req.method !== "HEAD" && !(req.header("sec-purpose") ?? "").includes("prefetch");

type Proven = Extract<Found, { is: "proven" }>;

/** The same for who may be told of it at once. Null: anything else is to be said, and nothing was counted yet. */
export async function findShortly(asker: Asker, typed: string, world: VerificationWorld): Promise<Proven | null> {
  const code = parseVerificationCode(typed);
  const isRefused = (world.guesses?.(asker).refusedForSeconds() ?? null) !== null;
  const found = code.ok && !isRefused ? await openAndProve(code.value, world) : null;
  if (found?.is !== "proven") return null;
  if (isReading(asker)) world.noteCheck?.(found.record.statusIndex, "link");
  return found;
}

/** The same without a request: for a recipient whose key says who asks. */
export async function openAndProve(code: VerificationCode, world: VerificationWorld): Promise<Found> {
  const record: Result<PublishedCopy, RecordFailure> | null = await world.find(code);
  if (record === null) return { is: "problem", problem: "unknown" };
  if (!record.ok) return { is: "distrusted", code, why: record.failure.code };
  const proven = await world.prove(record.value);
  if (!proven.ok) return { is: "distrusted", code, why: proven.failure.code };
  const standing = standingRecord(record.value, await world.statusNow(record.value));
  return { is: "proven", code, record: standing, proven: proven.value };
}
