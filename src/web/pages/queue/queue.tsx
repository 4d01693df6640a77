import type { Context } from "hono";
import type { LeftByAbsent } from "../../../core/absence.ts";
import { standingOf } from "../../../core/deadlines.ts";
import type { ListedDossier } from "../../../core/lists.ts";
import { type DossierStatus, dossierStatuses, isLast } from "../../../core/stages.ts";
import { dispatchSpeech } from "../../citizens/letter.tsx";
import { Buttons, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import { actorOf } from "../../officials/answers.ts";
import { voiceSpeech } from "../../petitions/form.tsx";
import { guardedPage, type Role, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import { type Clock, DossierTable, type Speech, speechIn } from "./dossier-table.tsx";
import { statusesOf } from "./next-step.ts";
import type { QueueWorld } from "./world.ts";

const rowsOnPage = 25;

/** Statuses behind each filter, in the order of the procedure; `mine` goes by the person's roles. */
const steps = {
  received: ["received"],
  read: ["read"],
  attested: ["attested", "numbered"],
  person_signed: ["person_signed"],
  refused: ["refused"],
  sealed: ["sealed", "logged"],
} as const satisfies Record<string, readonly DossierStatus[]>;
const shows = ["mine", "received", "read", "attested", "person_signed", "refused", "sealed", "all"] as const;
type Show = (typeof shows)[number];

/** A refused dossier waits for its notice. */
const underWay = dossierStatuses.filter((status) => !isLast(status) || status === "refused");

/** `/queue`: what waits for who is signed in, late first; the other steps by filter. */
export const queuePages = (world: QueueWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/queue",
    demands: ["receiver", "comparer", "signer", "clerk"],
    handle: (c, person) => showQueue(c, person, world),
  }),
];

async function showQueue(c: Context<WebEnv>, person: SignedIn, world: QueueWorld) {
  const show = shows.find((known) => known === c.req.query("show")) ?? "mine";
  const counts = await world.queueCounts(actorOf(person));
  const countOf = (one: Show) => shownBy(one, person.roles).reduce((sum, status) => sum + (counts.get(status) ?? 0), 0);
  const pageCount = Math.max(1, Math.ceil(countOf(show) / rowsOnPage));
  const asked = Number(/^[1-9]\d{0,4}$/.exec(c.req.query("page") ?? "")?.[0] ?? 1);
  const page = Math.min(asked, pageCount);
  const range = { limit: rowsOnPage, offset: (page - 1) * rowsOnPage };
  const dossiers = await world.queue(actorOf(person), shownBy(show, person.roles), range);
  const undelivered = mayCall(person.roles) ? await world.undeliveredCount(actorOf(person)) : 0;
  const petitions = person.roles.includes("signer") ? await world.duePetitions(actorOf(person)) : 0;
  const list = { show, page, pageCount, dossiers, countOf, undelivered, petitions };
  const clock = { now: world.now(), calendar: await world.calendar(actorOf(person)) };
  const left = person.roles.includes("signer") ? await world.leftByAbsent(actorOf(person)) : [];
  const { roles } = person;
  return c.html(<QueuePage {...{ frame: personFrame(c, person), roles, list, left, clock }} />);
}

const mayCall = (roles: readonly Role[]): boolean => roles.includes("receiver") || roles.includes("signer");

function shownBy(show: Show, roles: readonly Role[]): readonly DossierStatus[] {
  if (show === "mine") return statusesOf(roles);
  return show === "all" ? underWay : steps[show];
}

type List = {
  readonly show: Show;
  readonly page: number;
  readonly pageCount: number;
  readonly dossiers: readonly ListedDossier[];
  readonly countOf: (show: Show) => number;
  /** Results that did not reach their citizens; 0 for who does not call. */
  readonly undelivered: number;
  /** Petitions due soon or late; 0 for who does not answer them. */
  readonly petitions: number;
};
type PageProps = {
  readonly frame: Frame;
  readonly roles: readonly Role[];
  readonly list: List;
  readonly left: readonly LeftByAbsent[];
  readonly clock: Clock;
};

