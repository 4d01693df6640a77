import type { PersonId } from "../../core/ids.ts";
import { type Instant, instantOfSeconds, localDateOf, secondsOf } from "../../core/kernel.ts";
import { type Mandate, mandateFor } from "../../core/mandate.ts";
import { type BookNames, booksToOpen } from "../../core/register.ts";
import type { BookLine } from "./close-book.ts";
import type { AgencyPerson, RoleName } from "./person.ts";

/** What an agency's readiness is judged by. */
export type ReadinessFacts = {
  readonly now: Instant;
  /** In Vietnam. */
  readonly year: number;
  readonly people: readonly AgencyPerson[];
  readonly certificates: readonly {
    readonly role: "official" | "agency_seal";
    readonly personId: PersonId | null;
    readonly validFrom: Instant;
    readonly validTo: Instant;
    /** Whether the published key list tells verifiers the same. */
    readonly listed: boolean;
  }[];
  readonly mandates: readonly Mandate[];
  readonly books: readonly Pick<BookLine, "suffix" | "year" | "closedAt">[];
  /** What the books of a year are called. */
  readonly namesOf: (year: number) => BookNames;
  /** Years of the working calendar that were held against the yearly announcement. LAW 8.1. */
  readonly checkedYears: readonly number[];
  /** Holders of a picture; null is the agency. */
  readonly pictures: readonly (PersonId | null)[];
  readonly timestampAuthorities: number;
  /** Copies whose long-term evidence keeps failing. */
  readonly evidenceOverdue: number;
  readonly health: Readonly<Record<string, boolean>>;
};

export type ReadinessItem = {
  readonly name:
    | "receiver"
    | "comparer"
    | "signer"
    | "clerk"
    | "two_people"
    | "official_certificate"
    | "mandate"
    | "seal_certificate"
    | "key_list"
    | "book"
    | "old_book"
    | "next_book"
    | "calendar"
    | "seal_picture"
    | "signature_pictures"
    | "expiry"
    | "timestamp"
    | "evidence"
    | "database"
    | "disk";
  /** `care` does not stop a copy from being certified; `missing` does. */
  readonly state: "done" | "care" | "missing";
};

const warningSeconds = 30 * 86_400;

/** A certificate that ends within 30 days is told of while there is time for another. */
export const endsSoon = (validTo: Instant, now: Instant): boolean =>
  validTo > now && validTo <= instantOfSeconds(secondsOf(now) + warningSeconds);

/** What stands between the agency and its first, or next, certified copy; in the order it is to be done. */
export function readinessOf(facts: ReadinessFacts): readonly ReadinessItem[] {
  return [
    ...peopleReady(facts),
    ...keysReady(facts),
    ...booksReady(facts),
    item(
      "calendar",
      yearsToCheck(facts).every((year) => facts.checkedYears.includes(year)),
      "care",
    ),
    ...picturesReady(facts),
    ...machineReady(facts),
  ];
}

/** This year's, and in December the next one's: its first deadlines are promised then. */
const yearsToCheck = ({ now, year }: ReadinessFacts): readonly number[] =>
  localDateOf(now).slice(5, 7) === "12" ? [year, year + 1] : [year];

const item = (
  name: ReadinessItem["name"],
  done: boolean,
  otherwise: "care" | "missing" = "missing",
): ReadinessItem => ({
  name,
  state: done ? "done" : otherwise,
});

const holding = ({ people }: ReadinessFacts, role: RoleName) =>
  people.filter((person) => person.active && person.roles.includes(role));

function peopleReady(facts: ReadinessFacts): ReadinessItem[] {
  const [signers, clerks] = [holding(facts, "signer"), holding(facts, "clerk")];
  const apart = signers.some((signer) => clerks.some(({ personId }) => personId !== signer.personId));
  const roles = ["receiver", "comparer", "signer", "clerk"] as const;
  return [...roles.map((role) => item(role, holding(facts, role).length > 0)), item("two_people", apart)];
}

function keysReady(facts: ReadinessFacts): ReadinessItem[] {
  const { now } = facts;
  const good = facts.certificates.filter(({ validFrom, validTo }) => validFrom <= now && now < validTo);
  const signers = new Set(holding(facts, "signer").map(({ personId }) => personId));
  const official = good.some(({ personId }) => personId !== null && signers.has(personId));
  const lasting = (personId: PersonId | null) =>
    facts.certificates.some(
      (other) => other.personId === personId && other.validTo > now && !endsSoon(other.validTo, now),
    );
  const ending = good.some(({ personId, validTo }) => endsSoon(validTo, now) && !lasting(personId));
  return [
    item("official_certificate", official),
    item(
      "mandate",
      facts.mandates.some((one) => signers.has(one.personId) && mandateFor([one], anyPaper(one, now)).ok),
    ),
    item(
      "seal_certificate",
      good.some(({ role }) => role === "agency_seal"),
    ),
    item("key_list", good.length > 0 && good.every(({ listed }) => listed)),
    item("expiry", !ending, "care"),
  ];
}

/** That it is for some kinds of paper only is no reason to call the agency unready. */
const anyPaper = ({ paperKinds }: Mandate, at: Instant) => ({ at, paperKind: paperKinds?.[0] ?? null });

function booksReady({ books, year, now, namesOf }: ReadinessFacts): ReadinessItem[] {
  const { electronic, paper } = namesOf(year);
  const open = books.filter(({ closedAt }) => closedAt === null);
  const count = (suffix: string) => open.filter((book) => book.suffix === suffix && book.year === year).length;
  const toOpen = booksToOpen(books, namesOf, localDateOf(now));
  return [
    item("book", count(electronic) === 1 && count(paper) <= 1),
    item(
      "next_book",
      toOpen.every((book) => book.year === year),
      "care",
    ),
    item(
      "old_book",
      open.every((book) => book.year >= year),
      "care",
    ),
  ];
}

function picturesReady(facts: ReadinessFacts): ReadinessItem[] {
  const signers = holding(facts, "signer");
  return [
    item("seal_picture", facts.pictures.includes(null), "care"),
    item(
      "signature_pictures",
      signers.every(({ personId }) => facts.pictures.includes(personId)),
      "care",
    ),
  ];
}

const machineReady = ({ timestampAuthorities, evidenceOverdue, health }: ReadinessFacts): ReadinessItem[] => [
  item("timestamp", timestampAuthorities > 0),
  item("evidence", evidenceOverdue === 0, "care"),
  item("database", health["database"] === true),
  item("disk", health["disk"] === true),
];
