import { afterAll, beforeAll, expect, test } from "vitest";
import { countIn, trendIn } from "../../db/stores/statistics.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { secondsOf } from "../../src/core/kernel.ts";
import { refusalGrounds } from "../../src/core/refusal-grounds.ts";
import { daysOfSpan, type Span } from "../../src/core/statistics/span.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { agencies, dayOf, hadNumberGivenUp, keepPapers, type Paper, somePapers } from "./statistics-data.ts";

let database: FreshDatabase;
const papers = somePapers(600, 7);
const now = "2026-01-05T02:00:00Z" as Instant;
const spans = [
  "2025-12-31",
  "2026-01-01",
  "2026-W01",
  "2025-12",
  "2026-01",
  "2026-Q1",
  "2025-H2",
  "2026",
] as readonly string[];

beforeAll(async () => {
  database = await freshDatabase();
  await keepPapers(database.owner.sql, papers);
});
afterAll(() => database?.drop());

const seconds = (from: Instant | undefined, to: Instant | undefined) =>
  from === undefined || to === undefined ? 0 : secondsOf(to) - secondsOf(from);

function spread(lengths: readonly number[]) {
  const sorted = lengths.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return { count: sorted.length, median: at(0.5), p90: at(0.9) };
}

/** The same by hand: every paper looked at by itself. */
function counted(agency: string, span: Span) {
  const { from, before } = daysOfSpan(span);
  const isIn = (at: Instant | undefined) => at !== undefined && dayOf(at) >= from && dayOf(at) < before;
  const own = papers.filter((paper) => paper.agency === agency);
  const are = (...ends: readonly Paper["end"][]) => own.filter(({ end }) => ends.includes(end));
  const sum = (list: readonly Paper[], of: (paper: Paper) => number) => list.reduce((total, one) => total + of(one), 0);
  const copiesOf = (p: Paper) => p.reads ?? p.copies;
  const lines = are("copy", "both").filter(({ openedAt }) => isIn(openedAt));
  const onPaper = are("paper", "both").filter(({ openedAt }) => isIn(openedAt));
  const released = are("copy", "both").filter(({ endedAt }) => isIn(endedAt));
  const answered = are("copy", "both", "paper", "refused", "reused").filter(({ endedAt }) => isIn(endedAt));
  const refused = are("refused", "unsigned").filter(({ at }) => isIn(at[0]));
  const step = (from_: (p: Paper) => Instant | undefined, to: (p: Paper) => Instant | undefined) =>
    spread(released.map((p) => seconds(from_(p), to(p))));
  return {
    electronic: {
      ...{ acts: lines.length, copies: lines.length, pages: sum(lines, (p) => p.pages) },
      dong: sum(lines, (p) => p.dong),
    },
    paper: {
      ...{ acts: onPaper.length, copies: sum(onPaper, copiesOf), pages: sum(onPaper, (p) => copiesOf(p) * p.pages) },
      dong: sum(onPaper, (p) => p.dong),
    },
    paperOnlyActs: onPaper.filter(({ end }) => end === "paper").length,
    received: own.filter(({ openedAt }) => isIn(openedAt)).length,
    answered: answered.length,
    answeredInTime: answered.filter(({ endedAt, dueAt }) => endedAt <= dueAt).length,
    overdue: are("open", "unsigned").filter(({ dueAt }) => isIn(dueAt) && dueAt < now).length,
    refusals: Object.fromEntries(
      refusalGrounds.map((one) => [one, refused.filter(({ ground }) => ground === one).length]),
    ),
    withdrawn: are("withdrawn").filter(({ endedAt }) => isIn(endedAt)).length,
    voided:
      are("voided").filter(({ endedAt }) => isIn(endedAt)).length +
      own.filter(hadNumberGivenUp).filter(({ at }) => isIn(at[2])).length,
    reused: are("reused").filter(({ endedAt }) => isIn(endedAt)).length,
    released: released.length,
    steps: {
      compare: step(
        (p) => p.openedAt,
        (p) => p.at[0],
      ),
      number: step(
        (p) => p.at[0],
        (p) => p.at[1],
      ),
      sign: step(
        (p) => p.at[1],
        (p) => p.at[2],
      ),
      seal: step(
        (p) => p.at[2],
        (p) => p.at[3],
      ),
      publish: step(
        (p) => p.at[3],
        (p) => p.endedAt,
      ),
      whole: step(
        (p) => p.openedAt,
        (p) => p.endedAt,
      ),
      paper: spread(
        are("paper", "both")
          .filter(({ endedAt }) => isIn(endedAt))
          .map((p) => seconds(p.openedAt, p.endedAt)),
      ),
    },
  };
}

test("STAT-1: what the database counts by agency and span is what counting paper by paper gives", async () => {
  for (const agencyId of agencies) {
    for (const span of spans as readonly Span[]) {
      const asked = { agencyId: agencyId as AgencyId, ...daysOfSpan(span), now };
      const byHand = counted(agencyId, span);
      const counts = await countIn(database.owner.sql, asked);
      expect({ ...counts, reused: counts.reused.papers }, `${agencyId} ${span}`).toMatchObject(byHand);
      const trend = await trendIn(database.owner.sql, [asked.agencyId], asked, 10);
      expect([
        trend.reduce((sum, one) => sum + one.electronic, 0),
        trend.reduce((sum, one) => sum + one.paper, 0),
      ]).toEqual([byHand.electronic.acts, byHand.paper.acts]);
    }
  }
});
