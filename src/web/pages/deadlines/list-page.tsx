import type { Context } from "hono";
import { type Standing, standingOf } from "../../../core/deadlines.ts";
import type { ListedDossier } from "../../../core/lists.ts";
import { Table, Tag } from "../../design/content.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { actorOf } from "../../officials/answers.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { type Clock, Due, speechIn } from "../queue/dossier-table.tsx";
import { standOf } from "../queue/next-step.ts";
import { deadlineSpeech, type Speech } from "./speech.ts";
import type { DeadlinesWorld } from "./world.ts";

const mostRows = 200;

/** `/deadlines`: of the whole agency, whoever's turn it is; for its head before anything is late. DEADLINE-4. */
export async function showDeadlines(c: Context<WebEnv>, person: Actor, world: DeadlinesWorld): Promise<Response> {
  const owed = await world.owed(actorOf(person), mostRows + 1);
  const clock = { now: world.now(), calendar: await world.calendar(actorOf(person)) };
  const mayOpen = person.roles.some((role) => role !== "administrator");
  return c.html(<ListPage frame={personFrame(c, person)} owed={owed} clock={clock} mayOpen={mayOpen} />);
}

type Props = {
  readonly frame: Frame;
  readonly owed: readonly ListedDossier[];
  readonly clock: Clock;
  /** An administrator alone counts, and opens no citizen's dossier. */
  readonly mayOpen: boolean;
};

const ListPage = ({ frame, owed, clock, mayOpen }: Props) => {
  const speech = deadlineSpeech(frame.language);
  const { say } = speech;
  const held = owed
    .slice(0, mostRows)
    .map((dossier) => ({ dossier, standing: standingOf(dossier, clock.calendar, clock.now) }));
  const count = (standing: Standing) => held.filter((one) => one.standing === standing).length;
  const pressing = held.filter(({ standing }) => standing === "late" || standing === "at_risk");
  return (
    <Page frame={frame} title={say("listTitle")} wide scripts={["app"]}>
      <h1>{say("listTitle")}</h1>
      <p class="hint">{say("listLead")}</p>
      <p>
        <Tag tone="bad">{say("listLate", { count: count("late") })}</Tag>{" "}
        <Tag tone="care">{say("listRisk", { count: count("at_risk") })}</Tag>{" "}
        <Tag tone="good">{say("listRest", { count: count("in_time") })}</Tag>
      </p>
      {owed.length > mostRows && <p role="status">{say("listMore", { count: mostRows })}</p>}
      {pressing.length === 0 ? (
        <p class="nothing">{say("listNone")}</p>
      ) : (
        <PressingTable {...{ speech, clock, mayOpen }} dossiers={pressing.map(({ dossier }) => dossier)} />
      )}
    </Page>
  );
};

type TableProps = Pick<Props, "clock" | "mayOpen"> & {
  readonly speech: Speech;
  readonly dossiers: readonly ListedDossier[];
};

const PressingTable = ({ speech: { say, language }, clock, mayOpen, dossiers }: TableProps) => {
  const queueSpeech = speechIn(language);
  const labels = [say("paperColumn"), say("applicantColumn"), say("dueNow"), say("standColumn")];
  const columns = [...labels, ...(mayOpen ? [say("nextColumn")] : [])].map((label) => ({ label }));
  return (
    <div class="listed">
      <Table
        caption={say("listPressing")}
        columns={columns}
        rows={dossiers.map((dossier) => {
          const [tone, word] = standOf(dossier);
          const cells = [
            mayOpen ? <a href={`/dossiers/${dossier.id}`}>{dossier.title}</a> : dossier.kind,
            mayOpen ? dossier.applicantName : "–",
            <Due speech={queueSpeech} dossier={dossier} clock={clock} />,
            <Tag tone={tone}>{queueSpeech.say(word)}</Tag>,
          ];
          return mayOpen ? [...cells, <MoveLink dossier={dossier} say={say} />] : cells;
        })}
      />
    </div>
  );
};

const MoveLink = ({ dossier, say }: { dossier: ListedDossier; say: Speech["say"] }) => (
  <a class="button quiet" href={`/dossiers/${dossier.id}/deadline`}>
    {say("doExtend")}
    <span class="hidden"> {say("forPaper", { title: dossier.title })}</span>
  </a>
);
