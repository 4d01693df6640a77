import { deadlineSteps } from "../../db/stores/deadlines.ts";
import { localDateOf } from "../../src/core/kernel.ts";
import { deadlinesWorld } from "../../src/wiring/deadlines.ts";
import { officialsWorld } from "../../src/wiring/officials.ts";
import { type Act, reason, type Told } from "./act.ts";

const nothing: Told = { ok: false, failure: { code: "nothing_there" } };

/** Extended, agreed or an apology, now and then after a step that is not the last one. DEADLINE-3 */
export const move: Act = async (visit) => {
  const { town, chance, dossier } = visit;
  if (dossier === null) return nothing;
  const officer = visit.by("signer");
  const steps = await deadlineSteps(town.sql, dossier.id);
  const common = { after: chance.below(9) === 0 ? 1 : (steps.at(-1)?.ordinal ?? 1), decidedBy: officer.personId };
  const today = localDateOf(town.now());
  const day = localDateOf(new Date(Date.parse(town.now()) + chance.below(8) * 86_400_000).toISOString() as never);
  const agreed = { agreedWith: "Lò Văn Thử (hư cấu)", agreedOn: today, agreement: "Giấy thỏa thuận (hư cấu)" };
  const request = chance.pick([
    { ...common, kind: "extended", reason: "many_pages", workingDays: 1 + chance.below(3) } as const,
    { ...common, ...agreed, kind: "agreed", dueOn: day } as const,
    { ...common, kind: "apology", dueOn: day, reason } as const,
  ]);
  return deadlinesWorld(town.house, officialsWorld(town.house)).move(dossier.id, request, visit.by("receiver"));
};
