import { describe, expect, test } from "vitest";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { Counts, Spread, StepName } from "../../src/core/statistics/counts.ts";
import { indexOf } from "../../src/core/statistics/evaluation-index.ts";
import { figuresOf } from "../../src/core/statistics/figures.ts";
import {
  daysOfSpan,
  parseSpan,
  type Span,
  spanAfter,
  spanBefore,
  spanKinds,
  spanOn,
} from "../../src/core/statistics/span.ts";
import { withEveryPoint } from "../../src/core/statistics/trend.ts";
import { daysAfter } from "../../src/core/weekdays.ts";
import { lengthText, statisticsSpeech, toldOf } from "../../src/web/pages/statistics/texts.ts";

const day = (text: string) => text as LocalDate;
const span = (text: string) => text as Span;

describe("spans", () => {
  test("ISO 8601: each day of twelve years lies in one span of each kind, and each span begins where the one before ends", () => {
    for (let i = 0; i < 4400; i += 1) {
      const today = daysAfter(day("2019-12-20"), i);
      for (const kind of spanKinds) {
        const its = spanOn(kind, today);
        const { from, before } = daysOfSpan(its);
        expect([parseSpan(its).ok, from <= today && today < before]).toEqual([true, true]);
        expect([spanAfter(spanBefore(its)), daysOfSpan(spanAfter(its)).from]).toEqual([its, before]);
      }
    }
  });

  test("ISO 8601: weeks at the turn of years, and the 53rd only where there is one", () => {
    const weeks = ["2026-12-31", "2027-01-03", "2027-01-04", "2024-12-30"].map((one) => spanOn("week", day(one)));
    expect(weeks).toEqual(["2026-W53", "2026-W53", "2027-W01", "2025-W01"]);
    expect(
      ["2026-W53", "2025-W53", "2026-W00", "2026-13", "2026-02-30", "2026-Q5", "26"].map((one) => parseSpan(one).ok),
    ).toEqual([...[true, false, false, false, false, false, false]]);
    expect([daysOfSpan(span("2026-Q4")), daysOfSpan(span("2026-H1"))]).toEqual([
      { from: "2026-10-01", before: "2027-01-01" },
      { from: "2026-01-01", before: "2026-07-01" },
    ]);
  });

  test("the chart has a point for every day or month, with or without acts", () => {
    const points = withEveryPoint([{ at: "2026-02", electronic: 3, paper: 1 }], daysOfSpan(span("2026-Q1")), 7);
    expect(points.map(({ at, electronic }) => `${at}:${electronic}`)).toEqual(["2026-01:0", "2026-02:3", "2026-03:0"]);
  });
});

const never: Spread = { count: 0, median: 0, p90: 0 };
const steps = (whole: Spread): Record<StepName, Spread> => ({
  ...{ compare: never, number: never, sign: never, seal: never, publish: never, paper: never, whole },
});
const nothing: Counts = {
  electronic: { acts: 0, copies: 0, pages: 0, dong: 0 },
  paper: { acts: 0, copies: 0, pages: 0, dong: 0 },
  ...{ paperOnlyActs: 0, takenDong: 0, received: 0, answered: 0, answeredInTime: 0, overdue: 0 },
  refusals: {
    A22_1: 0,
    A22_2: 0,
    A22_3: 0,
    A22_4: 0,
    A22_5: 0,
    A22_6: 0,
    NOT_ORIGINAL: 0,
    SUSPECTED_FAKE: 0,
    NOT_COMPETENT: 0,
  },
  ...{ withdrawn: 0, voided: 0, annulled: 0, checks: 0, released: 0, stored: 0, ratings: 0, ratedWell: 0 },
  ...{ petitions: 0, petitionsInTime: 0, reused: { papers: 0, dong: 0 }, opened: { papers: 0, dong: 0 } },
  steps: steps(never),
};

const valueIn = (counts: Counts, id: string) => figuresOf(counts).find((one) => one.id === id)?.value;

describe("figures", () => {
  test("STAT-1: where nothing was counted a share and a length are none, never zero and never a hundred", () => {
    const none = figuresOf(nothing).filter(({ value }) => value === null);
    expect([valueIn(nothing, "onTimeRate"), valueIn(nothing, "wholeMedian"), none.length]).toEqual([null, null, 16]);
    expect(indexOf(nothing).every(({ points }) => points === null)).toBe(true);
  });

  test("STAT-1: what is overdue lowers the on-time rate; what was saved is told by its formula", () => {
    const whole = { count: 5, median: 3600, p90: 7200 };
    const reused = { papers: 2, dong: 4000 };
    const counts = {
      ...nothing,
      answered: 8,
      answeredInTime: 6,
      overdue: 1,
      reused,
      opened: { papers: 1, dong: 3000 },
      steps: steps(whole),
    };
    expect(["onTimeRate", "savedPapers", "savedDong", "savedSeconds"].map((id) => valueIn(counts, id))).toEqual([
      ...[66.7, 3, 7000, 10_800],
    ]);
  });

  test("STAT-2: points are the share of the most; what cannot be counted here has neither, and says so", () => {
    const counts = {
      ...{ ...nothing, paperOnlyActs: 1, electronic: { acts: 3, copies: 3, pages: 3, dong: 6000 } },
      paper: { acts: 3, copies: 3, pages: 3, dong: 6000 }, // two of them beside an electronic copy
    };
    expect(indexOf(counts)[0]).toEqual({
      id: "ELECTRONIC_CERTIFIED_COPY",
      maxPoints: 2,
      isKnown: true,
      share: 75,
      points: 1.5,
    });
    expect(
      indexOf(counts)
        .filter(({ isKnown }) => !isKnown)
        .map(({ share, points }) => share ?? points),
    ).toEqual([...[null, null, null, null]]);
  });

  test("STAT-1: each figure has a name of its own and says how it is counted, in both languages", () => {
    for (const language of ["vi", "en"] as const) {
      const told = figuresOf(nothing).map(({ id }) => toldOf(id, statisticsSpeech(language)));
      expect(new Set(told.map(({ name }) => name)).size).toBe(told.length);
      expect(told.filter(({ definition }) => definition.length < 20 || /[{}]/.test(definition))).toEqual([]);
    }
    expect([0, 40, 3905, 183_600].map((seconds) => lengthText(seconds, "vi"))).toEqual([
      ...["0 giây", "40 giây", "1 giờ 5 phút", "2 ngày 3 giờ"],
    ]);
  });
});
