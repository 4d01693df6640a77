import { Card, Table, Tag } from "../design/content.tsx";
import { ErrorSummary, type Fault } from "../design/error-summary.tsx";
import { FileField } from "../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import type { Tone } from "../design/icons.tsx";
import { Page } from "../design/page.tsx";
import { type SpeechOf, speaker } from "../design/speech.ts";
import { dayText, shortTimeText } from "../design/time.ts";
import { CodeForm } from "../grants/receiver-pages.tsx";
import { inboxEn } from "../words/inbox.en.ts";
import { type InboxWord, inboxVi } from "../words/inbox.vi.ts";
import type { CopyLine, HandoverView, InboxView } from "./world.ts";

export const inboxSpeech = speaker({ vi: inboxVi, en: inboxEn });

type Base = { readonly frame: Frame; readonly path: string; readonly name: string };

type DoorProps = Base & {
  readonly canMail: boolean;
  readonly challenge: string | null;
  readonly outboxFolder: string | null;
  readonly faults: readonly Fault[];
};

/** Before the code: the office's name and nothing of what lies inside. */
export const DoorPage = ({ frame, path, name, canMail, challenge, outboxFolder, faults }: DoorProps) => {
  const { say } = inboxSpeech(frame.language);
  return (
    <Page frame={frame} title={say("title", { name })} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <h1>{say("title", { name })}</h1>
      <p>{say("lead")}</p>
      <Card>
        {challenge !== null && (
          <CodeForm frame={frame} path={path} challenge={challenge} outboxFolder={outboxFolder} faults={faults} />
        )}
        {canMail ? (
          <Form frame={frame} action={`${path}/code`} once>
            <Button look={challenge === null ? "main" : "quiet"}>{say("sendCode")}</Button>
          </Form>
        ) : (
          <p>{say("noMail")}</p>
        )}
      </Card>
    </Page>
  );
};

/** What was handed over, newest first, and what was opened lately. */
export const InboxPage = ({ frame, path, name, view }: Base & { readonly view: InboxView }) => {
  const speech = inboxSpeech(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("title", { name })} wide>
      <h1>{say("title", { name })}</h1>
      {view.handovers.length === 0 ? <p>{say("none")}</p> : <Handovers path={path} speech={speech} view={view} />}
      {view.openings.length > 0 && <Openings speech={speech} view={view} />}
      <Leave frame={frame} path={path} />
    </Page>
  );
};

type ListProps = { readonly path: string; readonly speech: SpeechOf<InboxWord>; readonly view: InboxView };

const Handovers = ({ path, speech: { say, language }, view }: ListProps) => (
  <Table
    caption={say("listTitle")}
    columns={[
      { label: say("applicant") },
      { label: say("procedure") },
      { label: say("at") },
      { label: say("copies"), number: true },
    ]}
    rows={view.handovers.map(({ id, applicantName, procedure, handedAt, copies, opened }) => [
      <a href={`${path}/${id}`}>{applicantName}</a>,
      procedure,
      shortTimeText(handedAt, language),
      say("openedOf", { n: copies, opened }),
    ])}
  />
);

const Openings = ({ speech: { say, language }, view }: Omit<ListProps, "path">) => (
  <>
    <Table
      caption={say("openingsTitle")}
      columns={[
        { label: say("openedAt") },
        { label: say("paper") },
        { label: say("procedure") },
        { label: say("receipt") },
      ]}
      rows={view.openings.map(({ id, openedAt, kind, procedure }) => [
        shortTimeText(openedAt, language),
        kind,
        procedure,
        <a href={`/openings/${id}`}>{say("receipt")}</a>,
      ])}
    />
    <p class="hint">{say("openingsHint")}</p>
  </>
);

const Leave = ({ frame, path }: Pick<Base, "frame" | "path">) => (
  <Form frame={frame} action={`${path}/leave`}>
    <Button look="quiet">{inboxSpeech(frame.language).say("leave")}</Button>
  </Form>
);

type HandoverPageProps = Omit<Base, "name"> & { readonly view: HandoverView; readonly faults: readonly Fault[] };

/** The papers of one applicant: each opened by itself, all of them checked in one receipt. */
export const HandoverPage = ({ frame, path, view, faults }: HandoverPageProps) => {
  const { say, language } = inboxSpeech(frame.language);
  const own = `${path}/${view.id}`;
  return (
    <Page
      frame={frame}
      title={say("handoverTitle", { name: view.applicantName })}
      wide
      scripts={["app"]}
      faulty={faults.length > 0}
    >
      <ErrorSummary language={language} faults={faults} />
      <p>
        <a class="way-back" href={path}>
          {say("back")}
        </a>
      </p>
      <h1>{say("handoverTitle", { name: view.applicantName })}</h1>
      <p>
        {view.procedure}, {shortTimeText(view.handedAt, language)}
      </p>
      <div class="cards">
        {view.lines.map((line) => (
          <CopyCard frame={frame} path={own} line={line} />
        ))}
      </div>
      <ReportForm frame={frame} path={own} faults={faults} />
    </Page>
  );
};

const tones: Readonly<Record<CopyLine["state"], Tone>> = {
  open: "neutral",
  exhausted: "neutral",
  expired: "care",
  revoked: "care",
  annulled: "bad",
};

const stateWords = {
  exhausted: "stateExhausted",
  expired: "stateExpired",
  revoked: "stateRevoked",
  annulled: "stateAnnulled",
} as const;

const CopyCard = ({ frame, path, line }: { frame: Frame; path: string; line: CopyLine }) => {
  const { say } = inboxSpeech(frame.language);
  const { state, opening, left, number, printedOn } = line;
  const opened = opening === null ? "stateOpen" : "stateOpened";
  return (
    <Card title={line.kind}>
      <p>{say("copyOf", { number, date: dayText(printedOn) })}</p>
      <p>
        <Tag tone={tones[state]}>{say(state === "open" ? opened : stateWords[state])}</Tag>
      </p>
      {opening !== null && (
        <LinkButton href={`/openings/${opening.id}`} look={opening.isOpen ? "main" : "quiet"}>
          {say(opening.isOpen ? "see" : "receipt")}
        </LinkButton>
      )}
      {state === "open" && opening?.isOpen !== true && (
        <Form frame={frame} action={`${path}/open/${line.grantId}`} once>
          <Button>{opening === null ? say("open") : say("openLeft", { n: left })}</Button>
        </Form>
      )}
    </Card>
  );
};

const ReportForm = ({ frame, path }: Pick<HandoverPageProps, "frame" | "path" | "faults">) => {
  const { say } = inboxSpeech(frame.language);
  return (
    <Card title={say("reportTitle")}>
      <p>{say("reportText")}</p>
      <Form frame={frame} action={`${path}/report.pdf`} files>
        <FileField name="file" label={say("files")} hint={say("filesHint")} accept="application/pdf" multiple />
        <Buttons>
          <Button>{say("asPdf")}</Button>
          <Button look="quiet" action={`${path}/report.json`}>
            {say("asJson")}
          </Button>
          <Button look="quiet" action={`${path}/report.csv`}>
            {say("asCsv")}
          </Button>
        </Buttons>
      </Form>
    </Card>
  );
};
