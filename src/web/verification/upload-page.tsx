import type { StandingRecord } from "../../core/status/standing.ts";
import type { VerificationCode } from "../../core/verification-code.ts";
import { Card, Fold } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import { CheckForm } from "./check-form.tsx";
import { Page, Verdict } from "./layout.tsx";
import { Reasons } from "./reasons.tsx";
import { Duty } from "./record-page.tsx";
import { ReportCard, type ReportOffer } from "./report-card.tsx";
import type { Speech } from "./speech.ts";
import { badgeOf, toldOf, type UploadAnswer, type UploadReport } from "./upload-answer.ts";
import { ViewerHelp } from "./viewer-help.tsx";

/** `GET /verify`: files, and their codes if there are any. */
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
  const { tone, sentence, next, fills } = toldOf(answer, record);
  return (
    <Page speech={speech} title={speech.say(sentence, fills)} frame={frame} development={record?.development ?? false}>
      <Verdict speech={speech} tone={tone} sentence={sentence} next={next} fills={fills} badge={badgeOf[tone]} />
      <Fold title={speech.say("reasonsTitle")}>
        <Reasons speech={speech} answer={answer} report={report} record={record} />
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
