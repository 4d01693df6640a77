import type { Result } from "../../core/kernel.ts";
import type { ProvenRecord } from "../../core/record-proof.ts";
import { numberText } from "../../core/register.ts";
import type { StandingRecord } from "../../core/status/standing.ts";
import { groupedCode, type VerificationCode } from "../../core/verification-code.ts";
import { Card, SummaryList } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import type { Fills } from "../design/speech.ts";
import { dayText, timeText } from "../design/time.ts";
import type { VerificationWord } from "../words/verification.vi.ts";
import { CheckForm } from "./check-form.tsx";
import { Page, Verdict } from "./layout.tsx";
import { SignedCodeCard } from "./signed-code-card.tsx";
import type { Speech } from "./speech.ts";
import { asOfText, type DayAnswer, OnDay } from "./status-lines.tsx";
import { ViewerHelp } from "./viewer-help.tsx";
import { type Distrust, whyWord } from "./why.ts";

export type { DayAnswer };

type RecordPageProps = {
  readonly speech: Speech;
  readonly frame: Frame;
  readonly code: VerificationCode;
  readonly record: StandingRecord;
  readonly proven: Extract<Result<ProvenRecord, never>, { ok: true }>["value"];
  readonly day: DayAnswer;
  readonly rootKey: string | null;
};

/** `/v/<code>` of a record whose place in the log was just computed again. */
export const RecordPage = ({ speech, frame, code, record, proven, day, rootKey }: RecordPageProps) => (
  <Page
    speech={speech}
    title={record.agency.name}
    frame={frame}
    development={record.development}
    readsCode={rootKey !== null}
  >
    <RecordVerdict speech={speech} record={record} />
    <p class="hint">{asOfText(speech, record)}</p>
    {rootKey !== null && (
      <SignedCodeCard speech={speech} rootKey={rootKey} line={{ number: record.number, book: record.book.text }} />
    )}
    <Card title={speech.say("factsTitle")}>
      <SummaryList rows={factRows(speech, record, code)} />
      <p class="hint">{speech.say("factsHidden")}</p>
    </Card>
    {record.status === "issued" && (
      <WhenInForce speech={speech} frame={frame} code={code} agency={record.agency.name} />
    )}
    <OnDay speech={speech} record={record} code={code} day={day} />
    <Card title={speech.say("logTitle")}>
      <LogLines speech={speech} proven={proven} />
    </Card>
  </Page>
);

type WhenInForceProps = Pick<RecordPageProps, "speech" | "frame" | "code"> & { readonly agency: string };

/** What to do with a copy in force; an annulled or replaced one is not to be checked further, but refused. */
const WhenInForce = ({ speech, frame, code, agency }: WhenInForceProps) => (
  <>
    <Card title={speech.say("checkTitle")}>
      <CheckForm speech={speech} frame={frame} code={code} />
    </Card>
    <ViewerHelp language={speech.language} />
    <Card title={speech.say("nextTitle")}>
      <ul>
        <li>{speech.say("nextCompare")}</li>
        <li>{speech.say("nextDiffers", { agency })}</li>
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

const RecordVerdict = ({ speech, record }: { speech: Speech; record: StandingRecord }) => {
  const [sentence, next, tone] = verdictOf(record);
  return <Verdict speech={speech} tone={tone} sentence={sentence} next={next} fills={fillsOf(record)} />;
};

function verdictOf(record: StandingRecord): readonly [VerificationWord, VerificationWord, "good" | "bad" | "care"] {
  if (record.status === "issued") return ["recordIssued", "recordIssuedNext", "good"];
  if (record.status === "superseded")
    return ["recordSuperseded", record.decision === null ? "recordSupersededNext" : "recordSupersededBy", "care"];
  if (record.status === "unknown") return ["recordStatusUnknown", "recordStatusUnknownNext", "care"];
  return ["recordAnnulled", record.decision === null ? "recordAnnulledNextUnknown" : "recordAnnulledNext", "bad"];
}

function fillsOf({ agency, decision }: StandingRecord): Fills {
  if (decision === null) return { agency: agency.name };
  const { number, date, by, reason } = decision;
  return { agency: agency.name, number, date: dayText(date), by, reason };
}

function factRows(speech: Speech, record: StandingRecord, code: VerificationCode): (readonly [string, string])[] {
  const { paper, signer } = record;
  return [
    [speech.say("factKind"), paper.kind],
    ...optionalRow(speech.say("factPaperNumber"), paper.numberMasked),
    ...optionalRow(speech.say("factIssued"), issuedText(speech, record)),
    [speech.say("factHolder"), record.holderInitials],
    [speech.say("factAgency"), record.agency.name],
    [speech.say("factSigner"), [signer.name, signer.title].filter(Boolean).join(", ")],
    [speech.say("factTime"), timeText(record.sealedAt, speech.language)],
    [speech.say("factNumber"), numberText(record.number)],
    [speech.say("factBook"), record.book.text],
    [speech.say("factPages"), String(record.pageCount)],
    [speech.say("factCode"), groupedCode(code)],
  ];
}

const optionalRow = (label: string, value: string): (readonly [string, string])[] => (value ? [[label, value]] : []);

function issuedText(speech: Speech, { paper }: StandingRecord): string {
  if (paper.issuedOn === null) return paper.issuedBy;
  return speech.say("factIssuedOnBy", { date: dayText(paper.issuedOn), by: paper.issuedBy });
}

const LogLines = ({ speech, proven }: Pick<RecordPageProps, "speech" | "proven">) => {
  const { cosigned, quorum } = proven.witnessed;
  const awaited = Math.max(0, quorum - cosigned.length);
  const fills = {
    index: proven.leafIndex + 1, // people count from 1
    size: proven.treeSize,
    time: timeText(proven.loggedAt, speech.language),
  };
  return (
    <>
      <p>{speech.say("logHolds", fills)}</p>
      {cosigned.length > 0 && <p>{speech.say("logCosigned", { n: cosigned.length, names: cosigned.join(", ") })}</p>}
      {awaited > 0 && <p>{speech.say("logWitnesses", { n: awaited })}</p>}
      {quorum === 0 && <p>{speech.say("logNoWitness")}</p>}
    </>
  );
};
