import { afterAll, beforeAll, expect, test } from "vitest";
import { countIn } from "../../db/stores/statistics.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { figuresOf } from "../../src/core/statistics/figures.ts";
import { daysOfSpan, type Span } from "../../src/core/statistics/span.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { chanceOf } from "../support/seeded.ts";
import { agencies, dayOf, keepPapers, somePapers } from "./statistics-data.ts";
import { type Happening, keepHappenings, someHappenings, stepsOf } from "./statistics-others-data.ts";

let database: FreshDatabase;
const now = "2026-01-07T02:00:00Z" as Instant;
const spans = ["2026-01-02", "2026-W01", "2025-12", "2026-01", "2026"] as readonly string[] as readonly Span[];
const papers = somePapers(250, 23);
const happened = someHappenings(papers, chanceOf(23));

beforeAll(async () => {
  database = await freshDatabase();
  await keepPapers(database.owner.sql, papers);
  await keepHappenings(database.owner.sql, happened);
});
afterAll(() => database?.drop());

/** FEE-1 by hand: 2,000 đồng each of the first two pages, 1,000 from the third. */
const feeOf = (pages: number): number => 2000 * Math.min(pages, 2) + 1000 * Math.max(0, pages - 2);

/** The same by hand: every happening looked at by itself. */
function counted(agency: string, span: Span) {
  const { from, before } = daysOfSpan(span);
  const isIn = (at: Instant) => dayOf(at) >= from && dayOf(at) < before;
  const own = happened.filter(({ paper }) => paper.agency === agency);
  const are = (what: Happening["what"]) => own.filter((one) => one.what === what && isIn(one.at));
  const dong = (list: readonly Happening[]) => list.reduce((sum, { amount }) => sum + amount, 0);
  const opened = are("opening");
  const reused = papers.filter((p) => p.agency === agency && p.end === "reused" && isIn(p.endedAt));
  const petitions = own.filter(
    ({ what, answeredAt, dueAt }) =>
      what === "petition" && (answeredAt === null ? isIn(dueAt) && dueAt < now : isIn(answeredAt)),
  );
  const released = papers.filter(
    (p) => p.agency === agency && (p.end === "copy" || p.end === "both") && isIn(p.endedAt),
  );
  const isStored = (id: string) => own.some(({ what, paper }) => what === "to_store" && paper.id === id);
  return {
    takenDong: dong(are("payment")) - dong(are("reversal")) - dong(are("given_back")),
    annulled: are("annulment").length,
    reused: { papers: reused.length, dong: reused.reduce((sum, { pages }) => sum + feeOf(pages), 0) },
    opened: { papers: opened.length, dong: opened.reduce((sum, { paper }) => sum + feeOf(paper.pages), 0) },
    checks: are("check").length,
    released: released.length,
    stored: released.filter(({ id }) => isStored(id)).length,
    ratings: are("rating").length,
    ratedWell: are("rating").filter(({ amount }) => stepsOf(amount) >= 4).length,
    petitions: petitions.length,
    petitionsInTime: petitions.filter(({ answeredAt, dueAt }) => answeredAt !== null && answeredAt <= dueAt).length,
  };
}

test("STAT-1: fees taken, annulments, papers not asked again, checks, the store, ratings and petitions are what counting one by one gives", async () => {
  const seen: number[] = [];
  for (const agency of agencies) {
    const agencyId = agency as AgencyId;
    for (const span of spans) {
      const byHand = counted(agencyId, span);
      const counts = await countIn(database.owner.sql, { agencyId, ...daysOfSpan(span), now });
      expect(counts, `${agencyId} ${span}`).toMatchObject(byHand);
      seen.push(
        Math.min(...Object.values(byHand).map((one) => (typeof one === "number" ? Math.abs(one) : one.papers))),
      );
    }
  }
  expect(Math.max(...seen)).toBeGreaterThan(0); // in some span each of them happened
});

test("STAT-1: money and time saved follow from what was not asked again, by the formula on the page", async () => {
  const agencyId = agencies[0] as AgencyId;
  const counts = await countIn(database.owner.sql, { agencyId, ...daysOfSpan("2026" as Span), now });
  const of = (id: string) => figuresOf(counts).find((one) => one.id === id)?.value;
  const { reused, opened } = counted(agencyId, "2026" as Span);
  expect([of("savedPapers"), of("savedDong"), of("savedSeconds")]).toEqual([
    ...[reused.papers + opened.papers, reused.dong + opened.dong],
    (reused.papers + opened.papers) * counts.steps.whole.median,
  ]);
});
