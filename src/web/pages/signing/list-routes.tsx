import type { Context } from "hono";
import { z } from "zod";
import { type DossierId, parseDossierId } from "../../../core/ids.ts";
import type { ListedDossier } from "../../../core/lists.ts";
import type { OneOfMany } from "../../../usecases/act-on-each.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { statusOf } from "../../problem.ts";
import { guardedPage, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import type { Act } from "./act.ts";
import { Pin } from "./act-routes.tsx";
import { ListPage, mostAtOnce } from "./list-page.tsx";
import { listUnderWayPage, underWayPath } from "./list-under-way.tsx";
import { faultsOf } from "./pin-form.tsx";
import { ResultPage } from "./result-page.tsx";
import { speechIn } from "./speech.ts";
import type { DeskWorld } from "./world.ts";

/** Ids under one name come joined by line feeds. */
const Chosen = z.string().transform((text, issues): readonly DossierId[] => {
  const ids = text.split("\n").map((id) => parseDossierId(id));
  if (ids.some((id) => !id.ok) || ids.length > mostAtOnce) issues.addIssue({ code: "custom" });
  return ids.flatMap((id) => (id.ok ? [id.value] : []));
});
const Many = z.object({ dossier: Chosen, pin: Pin });

type Asked = {
  readonly c: Context<WebEnv>;
  readonly act: Act;
  readonly world: DeskWorld;
  readonly person: SignedIn;
};

/** `/sign` and `/seal`: the waiting ones, chosen one by one, under one PIN. */
export const actListPages = (act: Act, world: DeskWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: `/${act.name}`,
    demands: [act.role],
    handle: async (c, person) => {
      if (world.listAct(act.name, actorOf(person))?.results === null) return c.redirect(underWayPath(act), 303);
      const dossiers = await waitingFor({ c, act, world, person });
      const isAll = c.req.query("all") === "yes";
      return showList({ c, act, world, person }, dossiers, isAll ? dossiers.map(({ id }) => id) : [], []);
    },
  }),
  guardedPage({
    method: "POST",
    path: `/${act.name}`,
    demands: [act.role],
    bodyLimitBytes: 16 * 1024,
    handle: (c, person) => useKeyOnMany({ c, act, world, person }),
  }),
  listUnderWayPage(act, world),
];

const waitingFor = ({ act, world, person }: Asked) =>
  world.queue(actorOf(person), act.waits, { limit: mostAtOnce, offset: 0 });

async function showList(
  { c, act, world, person }: Asked,
  dossiers: readonly ListedDossier[],
  chosen: readonly string[],
  faults: readonly Fault[],
  failure: Failure | null = null,
) {
  const status = failure === null ? (faults.length > 0 ? 400 : 200) : statusOf[failure.code];
  if (failure?.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const frame = personFrame(c, person);
  const agent = await world.agentFor(act.name, actorOf(person));
  c.set("agentAddress", agent);
  const remote = await world.remote.serviceFor(act.name, actorOf(person));
  const ids = dossiers.map(({ id }) => id);
  const leftOut = await world.leftOutOf(ids);
  const coarse = await world.coarseScansOf(ids);
  const rest = { leftOut, coarse, personId: person.personId, chosen: new Set(chosen), faults, failure, agent, remote };
  return c.html(<ListPage frame={frame} act={act} dossiers={dossiers} {...rest} />, status);
}

async function useKeyOnMany(asked: Asked): Promise<Response> {
  const { c, act, world, person } = asked;
  const form = await readForm(c, Many);
  const dossiers = await waitingFor(asked);
  if (!form.ok) {
    const { say } = speechIn(c.var.language);
    const ownWords: Readonly<Record<string, string>> = { dossier: say("listFault"), pin: say("pinFault") };
    const faults = form.faults.map(({ field }) => ({ field, says: ownWords[field] ?? "" }));
    return showList(asked, dossiers, (form.typed["dossier"] ?? "").split("\n"), faults);
  }
  const { dossier: chosen, pin } = form.value;
  const titles = new Map(dossiers.map(({ id, title }) => [id as string, title]));
  const papers = chosen.map((id) => ({ id, title: titles.get(id) ?? null }));
  const results = await act.useOnMany(world)(papers, pin, actorOf(person));
  if (results === "another") return c.redirect(`${underWayPath(act)}?another=yes`, 303);
  if (results === null) return c.redirect(underWayPath(act), 303);
  const nothingDone = firstFailure(results);
  if (nothingDone !== null) return showList(asked, dossiers, chosen, faultsOf(nothingDone, c.var), nothingDone);
  return showResults(asked, results, titles);
}

/** What stopped everything before anything was done: then the form is shown again, with what was chosen. */
function firstFailure(results: readonly OneOfMany[]): Failure | null {
  const [first, second] = results;
  const stopped =
    first?.result?.ok === false && (results.length === 1 ? isOfForm(first.result.failure) : second?.result === null);
  return stopped && first.result?.ok === false ? first.result.failure : null;
}

const isOfForm = ({ code }: Failure): boolean => code !== "wrong_stage" && code !== "not_found";

async function showResults(asked: Asked, results: readonly OneOfMany[], titles: ReadonlyMap<string, string>) {
  const { c, act, person } = asked;
  const hasMore = (await waitingFor(asked)).length > 0;
  const frame = personFrame(c, person);
  return c.html(<ResultPage frame={frame} act={act} results={results} titles={titles} hasMore={hasMore} />);
}
