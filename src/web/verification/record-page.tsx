import { Card, SummaryList } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import type { Fills } from "../design/speech.ts";
import type { VerificationWord } from "../words/verification.vi.ts";
import { CheckForm } from "./check-form.tsx";
import { Page, Verdict } from "./layout.tsx";
import type { RecordGaps, RecordShape } from "./record-view.ts";
import { SignedCodeCard } from "./signed-code-card.tsx";
import { type Speech, speechIn } from "./speech.ts";
import { OnDay } from "./status-lines.tsx";
import { ViewerHelp } from "./viewer-help.tsx";
import { type Distrust, whyWord } from "./why.ts";

type RecordPageProps = {
  readonly frame: Frame;
  readonly rootKey: string | null;
  readonly shape: RecordShape;
  readonly gaps: RecordGaps;
};

type Told = { readonly speech: Speech; readonly shape: RecordShape; readonly gaps: RecordGaps };

/** `/v/<code>` of a record whose place in the log was just computed again. */
export const RecordPage = ({ frame, rootKey, shape, gaps }: RecordPageProps) => {
  const told = { speech: speechIn(shape.language), shape, gaps };
  const { say } = told.speech;
  return (
    <Page
      speech={told.speech}
      title={gaps.agency}
      frame={frame}
      development={shape.development}
      readsCode={rootKey !== null}
    >
      <RecordVerdict {...told} />
      <p class="hint">{shape.isTimed ? say("statusAsOf", { time: gaps.asOf }) : say("statusAsOfNever")}</p>
      {rootKey !== null && (
        <SignedCodeCard speech={told.speech} rootKey={rootKey} line={{ number: gaps.number, book: gaps.book }} />
      )}
      <Card title={say("factsTitle")}>
        <SummaryList rows={factRows(told)} />
        <p class="hint">{say("factsHidden")}</p>
      </Card>
      {shape.status === "issued" && <WhenInForce {...told} frame={frame} />}
      <OnDay {...told} />
      <Card title={say("logTitle")}>
        <LogLines {...told} />
      </Card>
    </Page>
  );
};

/** What to do with a copy in force; an annulled or replaced one is not to be checked further, but refused. */
const WhenInForce = ({ speech, gaps, frame }: Told & { readonly frame: Frame }) => (
  <>
    <Card title={speech.say("checkTitle")}>
      <CheckForm speech={speech} frame={frame} code={gaps.code} />
    </Card>
    <ViewerHelp language={speech.language} />
    <Card title={speech.say("nextTitle")}>
      <ul>
        <li>{speech.say("nextCompare")}</li>
        <li>{speech.say("nextDiffers", { agency: gaps.agency })}</li>
        <li>{speech.say("nextPaper")}</li>
      </ul>
    </Card>
    <Duty speech={speech} />
  </>
);

/** A record that cannot be believed: its facts are not shown, so that nobody relies on them. */
export const UnprovenPage = ({ speech, frame, why }: { speech: Speech; frame: Frame; why: Distrust }) => (
  <Page speech={speech} title={speech.say("statusUnproven")} frame={frame}>
    <Verdict speech={speech} tone="bad" sentence="recordUnproven" next="recordUnprovenNext" badge="statusUnproven">
      <p class="next">{speech.say("reasonLine", { reason: speech.say(whyWord[why]) })}</p>
    </Verdict>
  </Page>
);

/** LAW: NĐ 23/2015 Art. 6(2). */
export const Duty = ({ speech }: { speech: Speech }) => (
  <Card title={speech.say("dutyTitle")}>
    <p>{speech.say("duty")}</p>
  </Card>
);

const RecordVerdict = ({ speech, shape, gaps }: Told) => {
  const [sentence, next, tone] = verdictOf(shape);
  const isInPlace = shape.status === "annulled" && shape.isReplaced;
  const isUnread = shape.status !== "issued" && shape.isSuccessorUnread;
  return (
    <Verdict speech={speech} tone={tone} sentence={sentence} next={next} fills={fillsOf(gaps)}>
      {isInPlace && <p class="next">{speech.say("annulledReplaced", gaps)}</p>}
      {isUnread && <p class="next">{speech.say("successorUnread")}</p>}
    </Verdict>
  );
};

function verdictOf({
  status,
  isDecided,
  isReplaced,
}: RecordShape): readonly [VerificationWord, VerificationWord, "good" | "bad" | "care"] {
  if (status === "issued") return ["recordIssued", "recordIssuedNext", "good"];
  if (status === "superseded" && isReplaced) return ["recordReplaced", "recordReplacedNext", "care"];
  if (status === "superseded")
    return ["recordSuperseded", isDecided ? "recordSupersededBy" : "recordSupersededNext", "care"];
  if (status === "unknown") return ["recordStatusUnknown", "recordStatusUnknownNext", "care"];
  return ["recordAnnulled", isDecided ? "recordAnnulledNext" : "recordAnnulledNextUnknown", "bad"];
}

const fillsOf = ({ decisionNumber, decisionDate, decidedBy, decisionReason, ...gaps }: RecordGaps): Fills => ({
  ...gaps,
  number: decisionNumber,
  date: decisionDate,
  by: decidedBy,
  reason: decisionReason,
});

function factRows({ speech: { say }, shape, gaps }: Told): (readonly [string, string])[] {
  return [
    [say("factKind"), gaps.kind],
    ...rowIf(shape.hasPaperNumber, say("factPaperNumber"), gaps.paperNumber),
    ...rowIf(shape.issued === "by", say("factIssued"), gaps.issuedBy),
    ...rowIf(
      shape.issued === "on",
      say("factIssued"),
      say("factIssuedOnBy", { date: gaps.issuedOn, by: gaps.issuedBy }),
    ),
    [say("factHolder"), gaps.holder],
    [say("factAgency"), gaps.agency],
    [say("factSigner"), gaps.signer],
    [say("factTime"), gaps.time],
    [say("factNumber"), gaps.numberText],
    [say("factBook"), gaps.book],
    [say("factPages"), gaps.pages],
    [say("factCode"), gaps.codeText],
  ];
}

const rowIf = (isTold: boolean, label: string, value: string): (readonly [string, string])[] =>
  isTold ? [[label, value]] : [];

const LogLines = ({ speech: { say }, shape, gaps }: Told) => (
  <>
    <p>{say("logHolds", { index: gaps.logIndex, size: gaps.logSize, time: gaps.logTime })}</p>
    {shape.isCosigned && <p>{say("logCosigned", { n: gaps.cosignedCount, names: gaps.cosignedNames })}</p>}
    {shape.awaitsWitnesses && <p>{say("logWitnesses", { n: gaps.awaitedCount })}</p>}
    {!shape.hasWitnesses && <p>{say("logNoWitness")}</p>}
  </>
);
