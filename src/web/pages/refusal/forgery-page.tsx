import { forgeryBounds, type KeptForgeryRecord } from "../../../core/forgery.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextArea, TextField } from "../../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Typed } from "../../forms/read-form.ts";
import type { DossierView } from "../../officials/world.ts";
import { forgeryEn } from "../../words/forgery.en.ts";
import { type ForgeryWord, forgeryVi } from "../../words/forgery.vi.ts";
import { pathOf } from "../receiving/with-dossier.ts";

export const forgerySpeech = speaker({ vi: forgeryVi, en: forgeryEn });
type Speech = SpeechOf<ForgeryWord>;

type PageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly records: readonly KeptForgeryRecord[];
  /** Whether who looks may make one now. */
  readonly mayRecord: boolean;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

/** Records that were made, each to be printed; then the form of the first or a further one. */
export const ForgeryPage = ({ frame, view, records, mayRecord, typed, faults }: PageProps) => {
  const speech = forgerySpeech(frame.language);
  const { say } = speech;
  const isRefused = view.refusal !== null;
  return (
    <Page frame={frame} title={say("title")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("back")}
      </a>
      <h1>{say("title")}</h1>
      <p>
        <b>{view.dossier.title}</b>, {view.dossier.applicantName}
      </p>
      {isRefused && records.length === 0 && <Notice tone="care" title={say("refused")} />}
      <p>{say("lead")}</p>
      {records.length > 0 && <Records speech={speech} view={view} records={records} />}
      {isRefused && records.length > 0 && (
        <Buttons>
          <LinkButton href={pathOf(view, "/refusal")}>{say("toNotice")}</LinkButton>
        </Buttons>
      )}
      {!mayRecord && records.length === 0 && <p>{say("listNone")}</p>}
      {mayRecord && <RecordForm {...{ frame, view, typed, faults, speech }} isFurther={records.length > 0} />}
    </Page>
  );
};

type RecordsProps = Pick<PageProps, "view" | "records"> & { readonly speech: Speech };

const Records = ({ speech: { say, language }, view, records }: RecordsProps) => (
  <>
    <h2>{say("listTitle")}</h2>
    {records.map((record) => (
      <Card title={say("one", { number: record.ordinal, time: shortTimeText(record.seenAt, language) })}>
        <SummaryList rows={rowsOf(record, say, language)} />
        <p>
          <a href={pathOf(view, `/forgery/${record.ordinal}`)}>{say("print")}</a>
        </p>
      </Card>
    ))}
    <p class="hint">{say("printNote")}</p>
  </>
);

const rowsOf = (record: KeptForgeryRecord, say: Speech["say"], language: Speech["language"]) => [
  [say("presentedBy"), record.presentedBy] as const,
  [say("seen"), record.seen] as const,
  [say("kept"), record.kept] as const,
  ...(record.handedTo === null ? [] : [[say("handedTo"), record.handedTo] as const]),
  [say("by"), `${record.by}, ${shortTimeText(record.at, language)}`] as const,
];

type FormProps = Pick<PageProps, "frame" | "view" | "typed" | "faults"> & {
  readonly speech: Speech;
  readonly isFurther: boolean;
};

const RecordForm = ({ frame, view, typed, faults, speech: { say }, isFurther }: FormProps) => {
  const common = (name: "presentedBy" | "day" | "time" | "seen" | "kept" | "handedTo") => {
    return { name, label: say(name), value: typed[name], fault: faultAt(faults, name) };
  };
  return (
    <Card title={say(isFurther ? "add" : "save")}>
      {isFurther && <p>{say("addLead")}</p>}
      <Form frame={frame} action={pathOf(view, "/forgery")} once>
        <input type="hidden" name="id" value={typed["id"]} />
        <TextField {...common("day")} type="date" look="short" />
        <TextField {...common("time")} type="time" look="short" maxlength={5} />
        <TextField {...common("presentedBy")} maxlength={forgeryBounds.presentedBy} />
        <TextArea {...common("seen")} hint={say("seenHint")} maxlength={forgeryBounds.seen} />
        <TextArea {...common("kept")} hint={say("keptHint")} maxlength={forgeryBounds.kept} />
        <TextField
          {...common("handedTo")}
          hint={say("handedToHint")}
          maxlength={forgeryBounds.handedTo}
          required={false}
        />
        <Button>{say(isFurther ? "add" : "save")}</Button>
      </Form>
    </Card>
  );
};

/** Before the notice of a suspected paper is signed, and where its records are. */
export const RecordWay = ({ frame, view }: Pick<PageProps, "frame" | "view">) => {
  const { say } = forgerySpeech(frame.language);
  const standing = recordStanding(view);
  if (standing === null) return null;
  if (standing === "made")
    return (
      <p>
        <a href={pathOf(view, "/forgery")}>{say("listTitle")}</a>
      </p>
    );
  return (
    <Notice tone="care" title={say("missing")}>
      <p>{say("missingLead")}</p>
      <Buttons>
        <LinkButton href={pathOf(view, "/forgery")}>{say("way")}</LinkButton>
      </Buttons>
    </Notice>
  );
};

/** As an empty form begins: who presented it is mostly who asked for the copy. */
export const emptyRecord = (view: DossierView, now: { day: string; time: string }, id: string): Typed => ({
  ...now,
  id,
  presentedBy: view.dossier.applicantName,
});

/** Null where nobody needs a record: refused on another ground, or not at all. */
export const recordStanding = ({
  refusal,
  events,
}: Pick<DossierView, "refusal" | "events">): "made" | "missing" | null => {
  if (refusal?.ground !== "SUSPECTED_FAKE") return null;
  return events.some(({ what }) => what === "forgery_recorded") ? "made" : "missing";
};
