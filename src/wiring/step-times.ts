import { endedSteps } from "../../db/stores/ended-steps.ts";
import { keepStepTimesWith, roleChangesOf, stepTimesOf } from "../../db/stores/step-times.ts";
import type { Actor } from "../core/dossier.ts";
import type { PersonId } from "../core/ids.ts";
import { dutyOf } from "../core/statistics/duty.ts";
import { longestSteps } from "../core/statistics/long-steps.ts";
import { daysOfSpan, type Span } from "../core/statistics/span.ts";
import { type StandardsOn, standardsBy } from "../core/statistics/step-times.ts";
import { keepStepTimes } from "../usecases/administration/keep-step-times.ts";
import type { StepTimesPagesWorld } from "../web/pages/administration/step-times.tsx";
import type { DutyAt, TraceRules } from "../web/pages/statistics/trace.tsx";
import type { ToldStep } from "../web/pages/statistics/world.ts";
import { calendarAt } from "./calendars.ts";
import type { House } from "./house.ts";

const most = 10;

/** What the agency wrote down, else what the service was configured with. */
const standardsOf = async ({ sql, standards }: House, { agencyId }: Actor): Promise<StandardsOn> =>
  standardsBy(await stepTimesOf(sql, agencyId), standards);

export const stepTimesWorld = (house: House): StepTimesPagesWorld => ({
  now: house.now,
  usual: house.standards,
  kept: ({ agencyId }) => stepTimesOf(house.sql, agencyId),
  keep: (wanted, from, actor) =>
    keepStepTimes(wanted, from, actor, {
      now: house.now,
      standards: (one) => standardsOf(house, one),
      keep: (...kept) => keepStepTimesWith(house.sql, ...kept),
    }),
});

/** What the steps that these people did are held against. */
export const traceRules =
  (house: House) =>
  async (actor: Actor, people: readonly (PersonId | null)[]): Promise<TraceRules> => ({
    standards: await standardsOf(house, actor),
    dutyAt: await dutiesOf(house, people),
  });

async function dutiesOf({ sql }: House, people: readonly (PersonId | null)[]): Promise<DutyAt> {
  const changes = await roleChangesOf(sql, [...new Set(people.filter((id) => id !== null))]);
  return ({ step, personId, to }) => (personId === null ? [] : dutyOf(step, changes.get(personId) ?? [], to));
}

/** The steps of the actor's agency that took longest of those that ended in that week. */
export async function longestOfWeek(house: House, week: Span, actor: Actor): Promise<readonly ToldStep[]> {
  const [calendar, standards] = [await calendarAt(house, actor.agencyId), await standardsOf(house, actor)];
  const steps = endedSteps(house.sql, { agencyId: actor.agencyId, ...daysOfSpan(week) });
  const longest = await longestSteps(steps, { calendar, standards }, most);
  const dutyAt = await dutiesOf(
    house,
    longest.map(({ personId }) => personId),
  );
  return longest.map((step) => ({ ...step, duties: dutyAt(step) }));
}
