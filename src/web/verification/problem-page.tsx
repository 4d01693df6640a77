import { Card } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import type { Fills } from "../design/speech.ts";
import type { VerificationWord } from "../words/verification.vi.ts";
import { CheckForm } from "./check-form.tsx";
import { Page, Verdict } from "./layout.tsx";
import { SignedCodeCard } from "./signed-code-card.tsx";
import type { Speech } from "./speech.ts";

/** What the visitor can mend alone (a wrong code, no file, a file too large or too laboured), and what time mends. */
export type VisitorProblem =
  | "unknown"
  | "malformed"
  | "manyGuesses"
  | "noFile"
  | "emptyFile"
  | "tooLarge"
  | "stopped"
  | "busy"
  | "broken"
  | "elsewhere"
  | "lookAlikeLater"
  | "lookAlikeOften"
  | "noReport"
  | "reportRefused"
  | "reportTooOld"
  | "reportLater";

export const problemStatus = {
  unknown: 404,
  malformed: 400,
  manyGuesses: 429,
  noFile: 400,
  emptyFile: 400,
  tooLarge: 413,
  stopped: 422,
  busy: 503,
  broken: 503,
  elsewhere: 404,
  lookAlikeLater: 503,
  lookAlikeOften: 429,
  noReport: 404,
  reportRefused: 400,
  reportTooOld: 410,
  reportLater: 503,
} as const;

const words: Readonly<Record<VisitorProblem, readonly [VerificationWord, VerificationWord]>> = {
  unknown: ["unknownTitle", "unknownNext"],
  malformed: ["malformedTitle", "malformedNext"],
  manyGuesses: ["manyGuessesTitle", "manyGuessesNext"],
  noFile: ["noFileTitle", "noFileNext"],
  emptyFile: ["fileEmpty", "emptyFileNext"],
  tooLarge: ["tooLargeTitle", "tooLargeNext"],
  stopped: ["stoppedTitle", "stoppedNext"],
  busy: ["busyTitle", "busyNext"],
  broken: ["brokenTitle", "brokenNext"],
  lookAlikeLater: ["lookAlikeLaterTitle", "lookAlikeLaterNext"],
  lookAlikeOften: ["lookAlikeOftenTitle", "lookAlikeOftenNext"],
  elsewhere: ["elsewhereTitle", "elsewhereNext"],
  noReport: ["noReportTitle", "noReportNext"],
  reportRefused: ["reportRefusedTitle", "reportRefusedNext"],
  reportTooOld: ["reportTooOldTitle", "reportTooOldNext"],
  reportLater: ["reportLaterTitle", "reportLaterNext"],
};

type ProblemPageProps = {
  readonly speech: Speech;
  readonly problem: VisitorProblem;
  readonly frame: Frame;
  readonly fills?: Fills;
  /** Where a signed code may have led here: it speaks for itself, whatever became of the record. */
  readonly rootKey?: string | undefined;
};

export const ProblemPage = ({ speech, problem, frame, fills, rootKey }: ProblemPageProps) => {
  const [sentence, next] = words[problem];
  return (
    <Page speech={speech} title={speech.say(sentence)} frame={frame} readsCode={rootKey !== undefined}>
      <Verdict speech={speech} tone="care" sentence={sentence} next={next} {...(fills && { fills })} />
      {rootKey !== undefined && <SignedCodeCard speech={speech} rootKey={rootKey} line={null} />}
      <Card title={speech.say("uploadTitle")}>
        <CheckForm speech={speech} frame={frame} code={null} />
      </Card>
    </Page>
  );
};
