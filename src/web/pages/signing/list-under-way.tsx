import type { Context } from "hono";
import { Card } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { actorOf } from "../../officials/answers.ts";
import { guardedPage, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import type { Act } from "./act.ts";
import { AnotherNotice, ResultPage } from "./result-page.tsx";
import { speechIn } from "./speech.ts";
import type { DeskWorld, ListAct } from "./world.ts";

const renewSeconds = 3;

export const underWayPath = (act: Act): string => `/${act.name}/under-way`;

/** `/sign/under-way`, `/seal/under-way`: how far the actor's list is, then what became of each. */
export const listUnderWayPage = (act: Act, world: DeskWorld): Route =>
  guardedPage({
    method: "GET",
    path: underWayPath(act),
    demands: [act.role],
    handle: (c, person) => showUnderWay(c, person, act, world),
  });

async function showUnderWay(c: Context<WebEnv>, person: SignedIn, act: Act, world: DeskWorld): Promise<Response> {
  const list = world.listAct(act.name, actorOf(person));
  if (list === null) return c.redirect(`/${act.name}`, 303);
  const frame = personFrame(c, person);
  const another = c.req.query("another") === "yes";
  if (list.results === null) return c.html(<ProgressPage frame={frame} act={act} list={list} another={another} />);
  const titles = new Map(list.chosen.map(({ id, title }) => [id as string, title]));
  const hasMore = (await world.queue(actorOf(person), act.waits, { limit: 1, offset: 0 })).length > 0;
  return c.html(
    <ResultPage frame={frame} act={act} results={list.results} titles={titles} hasMore={hasMore} another={another} />,
  );
}

type ProgressProps = {
  readonly frame: Frame;
  readonly act: Act;
  readonly list: ListAct;
  /** A second list was sent meanwhile, and nothing of it was done. */
  readonly another: boolean;
};

/** The page may be left: the act goes on, and nobody needs to watch. */
const ProgressPage = ({ frame, act, list: { chosen, done }, another }: ProgressProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const said = say(act.words.listUnderWay, { done, count: chosen.length });
  return (
    <Page frame={frame} title={said} scripts={["app", "progress"]} renewSeconds={renewSeconds}>
      {another && <AnotherNotice speech={speech} />}
      <div id="live-list" data-live="">
        <h1>{said}</h1>
        <Card>
          <progress max={chosen.length} value={done} aria-label={said}>
            {done}/{chosen.length}
          </progress>
          <p role="status">{say("listDone", { done, count: chosen.length })}</p>
          <p class="hint">{say("copiesMayLeave")}</p>
        </Card>
      </div>
      <Buttons>
        <LinkButton href={underWayPath(act)} look="quiet">
          {say("lookAgain")}
        </LinkButton>
        <LinkButton href="/queue" look="quiet">
          {say("toQueue")}
        </LinkButton>
      </Buttons>
    </Page>
  );
};
