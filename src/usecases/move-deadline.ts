import type { WorkingCalendar } from "../core/calendar.ts";
import { deadlineLawOn } from "../core/deadline-law.ts";
import type { DeadlineMove, DeadlineStep, ExtensionReason, NewStep } from "../core/deadline-steps.ts";
import { endOfDay, extendedBy, isAwaited } from "../core/deadlines.ts";
import type { Actor, Dossier } from "../core/dossier.ts";
import type { AgencyId, DossierId, PersonId } from "../core/ids.ts";
import { fail, type Instant, type LocalDate, localDateOf, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

/** What is asked; hours are never: an appointment is for the end of the agency's working day. */
export type MoveRequest = {
  /** The last step that the page showed: a form sent twice, or after somebody else's, is found by it. */
  readonly after: number;
  /** Who certifies decides; whoever stands at the counter writes it down. */
  readonly decidedBy: string;
} & (
  | { readonly kind: "extended"; readonly reason: ExtensionReason; readonly workingDays: number }
  | {
      readonly kind: "agreed";
      readonly dueOn: LocalDate;
      readonly agreedWith: string;
      readonly agreedOn: LocalDate;
      readonly agreement: string;
    }
  | { readonly kind: "apology"; readonly dueOn: LocalDate; readonly reason: string }
);

export type MovingWorld = {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  /** Whether the signed notice of its refusal is still owed. */
  readonly noticeWaits: (id: DossierId) => Promise<boolean>;
  readonly steps: (id: DossierId) => Promise<readonly DeadlineStep[]>;
  readonly calendar: (agencyId: AgencyId) => Promise<WorkingCalendar>;
  /** The agency's people who certify. */
  readonly deciders: (agencyId: AgencyId) => Promise<readonly { readonly id: PersonId }[]>;
  /** Whether every sign can stand on a slip. */
  readonly isPrintable: (text: string) => boolean;
  /** Durable on return; false where another step came in between, or nothing is owed any more. */
  readonly keepStep: (id: DossierId, step: NewStep, actor: Actor, at: Instant) => Promise<boolean>;
};

/**
 * A later appointment: extended (DEADLINE-2), agreed in writing (DEADLINE-3), or named with an apology once it is late
 * (DEADLINE-5). Sent twice it is written down once.
 *
 * @returns the step's ordinal, by which its slip is asked for
 */
export async function moveDeadline(
  dossierId: DossierId,
  request: MoveRequest,
  actor: Actor,
  world: MovingWorld,
): Promise<Result<number, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const steps = await world.steps(dossierId);
  const done = steps.find(({ ordinal }) => ordinal === request.after + 1);
  if (done !== undefined) return isSame(done, request) ? ok(done.ordinal) : fail({ code: "deadline_moved" });
  const ended = await hasEnded(dossierId, actor, world);
  if (ended !== null) return fail(ended);
  const decider = (await world.deciders(actor.agencyId)).find(({ id }) => id === request.decidedBy);
  if (decider === undefined) return fail({ code: "malformed_request", field: "decidedBy" });
  const strange = textsOf(request).find(([, text]) => !text.split("\n").every(world.isPrintable));
  if (strange !== undefined) return fail({ code: "malformed_request", field: strange[0] });
  const at = world.now();
  const moved = appointmentOf(request, { dossier, steps, at, calendar: await world.calendar(actor.agencyId) });
  if (!moved.ok) return moved;
  const ordinal = request.after + 1;
  const step = { ...moveOf(request), ordinal, dueAt: moved.value, decidedBy: decider.id };
  if (await world.keepStep(dossierId, step, actor, at)) return ok(ordinal);
  return fail((await hasEnded(dossierId, actor, world)) ?? { code: "deadline_moved" });
}

/** Why no appointment is named any more; null while a result is owed. */
async function hasEnded(id: DossierId, { agencyId }: Actor, world: MovingWorld): Promise<Failure | null> {
  const dossier = await world.dossier(id, agencyId);
  if (dossier === null) return { code: "not_found" };
  const isOwed = isAwaited({ status: dossier.status, noticeWaits: await world.noticeWaits(id) });
  return isOwed ? null : { code: "wrong_stage", status: dossier.status };
}

type Held = {
  readonly dossier: Dossier;
  readonly steps: readonly DeadlineStep[];
  readonly at: Instant;
  readonly calendar: WorkingCalendar;
};

function appointmentOf(request: MoveRequest, held: Held): Result<Instant, Failure> {
  const { dossier, at, calendar } = held;
  const isLate = dossier.dueAt < at;
  switch (request.kind) {
    case "extended":
      return !isLate && mayExtend(request.workingDays, held)
        ? ok(extendedBy(dossier.dueAt, request.workingDays, calendar))
        : fail({ code: "rule_broken", rule: "DEADLINE-2" });
    case "agreed": {
      const dueAt = endOfDay(request.dueOn, calendar);
      return !isLate && isOfNow(request.agreedOn, held) && dueAt > dossier.dueAt
        ? ok(dueAt)
        : fail({ code: "rule_broken", rule: "DEADLINE-3" });
    }
    case "apology": {
      const dueAt = endOfDay(request.dueOn, calendar);
      return isOver(held) && dueAt > at ? ok(dueAt) : fail({ code: "rule_broken", rule: "DEADLINE-5" });
    }
  }
}

const isOfNow = (agreedOn: LocalDate, { dossier, at }: Held): boolean =>
  localDateOf(dossier.openedAt) <= agreedOn && agreedOn <= localDateOf(at);

/** Late, and so is what was named with the apology before. */
const isOver = ({ dossier: { dueAt, againAt }, at }: Held): boolean => dueAt < at && (againAt === null || againAt < at);

/** How many further working days the law still leaves, once an agreement counts none. NĐ 23/2015 Art. 21. */
export function daysLeft(dossier: Pick<Dossier, "openedAt">, steps: readonly DeadlineStep[]): number {
  if (steps.some(({ kind }) => kind === "agreed")) return 0;
  const taken = steps.reduce((sum, step) => sum + (step.kind === "extended" ? step.workingDays : 0), 0);
  return deadlineLawOn(localDateOf(dossier.openedAt)).extensionWorkingDays - taken;
}

const mayExtend = (workingDays: number, { dossier, steps }: Held): boolean =>
  Number.isInteger(workingDays) && workingDays >= 1 && workingDays <= daysLeft(dossier, steps);

function moveOf(request: MoveRequest): DeadlineMove {
  if (request.kind === "extended") {
    return { kind: "extended", reason: request.reason, workingDays: request.workingDays };
  }
  if (request.kind === "apology") return { kind: "apology", reason: request.reason };
  const { agreedWith, agreedOn, agreement } = request;
  return { kind: "agreed", agreedWith, agreedOn, agreement };
}

/** What a slip prints of it, by field. */
const textsOf = (request: MoveRequest): readonly (readonly [field: string, text: string])[] => {
  if (request.kind === "apology") return [["reason", request.reason]];
  if (request.kind === "extended") return [];
  return [
    ["agreedWith", request.agreedWith],
    ["agreement", request.agreement],
  ];
};

/** The very form that was sent before. */
function isSame(step: DeadlineStep, request: MoveRequest): boolean {
  const isDue = request.kind === "extended" || localDateOf(step.dueAt) >= request.dueOn;
  return isDue && Object.entries(moveOf(request)).every(([name, value]) => Reflect.get(step, name) === value);
}
