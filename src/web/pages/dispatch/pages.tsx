import { settlings } from "../../../core/dispatch.ts";
import { DispatchLines, type DispatchSpeech, hasFailed, stateText } from "../../citizens/dispatch-lines.tsx";
import { dispatchSpeech } from "../../citizens/letter.tsx";
import { Card, SummaryList, Table } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { DispatchView, UndeliveredLine } from "./world.ts";

type DispatchPageProps = {
  readonly frame: Frame;
  readonly view: DispatchView;
  /** Null: the address in use. */
  readonly typed: string | null;
  readonly faults: readonly Fault[];
};

/** `/dossiers/<id>/dispatch`: what was sent, sending it (again), and noting that the citizen was told otherwise. */
export const DispatchPage = ({ frame, view, typed, faults }: DispatchPageProps) => {
  const speech = dispatchSpeech(frame.language);
  const { say } = speech;
  const path = `/dossiers/${view.dossierId}`;
  return (
    <Page frame={frame} title={say("cardTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={path}>
        ‹ {view.title}
      </a>
      <h1>{say("cardTitle")}</h1>
      {hasFailed(view.sent) && <Notice tone="bad" title={say("cardCall")} />}
      <Card>
        {view.sent.length > 0 ? <DispatchLines sent={view.sent} speech={speech} /> : <p>{say("cardNoWay")}</p>}
        <SummaryList rows={[[say("listContact"), view.contact ?? say("listNoContact")]]} />
      </Card>
      <Card title={say(view.sent.length > 0 ? "cardAgain" : "emailChange")}>
        <Form frame={frame} action={`${path}/dispatch`} once>
          <TextField
            name="email"
            label={say("email")}
            hint={say("emailHint")}
            type="email"
            value={typed ?? view.email ?? ""}
            maxlength={254}
            fault={faultAt(faults, "email")}
          />
          <Button look={view.isReady ? "main" : "quiet"}>{say("cardButton")}</Button>
        </Form>
      </Card>
      {view.isReady && <SettleCard frame={frame} path={path} faults={faults} speech={speech} />}
    </Page>
  );
};

type SettleProps = {
  readonly frame: Frame;
  readonly path: string;
  readonly faults: readonly Fault[];
  readonly speech: DispatchSpeech;
};

const SettleCard = ({ frame, path, faults, speech: { say } }: SettleProps) => (
  <Card>
    <Form frame={frame} action={`${path}/dispatch/settled`} once>
      <RadioGroup
        name="how"
        label={say("settleLabel")}
        options={settlings.map((how) => ({ value: how, label: say(`settle_${how}`) }))}
        fault={faultAt(faults, "how")}
      />
      <Button look="quiet">{say("settleButton")}</Button>
    </Form>
  </Card>
);

type ListProps = {
  readonly frame: Frame;
  readonly failed: readonly UndeliveredLine[];
  readonly unfetched: readonly UndeliveredLine[];
};

/** `/undelivered`: no result is stuck in silence. */
export const UndeliveredPage = ({ frame, failed, unfetched }: ListProps) => {
  const speech = dispatchSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("listTitle")} wide scripts={["app"]}>
      <a class="way-back" href="/queue">
        ‹ {say("listBack")}
      </a>
      <h1>{say("listTitle")}</h1>
      <p>{say("listLead")}</p>
      {failed.length + unfetched.length === 0 && <p class="nothing">{say("listNone")}</p>}
      {failed.length > 0 && <Lines caption={say("listFailed")} lines={failed} speech={speech} />}
      {unfetched.length > 0 && <Lines caption={say("listUnfetched")} lines={unfetched} speech={speech} />}
    </Page>
  );
};

type LinesProps = {
  readonly caption: string;
  readonly lines: readonly UndeliveredLine[];
  readonly speech: DispatchSpeech;
};

const Lines = ({ caption, lines, speech }: LinesProps) => {
  const { say, language } = speech;
  const columns = ["listDossier", "listContact", "listWhy", "listSince", "listNext"] as const;
  return (
    <div class="listed">
      <Table
        caption={caption}
        columns={columns.map((word) => ({ label: say(word) }))}
        rows={lines.map((line) => [
          <>
            <a href={`/dossiers/${line.dossierId}`}>{line.title}</a>
            <span class="hint">{say(`what_${line.what}`)}</span>
          </>,
          <>
            {line.applicantName}
            <span class="hint">{line.contact ?? say("listNoContact")}</span>
          </>,
          whyOf(line, speech),
          <span class="number">{shortTimeText(line.since, language)}</span>,
          <a class="button quiet" href={`/dossiers/${line.dossierId}/dispatch`}>
            {say("cardTitle")}
            <span class="hidden"> {line.title}</span>
          </a>,
        ])}
      />
    </div>
  );
};

function whyOf({ state, reason, nextTryAt, notReachedAt }: UndeliveredLine, speech: DispatchSpeech): string {
  const why = state === null ? speech.say("listNoWay") : stateText({ state, reason, nextTryAt, endedAt: null }, speech);
  if (notReachedAt === null) return why;
  return `${why}. ${speech.say("settledNot", { time: shortTimeText(notReachedAt, speech.language) })}`;
}
