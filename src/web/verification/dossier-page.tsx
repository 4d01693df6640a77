import type { StandingRecord } from "../../core/status/standing.ts";
import { Card, Fold, Table, Tag } from "../design/content.tsx";
import type { Frame } from "../design/frame.ts";
import type { Tone } from "../design/icons.tsx";
import { Notice } from "../design/verdict.tsx";
import type { VerificationWord } from "../words/verification.vi.ts";
import type { CheckedFile } from "./check-files.ts";
import { CheckForm } from "./check-form.tsx";
import type { NotExamined } from "./filed-report.ts";
import { Page, Verdict } from "./layout.tsx";
import { Reasons } from "./reasons.tsx";
import { Duty } from "./record-page.tsx";
import { ReportCard, type ReportOffer } from "./report-card.tsx";
import type { Speech } from "./speech.ts";
import { badgeOf, notExaminedWord, tellingOf, toldOf, type UploadAnswer, type UploadReport } from "./upload-answer.ts";

type JudgedFile = {
  readonly report: UploadReport;
  readonly answer: UploadAnswer;
  readonly record: StandingRecord | null;
};

export type DossierRow = { readonly file: CheckedFile } & (
  | { readonly judged: JudgedFile; readonly notExamined: null }
  | { readonly judged: null; readonly notExamined: NotExamined }
);

/** A code that led to none of the files. */
export type LooseCode = {
  readonly typed: string;
  readonly is: "of_no_file" | "unknown" | "malformed" | "manyGuesses" | "distrusted";
};

type DossierPageProps = {
  readonly speech: Speech;
  readonly frame: Frame;
  readonly rows: readonly DossierRow[];
  readonly loose: readonly LooseCode[];
  readonly offer: ReportOffer;
};

/** The answer to several files: one sentence on all, a row for each, and one report. */
export const DossierPage = ({ speech, frame, rows, loose, offer }: DossierPageProps) => {
  const { say } = speech;
  const { tone, sentence, fills } = summaryOf(rows);
  return (
    <Page speech={speech} title={say(sentence, fills)} frame={frame} development={rows.some(isOfTrial)}>
      <Verdict
        speech={speech}
        tone={tone}
        sentence={sentence}
        next={tone === "good" ? "answerGoodNext" : "dossierNext"}
        fills={fills}
        badge={badgeOf[tone]}
      />
      {loose.length > 0 && <LooseCodes speech={speech} loose={loose} />}
      <Table
        caption={say("dossierTable")}
        columns={[{ label: say("dossierFile") }, { label: say("dossierVerdict") }, { label: say("dossierDo") }]}
        rows={rows.map((row, i) => cells(speech, row, i, rows.slice(0, i)))}
      />
      {rows.map((row, i) => row.judged && <RowReasons speech={speech} {...row.judged} name={nameOf(speech, row, i)} />)}
      {rows.some(isGood) && <Duty speech={speech} />}
      {!frame.here && <ReportCard language={speech.language} offer={offer} />}
      <Card title={say("checkAnother")}>
        <CheckForm speech={speech} frame={frame} code={null} />
      </Card>
    </Page>
  );
};

const isGood = ({ judged }: DossierRow): boolean => judged?.answer === "good";
const isOfTrial = ({ judged }: DossierRow): boolean => judged?.record?.development ?? false;
const toneOf = ({ judged }: DossierRow): Tone => (judged === null ? "care" : tellingOf[judged.answer].tone);

/** The worst is said first: one bad file among good ones must not be read over. */
function summaryOf(rows: readonly DossierRow[]) {
  const count = (of: (row: DossierRow) => boolean) => rows.filter(of).length;
  const fills = { n: rows.length, good: count(isGood), bad: count((row) => toneOf(row) === "bad") };
  if (fills.bad > 0) return { tone: "bad", sentence: "dossierBad", fills } as const;
  if (fills.good < fills.n) return { tone: "care", sentence: "dossierCare", fills } as const;
  return { tone: "good", sentence: "dossierGood", fills } as const;
}

const nameOf = ({ say }: Speech, { file }: DossierRow, i: number): string =>
  `${i + 1}. ${file.name === "" ? say("dossierNoName") : file.name}`;

function cells(speech: Speech, row: DossierRow, i: number, before: readonly DossierRow[]) {
  const tone = toneOf(row);
  const { sentence, next } = saidOf(speech, row);
  const twin = before.findIndex((other) => isSameCopy(row, other));
  return [
    <>
      {nameOf(speech, row, i)}
      {twin >= 0 && <p class="hint">{speech.say("dossierSame", { file: twin + 1 })}</p>}
    </>,
    <>
      <Tag tone={tone}>{speech.say(badgeOf[tone])}</Tag>
      <p>{sentence}</p>
    </>,
    next,
  ];
}

/** One copy under two names must not count as two papers; evidence added later changes the file, not the copy. */
function isSameCopy(one: DossierRow, other: DossierRow): boolean {
  if (one.file.sha256 !== null && one.file.sha256 === other.file.sha256) return true;
  const digest = one.file.examined?.identity?.digest;
  return isGood(one) && isGood(other) && digest !== undefined && digest === other.file.examined?.identity?.digest;
}

function saidOf({ say }: Speech, { judged, notExamined }: DossierRow) {
  if (judged === null) return { sentence: say(notExaminedWord[notExamined]), next: say("fileAgain") };
  const { sentence, next, fills } = toldOf(judged.answer, judged.record);
  return { sentence: say(sentence, fills), next: say(next, fills) };
}

const RowReasons = ({ speech, name, ...judged }: JudgedFile & { speech: Speech; name: string }) => (
  <Fold title={speech.say("dossierReasons", { name })}>
    <Reasons speech={speech} {...judged} />
  </Fold>
);

const looseWord: Readonly<Record<LooseCode["is"], VerificationWord>> = {
  of_no_file: "looseOfNoFile",
  unknown: "unknownTitle",
  malformed: "malformedTitle",
  manyGuesses: "manyGuessesTitle",
  distrusted: "recordUnproven",
};

const LooseCodes = ({ speech: { say }, loose }: { speech: Speech; loose: readonly LooseCode[] }) => (
  <Notice tone="care" title={say("looseTitle")}>
    <ul>
      {loose.map(({ typed, is }) => (
        <li>
          {typed}: {say(looseWord[is])}
        </li>
      ))}
    </ul>
  </Notice>
);
