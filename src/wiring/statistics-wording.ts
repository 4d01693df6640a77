import { indexOf } from "../core/statistics/evaluation-index.ts";
import { figureGroups, figuresOf } from "../core/statistics/figures.ts";
import type { Span } from "../core/statistics/span.ts";
import { shortTimeText } from "../web/design/time.ts";
import { codeText, longestTitle } from "../web/pages/statistics/longest.tsx";
import { workText } from "../web/pages/statistics/step-cells.tsx";
import { metricOf, percentText, spanText, statisticsSpeech, toldOf, valueText } from "../web/pages/statistics/texts.ts";
import type { Statistics, ToldStep } from "../web/pages/statistics/world.ts";
import type { PaperOf } from "./agency-paper.ts";

const speech = statisticsSpeech("vi");

/** The figures of a span as a report to be signed by hand: who drew it up, and the head. TT 17/2025/TT-BTP's own columns were not read (LAW 7, O7). */
export const statisticsPaper = (told: Statistics): PaperOf => ({
  unit: null,
  number: null,
  title: "BÁO CÁO THỐNG KÊ CHỨNG THỰC BẢN SAO TỪ BẢN CHÍNH",
  about: spanText(told.span, speech),
  parts: [...figureGroups.flatMap((group) => groupOf(told, group)), ...indexPart(told)],
  signers: [
    { titleLines: ["NGƯỜI LẬP BIỂU"], how: "(Ký, ghi rõ họ tên)", name: "" },
    { titleLines: ["THỦ TRƯỞNG CƠ QUAN"], how: "(Ký, đóng dấu)", name: "" },
  ],
  recipients: [],
});

const heading = (text: string) => ({ kind: "heading", text }) as const;

function groupOf({ counts }: Statistics, group: (typeof figureGroups)[number]): PaperOf["parts"] {
  const values = figuresOf(counts).filter((one) => one.group === group);
  return [
    heading(speech.say(`group_${group}`)),
    {
      kind: "table",
      columns: [
        { head: speech.say("figure"), widthMm: 110, align: "left" },
        { head: speech.say("value"), widthMm: 50, align: "right" },
      ],
      rows: values.map((figure) => [toldOf(figure.id, speech).name, valueText(figure, speech)]),
      totals: null,
    },
  ];
}

/** The steps of the week that took longest; by dossier code, never by what the paper says. STAT-3. */
export function longestPart(week: Span, steps: readonly ToldStep[]): PaperOf["parts"] {
  const { say } = speech;
  const title = heading(longestTitle(week, speech));
  if (steps.length === 0) return [title, { kind: "paragraph", runs: [{ text: say("longestNone") }] }];
  const rows = steps.map((step) => [
    ...[codeText(step, speech), say(`trace_${step.step}`), step.by ?? say("traceNobody")],
    ...[shortTimeText(step.to, "vi"), workText(step.workedSeconds, "vi")],
    step.standardMinutes === null ? say("traceNone") : workText(step.standardMinutes * 60, "vi"),
  ]);
  const widths = [32, 30, 34, 24, 20, 20] as const;
  const heads = ["longestCode", "traceStep", "traceWho", "traceTo", "traceTook", "traceStandard"] as const;
  const columns = heads.map((word, i) => ({ head: say(word), widthMm: widths[i] ?? 0, align: "left" }) as const);
  return [title, { kind: "table", columns, rows, totals: null }];
}

function indexPart({ counts }: Statistics): PaperOf["parts"] {
  const { say } = speech;
  const rows = indexOf(counts).map(({ id, maxPoints, isKnown, share, points }) => [
    metricOf(id) === null ? say(`idx_${id}`) : `${say(`idx_${id}`)} (${id})`,
    share === null ? say(isKnown ? "nothing" : "notHere") : percentText(share, "vi"),
    points === null ? "–" : String(points).replace(".", ","),
    String(maxPoints),
  ]);
  return [
    heading(say("indexTitle")),
    {
      kind: "table",
      columns: [
        { head: say("figure"), widthMm: 85, align: "left" },
        { head: say("indexShare"), widthMm: 30, align: "right" },
        { head: say("indexPoints"), widthMm: 25, align: "right" },
        { head: say("indexMost"), widthMm: 20, align: "right" },
      ],
      rows,
      totals: null,
    },
    { kind: "paragraph", runs: [{ text: say("indexNote"), look: "italic" }] },
  ];
}
