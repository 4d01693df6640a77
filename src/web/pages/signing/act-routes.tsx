import type { Context } from "hono";
import { z } from "zod";
import type { DossierId } from "../../../core/ids.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { statusOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import { type Act, isWaiting } from "./act.ts";
import { ActPage } from "./act-page.tsx";
import { aliveAct, CopiesPage } from "./copies-page.tsx";
import { StandingPage } from "./standing.tsx";
import type { DeskView, DeskWorld } from "./world.ts";

export const Pin = z.string().min(4).max(64);
const OnePin = z.object({ pin: Pin });

/** `/dossiers/:id/sign` and `/dossiers/:id/seal`: look at what it is, enter the PIN, go on to the next. */
export const actPages = (act: Act, world: DeskWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: `/dossiers/:id/${act.name}`,
    demands: [act.role],
    handle: async (c, person) => {
      const view = await onDossier(idOf(c), (id) => world.desk(id, actorOf(person)));
      return view.ok ? showAct({ c, act, world, person }, view.value, null) : refuse(c, view.failure);
    },
  }),
  guardedPage({
    method: "POST",
    path: `/dossiers/:id/${act.name}`,
    demands: [act.role],
    bodyLimitBytes: 4096,
    handle: (c, person) => useKey({ c, act, world, person }),
  }),
];

type Asked = {
  readonly c: Context<WebEnv>;
  readonly act: Act;
  readonly world: DeskWorld;
  readonly person: SignedIn;
};

const idOf = (c: Context<WebEnv>): string => c.req.param("id") ?? "";

/** The form while the dossier waits for it; once it has moved on, where it stands now: pressing twice does no harm. */
async function showAct({ c, act, world, person }: Asked, view: DeskView, failure: Failure | null) {
  const frame = personFrame(c, person);
  const status = failure === null ? 200 : statusOf[failure.code];
  if (failure?.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const copies = aliveAct(act, view);
  if (copies !== null) return c.html(<CopiesPage frame={frame} act={act} view={view} copies={copies} />, status);
  if (isWaiting(act, view)) {
    const agent = await world.agentFor(act.name, actorOf(person));
    c.set("agentAddress", agent);
    const remote = await world.remote.serviceFor(act.name, actorOf(person));
    const rest = { personId: person.personId, failure, agent, remote };
    return c.html(<ActPage frame={frame} act={act} view={view} {...rest} />, status);
  }
  const [next] = await world.queue(actorOf(person), act.waits, { limit: 1, offset: 0 });
  const onward = next && { word: act.words.next, href: `/dossiers/${next.id}/${act.name}` };
  return c.html(<StandingPage frame={frame} view={view} onward={onward} failure={failure} />, status);
}

async function useKey(asked: Asked): Promise<Response> {
  const { c, act, world, person } = asked;
  const form = await readForm(c, OnePin);
  const view = await onDossier(idOf(c), (id) => world.desk(id, actorOf(person)));
  if (!view.ok) return refuse(c, view.failure);
  if (!form.ok) return showAct(asked, view.value, { code: "malformed_request", field: "pin" });
  const used = await act.use(world)(view.value.dossier.id, form.value.pin, actorOf(person));
  if (used.ok || isToSee.has(used.failure.code)) return c.redirect(`/dossiers/${idOf(c)}/${act.name}`, 303);
  return showAgain(asked, view.value.dossier.id, used.failure);
}

/** Told by where the dossier stands now. */
const isToSee = new Set<Failure["code"]>(["wrong_stage", "act_under_way"]);

/** Looked at anew: the attempt itself may have moved the dossier, as when the printed date has passed. */
async function showAgain(asked: Asked, id: DossierId, failure: Failure): Promise<Response> {
  const view = await asked.world.desk(id, actorOf(asked.person));
  return view.ok ? showAct(asked, view.value, failure) : refuse(asked.c, view.failure);
}
