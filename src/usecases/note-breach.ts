import { type Breach, type BreachId, type BreachStep, breachSteps } from "../core/breach.ts";
import type { Actor } from "../core/dossier.ts";
import { fail, type Instant, ok, type Result } from "../core/kernel.ts";

export type NewBreach = Pick<Breach, "id" | "foundAt" | "happened" | "concerns" | "done">;
export type NewBreachStep = Pick<BreachStep, "at" | "says"> & { readonly id: string; readonly what: string };

/** The field in which something does not fit. */
export type BreachFault = {
  readonly code: "breach_faulty";
  readonly field: "happened" | "concerns" | "done" | "at" | "says" | "what" | "id";
};

export type BreachWorld = {
  readonly now: () => Instant;
  /** The same again changes nothing. False, and nothing is kept, where something else stands under that id. */
  readonly keepBreach: (breach: NewBreach, actor: Actor, at: Instant) => Promise<boolean>;
  readonly keepStep: (id: BreachId, step: NewBreachStep, actor: Actor, at: Instant) => Promise<boolean>;
  /** Whether the letter's font has every sign of it. */
  readonly isPrintable: (text: string) => boolean;
};

const isWritten = (text: string, { isPrintable }: Pick<BreachWorld, "isPrintable">): boolean =>
  text.length >= 10 && text.length <= 1000 && isPrintable(text.replace(/\s+/gu, " "));
const tidy = (text: string): string => text.normalize("NFC").trim();

/** DATA-4: what was found is written down as it is known then, and never changed; the clock runs from the finding. */
export async function noteBreach(
  typed: NewBreach,
  actor: Actor,
  world: BreachWorld,
): Promise<Result<null, BreachFault>> {
  const { happened, concerns, done } = typed;
  const told = { ...typed, happened: tidy(happened), concerns: tidy(concerns), done: tidy(done) };
  const now = world.now();
  if (told.foundAt > now) return fail({ code: "breach_faulty", field: "at" });
  const field = (["happened", "concerns", "done"] as const).find((one) => !isWritten(told[one], world));
  if (field !== undefined) return fail({ code: "breach_faulty", field });
  return keptOrNot(await world.keepBreach(told, actor, now));
}

/** Who was told, when, and by which paper; or what else was done. */
export async function noteBreachStep(
  breach: Breach,
  typed: NewBreachStep,
  actor: Actor,
  world: BreachWorld,
): Promise<Result<null, BreachFault>> {
  const told = { ...typed, says: tidy(typed.says) };
  const now = world.now();
  if (!breachSteps.some((one) => one === told.what)) return fail({ code: "breach_faulty", field: "what" });
  if (told.at > now || told.at < breach.foundAt) return fail({ code: "breach_faulty", field: "at" });
  if (!isWritten(told.says, world)) return fail({ code: "breach_faulty", field: "says" });
  return keptOrNot(await world.keepStep(breach.id, told, actor, now));
}

const keptOrNot = (isKept: boolean): Result<null, BreachFault> =>
  isKept ? ok(null) : fail({ code: "breach_faulty", field: "id" });
