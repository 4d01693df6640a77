import { type RefusalGround, refusalGrounds } from "../refusal-grounds.ts";
import { type Counts, type StepName, stepNames } from "./counts.ts";

export type Unit = "count" | "dong" | "percent" | "seconds";

/** Parts that figures stand under. */
export const figureGroups = ["work", "time", "refusals", "steps", "saved"] as const;

/** Null: there is nothing to divide by. */
type FigureOf = (counts: Counts) => number | null;

const line = <const Id extends string>(id: Id, group: (typeof figureGroups)[number], unit: Unit, of: FigureOf) => ({
  id,
  group,
  unit,
  of,
});

/** Share in percent with one decimal, half up. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part * 1000) / whole) / 10;

/** Papers that nobody had to bring, or have certified, again. */
const notAskedAgain = ({ reused, opened }: Counts): number => reused.papers + opened.papers;

const ofStep = (step: StepName) =>
  [
    line(`${step}Median`, "steps", "seconds", ({ steps }) => (steps[step].count === 0 ? null : steps[step].median)),
    line(`${step}P90`, "steps", "seconds", ({ steps }) => (steps[step].count === 0 ? null : steps[step].p90)),
  ] as const;

/**
 * STAT-1: each figure once. The page, the printed report, CSV, Excel and the API all go through this list, so none can
 * say another number. What each means stands in `src/web/words/statistics.*.ts`, beside it on every page and file.
 */
export const figures = [
  line("received", "work", "count", ({ received }) => received),
  line("acts", "work", "count", ({ electronic, paper }) => electronic.acts + paper.acts),
  line("actsElectronic", "work", "count", ({ electronic }) => electronic.acts),
  line("actsPaper", "work", "count", ({ paper }) => paper.acts),
  line("copies", "work", "count", ({ electronic, paper }) => electronic.copies + paper.copies),
  line("copiesElectronic", "work", "count", ({ electronic }) => electronic.copies),
  line("copiesPaper", "work", "count", ({ paper }) => paper.copies),
  line("pages", "work", "count", ({ electronic, paper }) => electronic.pages + paper.pages),
  line("feesRegister", "work", "dong", ({ electronic, paper }) => electronic.dong + paper.dong),
  line("feesTaken", "work", "dong", ({ takenDong }) => takenDong),
  line("answered", "time", "count", ({ answered }) => answered),
  line("inTime", "time", "count", ({ answeredInTime }) => answeredInTime),
  line("overdue", "time", "count", ({ overdue }) => overdue),
  line("onTimeRate", "time", "percent", (c) => shareOf(c.answeredInTime, c.answered + c.overdue)),
  line("refused", "refusals", "count", ({ refusals }) =>
    refusalGrounds.reduce((sum, one) => sum + (refusals[one] ?? 0), 0),
  ),
  ...refusalGrounds.map((ground) => line(`refused_${ground}`, "refusals", "count", (c) => c.refusals[ground] ?? 0)),
  line("withdrawn", "refusals", "count", ({ withdrawn }) => withdrawn),
  line("voided", "refusals", "count", ({ voided }) => voided),
  line("annulled", "refusals", "count", ({ annulled }) => annulled),
  ...stepNames.flatMap(ofStep),
  line("reused", "saved", "count", ({ reused }) => reused.papers),
  line("opened", "saved", "count", ({ opened }) => opened.papers),
  line("checks", "saved", "count", ({ checks }) => checks),
  line("savedPapers", "saved", "count", notAskedAgain),
  line("savedDong", "saved", "dong", ({ reused, opened }) => reused.dong + opened.dong),
  line("savedSeconds", "saved", "seconds", (c) =>
    c.steps.whole.count === 0 ? null : notAskedAgain(c) * c.steps.whole.median,
  ),
] as const;

export type FigureId = (typeof figures)[number]["id"];

export type FigureValue = {
  readonly id: FigureId;
  readonly group: (typeof figureGroups)[number];
  readonly unit: Unit;
  readonly value: number | null;
};

export const figuresOf = (counts: Counts): readonly FigureValue[] =>
  figures.map(({ id, group, unit, of }) => ({ id, group, unit, value: of(counts) }));

/** Those with a name and a definition of their own; grounds and steps are named by what they are of. */
export type NamedFigureId = Exclude<FigureId, `refused_${RefusalGround}` | `${StepName}${"Median" | "P90"}`>;
