import type { StandingRecord } from "../../core/status/standing.ts";
import type { VerificationCode } from "../../core/verification-code.ts";
import { Card, Fold, SummaryList } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import type { VerificationWord } from "../words/verification.vi.ts";
import { CheckForm } from "./check-form.tsx";
import { Page, Verdict } from "./layout.tsx";
import { Duty } from "./record-page.tsx";
import { ReportCard, type ReportOffer } from "./report-card.tsx";
import type { Speech } from "./speech.ts";
import { asOfText } from "./status-lines.tsx";
import {
  type CertifiedCopyStatus,
  documentWord,
  tellingOf,
  type UploadAnswer,
  type UploadReport,
} from "./upload-answer.ts";
import { ViewerHelp } from "./viewer-help.tsx";

/** `GET /verify`: a file, and the code if there is one. */
export const UploadPage = ({ speech, frame }: { speech: Speech; frame: Frame }) => (
  <Page speech={speech} frame={frame} title={speech.say("uploadTitle")}>
    <h1>{speech.say("uploadTitle")}</h1>
    <Card>
      <CheckForm speech={speech} frame={frame} code={null} />
    </Card>
    {!frame.here && (
      <p>
        <a href={`/verify/here/?lang=${speech.language}`}>{speech.say("checkHere")}</a>
      </p>
    )}
    <ViewerHelp language={speech.language} />
    <Duty speech={speech} />
  </Page>
);

const badgeOf = { good: "statusRight", bad: "statusRefuse", care: "statusCare", neutral: "statusNeutral" } as const;

type AnswerPageProps = {
  readonly speech: Speech;
  readonly frame: Frame;
  readonly answer: UploadAnswer;
  readonly report: UploadReport;
  readonly record: StandingRecord | null;
  readonly code: VerificationCode | null;
  readonly offer: ReportOffer;
};

/** The answer to an upload: one sentence, then both verdicts apart, then each signature. */
export const AnswerPage = ({ speech, frame, answer, report, record, code, offer }: AnswerPageProps) => {
  const { tone, sentence, next } = tellingOf[answer];
  const fills = { agency: record?.agency.name ?? "" };
  return (
    <Page speech={speech} title={speech.say(sentence, fills)} frame={frame} development={record?.development ?? false}>
      <Verdict speech={speech} tone={tone} sentence={sentence} next={next} fills={fills} badge={badgeOf[tone]} />
      <Fold title={speech.say("reasonsTitle")}>
        <h2>{speech.say("twoVerdictsTitle")}</h2>
        <SummaryList rows={verdictRows(speech, report)} />
        {record !== null && <p class="hint">{asOfText(speech, record)}</p>}
        {answer === "good" && <p class="hint">{speech.say(evidenceWord(report))}</p>}
        {report.signatures.length > 0 && (
          <>
            <h2>{speech.say("signaturesTitle")}</h2>
            <SummaryList rows={report.signatures.map((signature) => signatureRow(speech, signature))} />
          </>
        )}
      </Fold>
      {answer === "good" && <Duty speech={speech} />}
      {!frame.here && <ReportCard language={speech.language} offer={offer} />}
      <ViewerHelp language={speech.language} />
      <Card title={speech.say("checkAnother")}>
        <CheckForm speech={speech} frame={frame} code={answer === "another_copy" ? null : code} />
      </Card>
    </Page>
  );
};

const copyWord: Readonly<Record<CertifiedCopyStatus, VerificationWord>> = {
  issued_here: "copyIssuedHere",
  issued_by: "copyIssuedBy",
  annulled: "copyAnnulled",
  superseded: "copySuperseded",
  not_a_certified_copy: "copyNot",
  unknown: "copyUnknown",
};

function verdictRows(speech: Speech, report: UploadReport): (readonly [string, string])[] {
  return [
    [speech.say("verdictCopy"), speech.say(copyWord[report.certifiedCopy.status])],
    [speech.say("verdictDocument"), speech.say(documentWord(report))],
    [speech.say("technicalCode"), report.code],
  ];
}

function signatureRow(speech: Speech, signature: UploadReport["signatures"][number]): readonly [string, string] {
  const intact = speech.say(signature.intact ? "signatureIntact" : "signatureBroken");
  const trusted = speech.say(signature.trusted ? "signatureTrusted" : "signatureUntrusted");
  return [signature.signer?.name ?? speech.say("signatureNoName"), `${intact}; ${trusted}`];
}

/** A fresh copy carries its timestamps; lasting evidence follows by a job (DESIGN decision 6). */
function evidenceWord({ signatures }: UploadReport): "evidencePending" | "evidenceLasting" {
  const isLasting = signatures.every(({ level }) => level === "B-LTA" || level === "TS");
  return isLasting ? "evidenceLasting" : "evidencePending";
}