const QueuePage = ({ frame, roles, list, left, clock }: PageProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const { dossiers, show } = list;
  const standings = dossiers.map((dossier) => standingOf(dossier, clock.calendar, clock.now));
  const lateCount = standings.filter((standing) => standing === "late").length;
  const riskCount = standings.filter((standing) => standing === "at_risk").length;
  return (
    <Page frame={frame} title={say("title")} wide scripts={["app"]}>
      <div class="between">
        <h1>{say("title")}</h1>
        <Ahead speech={speech} roles={roles} countOf={list.countOf} />
      </div>
      <p class="hint">{say("lead")}</p>
      <Filters speech={speech} list={list} />
      {lateCount > 0 && (
        <Notice tone="bad" title={say("lateTitle", { count: lateCount })}>
          <p>
            {say("lateNext")} <a href="/deadlines">{say("toDeadlines")}</a>
          </p>
        </Notice>
      )}
      {riskCount > 0 && (
        <Notice tone="care" title={say("riskTitle", { count: riskCount })}>
          <p>
            {say("riskNext")} <a href="/deadlines">{say("toDeadlines")}</a>
          </p>
        </Notice>
      )}
      <Owed list={list} language={frame.language} />
      {left.map((one) => (
        <Left speech={speech} left={one} />
      ))}
      {dossiers.length === 0 ? (
        <p class="nothing">{say(show === "mine" ? "noneMine" : "none")}</p>
      ) : (
        <DossierTable speech={speech} caption={say(wordOf(show))} dossiers={dossiers} roles={roles} clock={clock} />
      )}
      {list.pageCount > 1 && <Pager speech={speech} list={list} />}
    </Page>
  );
};

/** For whoever signs instead, and for the head: they take such a number up under their own mandate. */
const Left = ({ speech: { say }, left }: { speech: Speech; left: LeftByAbsent }) => {
  const { name, until, substituteName, dossiers } = left;
  const title = until === null ? say("awayOpen", { name }) : say("awayUntil", { name, until: dayText(until) });
  return (
    <Notice tone="care" title={title}>
      <p>{substituteName === null ? say("awayNobody") : say("awaySubstitute", { name: substituteName })}</p>
      {dossiers.length > 0 && <p>{say("awayLeft", { count: dossiers.length })}</p>}
      <ul>
        {dossiers.map(({ id, title: paper }) => (
          <li>
            <a href={`/dossiers/${id}/sign`}>{paper}</a>
          </li>
        ))}
      </ul>
    </Notice>
  );
};

const wordOf = (show: Show) => `show${show[0]?.toUpperCase()}${show.slice(1)}` as `show${Capitalize<Show>}`;

/** What citizens wait for besides their dossiers. */
const Owed = ({ list, language }: { list: List; language: Language }) => {
  const [dispatch, voice] = [dispatchSpeech(language), voiceSpeech(language)];
  return (
    <>
      {list.undelivered > 0 && (
        <Notice tone="bad" title={dispatch.say("queueNotice", { count: list.undelivered })}>
          <p>
            <a href="/undelivered">{dispatch.say("queueNoticeLink")}</a>
          </p>
        </Notice>
      )}
      {list.petitions > 0 && (
        <Notice tone="care" title={voice.say("queueNotice", { count: list.petitions })}>
          <p>
            <a href="/petitions">{voice.say("queueNoticeLink")}</a>
          </p>
        </Notice>
      )}
    </>
  );
};

/** So few are signed or sealed one by one; for more the first key belongs to the list under one PIN. */
const fewByOne = 3;

/** Ways on that are not of one dossier. */
const Ahead = ({
  speech: { say },
  roles,
  countOf,
}: { speech: Speech; roles: readonly Role[] } & Pick<List, "countOf">) => (
  <Buttons>
    {roles.includes("signer") && countOf("attested") > 1 && (
      <LinkButton href="/sign" look="quiet" starts={countOf("attested") > fewByOne}>
        {say("signMany")}
      </LinkButton>
    )}
    {roles.includes("clerk") && countOf("person_signed") > 1 && (
      <LinkButton href="/seal" look="quiet" starts={countOf("person_signed") > fewByOne}>
        {say("sealMany")}
      </LinkButton>
    )}
    {roles.includes("receiver") && (
      <LinkButton href="/dossiers/new" starts>
        {say("receiveNew")}
      </LinkButton>
    )}
  </Buttons>
);

const Filters = ({ speech: { say }, list }: { speech: Speech; list: List }) => (
  <nav class="choices" aria-label={say("filters")}>
    <ul>
      {shows.map((show) => (
        <li>
          <a href={`/queue?show=${show}`} aria-current={show === list.show ? "true" : undefined}>
            {say(wordOf(show))} <b class="number">{list.countOf(show)}</b>
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Pager = ({ speech: { say }, list }: { speech: Speech; list: List }) => {
  const { show, page, pageCount } = list;
  const address = (other: number) => `/queue?show=${show}&page=${other}`;
  return (
    <nav class="between" aria-label={say("pagesNav")}>
      {page > 1 ? <a href={address(page - 1)}>{say("pageBefore")}</a> : <span />}
      <span class="number">{say("pageOf", { page, count: pageCount })}</span>
      {page < pageCount ? <a href={address(page + 1)}>{say("pageAfter")}</a> : <span />}
    </nav>
  );
};
