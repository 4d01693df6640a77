import { figures, figuresOf } from "../core/statistics/figures.ts";
import { measured, rankBy } from "../core/statistics/ranking.ts";
import type {
  LaterChange,
  LaterWork,
  ProvinceContent,
  WeeklyContent,
  WeeklyReport,
  WeeklyWork,
} from "../core/statistics/weekly.ts";
import { shortTimeText } from "../web/design/time.ts";
import { provinceSpeech } from "../web/pages/province/speech.ts";
import { percentText, spanText, statisticsSpeech, toldOf, valueText } from "../web/pages/statistics/texts.ts";
import { weeklySpeech } from "../web/pages/weekly/speech.ts";
import type { PaperOf } from "./agency-paper.ts";
import { statisticsPaper } from "./statistics-wording.ts";

const speech = statisticsSpeech("vi");
const { say } = weeklySpeech("vi");
const { say: province } = provinceSpeech("vi");

/** The report of a week as it was kept: figures, when they were counted, what the last one told otherwise, and each definition. */
export function weeklyPaper({ week, countedAt, content }: WeeklyReport): PaperOf {
  const counted = paragraph(say("countedText", { time: shortTimeText(countedAt, "vi") }), "italic");
  return content.kind === "agency"
    ? agencyParts(week, content, counted)
    : { ...empty(week, say("provincePaper")), parts: provincePartsOf(content, counted) };
}

const provincePartsOf = ({ works, changed = [] }: ProvinceContent, counted: Part): readonly Part[] => [
  ...[counted, ...provinceParts(works), ...changedPart(changed.map(laterText))],
  ...howRanked,
];

const laterText = ({ name, figure, was, is }: LaterWork) => [
  `${name}: ${say(`later_${figure}`)}`,
  String(was),
  String(is),
];

type Part = PaperOf["parts"][number];
const paragraph = (text: string, look?: "italic"): Part => ({
  kind: "paragraph",
  runs: [look === undefined ? { text } : { text, look }],
});
const heading = (text: string): Part => ({ kind: "heading", text });

const empty = (week: WeeklyReport["week"], title: string): Omit<PaperOf, "parts"> => ({
  ...{ unit: null, number: null, title, about: spanText(week, speech), recipients: [] },
  signers: [{ titleLines: [say("drawnUp")], how: "(Ký, ghi rõ họ tên)", name: "" }],
});

function agencyParts(
  week: WeeklyReport["week"],
  { counts, changed }: Extract<WeeklyContent, { kind: "agency" }>,
  counted: Part,
): PaperOf {
  const paper = statisticsPaper({ span: week, counts, trend: [] });
  const definitions = figuresOf(counts).map(({ id }) => {
    const { name, definition } = toldOf(id, speech);
    return paragraph(`${name}: ${definition}`);
  });
  const later = changedPart(changed.map(changeText));
  const parts = [counted, ...paper.parts, ...later, heading(speech.say("definitions")), ...definitions];
  return { ...paper, title: say("agencyPaper"), parts };
}

const unitOf = new Map(figures.map(({ id, unit }) => [id, unit]));

function changeText({ id, was, is }: LaterChange): readonly string[] {
  const text = (value: number | null) => valueText({ value, unit: unitOf.get(id) ?? "count" }, speech);
  return [toldOf(id, speech).name, text(was), text(is)];
}

function changedPart(rows: readonly (readonly string[])[]): readonly Part[] {
  if (rows.length === 0) return [heading(say("changedTitle")), paragraph(say("changedNone"))];
  return [
    heading(say("changedTitle")),
    {
      kind: "table",
      columns: [
        { head: speech.say("figure"), widthMm: 90, align: "left" },
        { head: say("was"), widthMm: 35, align: "right" },
        { head: say("is"), widthMm: 35, align: "right" },
      ],
      rows,
      totals: null,
    },
  ];
}

const rate = (percent: number | null): string =>
  percent === null ? speech.say("nothing") : percentText(percent, "vi");

const howRanked: readonly Part[] = [
  heading(speech.say("definitions")),
  ...(["acts", "onTimeRate", "electronicShare"] as const).map((measure) => paragraph(province(`how_${measure}`))),
];

/** By acts, the most first; what pressed is as of the counting. */
function provinceParts(works: readonly WeeklyWork[]): readonly Part[] {
  const columns = [
    { head: province("agency"), widthMm: 60, align: "left" as const },
    ...(["place", "acts", "onTimeRate", "electronicShare", "late"] as const).map((word) => ({
      ...{ head: province(word), widthMm: 20, align: "right" as const },
    })),
  ];
  const rows = rankBy(works, "acts").map(({ work, place }) => [
    work.name,
    place === null ? province("noPlace") : String(place),
    String(work.electronic + work.paper),
    rate(measured(work, "onTimeRate")),
    rate(measured(work, "electronicShare")),
    String(work.late),
  ]);
  return [{ kind: "table", columns, rows, totals: null }];
}
