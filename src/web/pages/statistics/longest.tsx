import type { Span } from "../../../core/statistics/span.ts";
import { Card, Table } from "../../design/content.tsx";
import { shortTimeText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import { dutiesText, lengthCells } from "./step-cells.tsx";
import { type StatisticsSpeech, spanText, statisticsSpeech } from "./texts.ts";
import type { ToldStep } from "./world.ts";

export type LongestOfWeek = {
  readonly week: Span;
  readonly steps: readonly ToldStep[];
  /** Whether the reader may open the dossiers' own pages. */
  readonly leadsOn: boolean;
};

type Props = LongestOfWeek & { readonly file: string; readonly speech: StatisticsSpeech };

const columns = ["longestCode", "traceStep", "traceWho", "traceDuty", "traceTo", "traceTook", "traceStandard"] as const;

/** The ten steps of a week that took most working time: by dossier code, never by what the paper says. STAT-3. */
export const LongestSteps = ({ week, steps, leadsOn, file, speech }: Props) => {
  const { say } = speech;
  const title = longestTitle(week, speech);
  if (steps.length === 0) {
    return (
      <Card title={title}>
        <p class="nothing">{say("longestNone")}</p>
      </Card>
    );
  }
  return (
    <Card>
      <Table
        caption={title}
        columns={columns.map((word) => ({ label: say(word) }))}
        rows={steps.map((step) => [
          leadsOn ? <a href={`/dossiers/${step.dossierId}/steps`}>{codeText(step, speech)}</a> : codeText(step, speech),
          say(`trace_${step.step}`),
          step.by ?? say("traceNobody"),
          dutiesText(step.duties, speech.language),
          shortTimeText(step.to, speech.language),
          ...lengthCells(step, speech),
        ])}
      />
      <p class="hint">{say("longestLead")}</p>
      <p>
        <a href={file}>{say("longestCsv")}</a>
      </p>
    </Card>
  );
};

const lowered = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

/** The same for a program: what it is about by code, as whose work by the names of duties. */
export const longestAnswer = ({ week, steps }: Pick<LongestOfWeek, "week" | "steps">) => ({
  week,
  steps: steps.map(({ code, ordinal, step, by, duties, from, to, workedSeconds, standardMinutes }) => ({
    ...{ code, paper: ordinal, step, by, duties, from, to, workedSeconds, standardMinutes },
  })),
});

export const longestTitle = (week: Span, speech: StatisticsSpeech): string =>
  speech.say("longestTitle", { week: lowered(spanText(week, speech)) });

export const codeText = ({ code, ordinal }: ToldStep, { say }: StatisticsSpeech): string =>
  ordinal === 1 ? code : `${code}, ${say("longestPaper", { ordinal })}`;

/** The same as a table of bare numbers; empty where no standard is set. */
export function longestTable(
  steps: readonly ToldStep[],
  language: Language,
): readonly (readonly (string | number)[])[] {
  const speech = statisticsSpeech(language);
  const { say } = speech;
  const head = ["longestCode", "traceStep", "traceWho", "traceDuty", "traceFrom", "traceTo"] as const;
  return [
    [...head.map((word) => say(word)), say("longestMinutes"), say("longestStandardMinutes")],
    ...steps.map((step) => [
      ...[codeText(step, speech), say(`trace_${step.step}`), step.by ?? say("traceNobody")],
      ...[dutiesText(step.duties, language), shortTimeText(step.from, language), shortTimeText(step.to, language)],
      ...[Math.floor(step.workedSeconds / 60), step.standardMinutes ?? ""],
    ]),
  ];
}
