import { Card } from "../../design/content.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { Notice } from "../../design/verdict.tsx";
import { wordsOf } from "../../problem.ts";
import type { Act } from "./act.ts";
import { Facts } from "./facts.tsx";
import { addressOf, numberFills, type Speech, speechIn } from "./speech.ts";
import type { CopiesAct, CopiesUnderWay, DeskView } from "./world.ts";

/** The act that goes through the copies of this number right now; null where none does. */
export const aliveAct = (act: Act, { copies }: DeskView): CopiesUnderWay | null =>
  copies !== null && copies[act.name]?.isAlive === true ? copies : null;

const doneOf = (act: Act, { signed, sealed }: CopiesUnderWay): number => (act.name === "sign" ? signed : sealed);

const renewSeconds = 3;

type CopiesPageProps = {
  readonly frame: Frame;
  readonly act: Act;
  readonly view: DeskView;
  readonly copies: CopiesUnderWay;
};

/** How far an act on many copies is. The page may be left: the act goes on, and nobody needs to watch. COPIES-1. */
export const CopiesPage = ({ frame, act, view, copies }: CopiesPageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const [done, count] = [doneOf(act, copies), copies.copies];
  const said = say(act.name === "sign" ? "copiesSigning" : "copiesSealing", { done, count, ...numberFills(view.line) });
  return (
    <Page frame={frame} title={said} scripts={["app", "progress"]} renewSeconds={renewSeconds}>
      <div id="live-copies" data-live="">
        <h1>{said}</h1>
        <Card>
          <progress max={count} value={done} aria-label={said}>
            {done}/{count}
          </progress>
          <p role="status">{say("copiesDone", { done, count })}</p>
          <p class="hint">{say("copiesMayLeave")}</p>
        </Card>
      </div>
      <Buttons>
        <LinkButton href={`${addressOf(view.dossier)}/${act.name}`} look="quiet">
          {say("lookAgain")}
        </LinkButton>
        <LinkButton href={`/${act.name}`} look="quiet">
          {say("toQueue")}
        </LinkButton>
      </Buttons>
      <Facts speech={speech} view={view} />
    </Page>
  );
};

type CopiesNoticeProps = { readonly speech: Speech; readonly act: Act; readonly view: DeskView };

/** Above the PIN: how many copies it is for, and what stands of an act that ended before all was done. */
export const CopiesNotice = ({ speech, act, view }: CopiesNoticeProps) => {
  const { say } = speech;
  const count = view.dossier.electronicCopies;
  if (count === 1) return null;
  const done = view.copies === null ? 0 : doneOf(act, view.copies);
  const ended = view.copies?.[act.name] ?? null;
  if (done === 0 && ended?.failure == null) return <p>{say("copiesUnderOnePin", { count })}</p>;
  return (
    <Notice tone="care" title={say(act.name === "sign" ? "copiesCutSign" : "copiesCutSeal", { done, count })}>
      <WhyEnded speech={speech} ended={ended} />
      <p>{say("copiesGoOn", { left: count - done })}</p>
    </Notice>
  );
};

const WhyEnded = ({ speech, ended }: { speech: Speech; ended: CopiesAct | null }) => {
  if (ended?.failure == null) return null;
  const { title, detail } = wordsOf(ended.failure, speech.language);
  return (
    <p>
      {title} {detail}
    </p>
  );
};
