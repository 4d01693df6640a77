import { fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "./kernel.ts";

/** Things with a term after which they are erased. KEEP-1. */
export const keptThings = ["scan", "contact", "copy", "access", "grant", "payment"] as const;

export type KeptThing = (typeof keptThings)[number];

/**
 * What the holder may ask. `erase_all` takes the copy too, `erase` leaves it to be fetched. `restrict`: officials look at
 * the content no more, until `lift`.
 */
export const dataWishes = ["export", "erase", "erase_all", "correct", "restrict", "lift"] as const;

export type DataWish = (typeof dataWishes)[number];
export type ErasingWish = "erase" | "erase_all";

export const isErasing = (wish: DataWish): wish is ErasingWish => wish === "erase" || wish === "erase_all";

/** Answered with what they give, by the service itself. */
export const isAnsweredAtOnce = (wish: DataWish): boolean => wish === "export" || wish === "lift";

/** Those that say what is wrong, or why. */
export const hasWords = (wish: DataWish): boolean => wish === "correct" || wish === "restrict";

/** Letters of what a holder or an administrator writes. */
export const wordBounds = { least: 10, most: 1000 } as const;

/** In days. Null: never. Configuration (`TERMS`), since no text was found that fixes them: docs/legal-rules.md, KEEP-1 and DATA-2. */
export type Terms = {
  readonly keep: Readonly<Record<KeptThing, number | null>>;
  /** From the request to its answer; of petitions in working days. */
  readonly answer: Readonly<Record<"export" | "erase" | "correct" | "restrict" | "petition", number>>;
};

export const usualTerms: Terms = {
  // the scan and the telephone number as long as the citizen's link, the copy until somebody asks for its end; names of payers
  // as long as papers that stand in an agency's books, ten years from the end of theirs (Luật Kế toán 2015 Art. 41: from memory)
  keep: { scan: 365, contact: 365, copy: null, access: 1825, grant: 1825, payment: 4020 },
  answer: { export: 10, erase: 20, correct: 10, restrict: 15, petition: 10 },
};

const longestDays = 36_500;
const mostPetitionDays = 365;
const leastLongDays = 366; // the database refuses to forget an access, or who paid, within a year

/** @param text `scan=365,copy=never,access=1825,export=10`: what it does not name stays as usual */
export function parseTerms(text: string): Result<Terms, { code: "malformed_terms" }> {
  const named = new Map<string, number | null>();
  for (const pair of text.split(",")) {
    const [, name = "", value = ""] = /^ *([a-z]+)=(never|[1-9]\d{0,4}) *$/.exec(pair) ?? [];
    const days = value === "never" ? null : Number(value);
    if (!mayLast(name, days)) return fail({ code: "malformed_terms" });
    named.set(name, days);
  }
  const of = (name: KeptThing) => (named.has(name) ? (named.get(name) ?? null) : usualTerms.keep[name]);
  return ok({
    keep: {
      ...{ scan: of("scan"), contact: of("contact"), copy: of("copy") },
      ...{ access: of("access"), grant: of("grant"), payment: of("payment") },
    },
    answer: {
      export: named.get("export") ?? usualTerms.answer.export,
      erase: named.get("erase") ?? usualTerms.answer.erase,
      correct: named.get("correct") ?? usualTerms.answer.correct,
      restrict: named.get("restrict") ?? usualTerms.answer.restrict,
      petition: named.get("petition") ?? usualTerms.answer.petition,
    },
  });
}

function mayLast(name: string, days: number | null): boolean {
  if (days !== null && days > longestDays) return false;
  if (["export", "erase", "correct", "restrict"].includes(name)) return days !== null;
  if (name === "petition") return days !== null && days <= mostPetitionDays;
  if (name === "access" || name === "payment") return days === null || days >= leastLongDays;
  return keptThings.some((thing) => thing === name);
}

const daySeconds = 86_400;

export const daysAfter = (at: Instant, days: number): Instant => instantOfSeconds(secondsOf(at) + days * daySeconds);

/** Days in which a wish is answered; what is answered at once has a term too, since a service may be down. */
export function answerDays(wish: DataWish, { answer }: Terms): number {
  if (isErasing(wish)) return answer.erase;
  return wish === "lift" ? answer.restrict : answer[wish];
}

/** DATA-2, DATA-3: when a request must be answered. */
export const requestDue = (wish: DataWish, askedAt: Instant, terms: Terms): Instant =>
  daysAfter(askedAt, answerDays(wish, terms));

const soonDays = 5;

/** Late before it is late: whoever answers sees it five days ahead. */
export function requestStanding(dueAt: Instant, now: Instant): "open" | "soon" | "late" {
  if (dueAt < now) return "late";
  return dueAt < daysAfter(now, soonDays) ? "soon" : "open";
}
