import type { Context } from "hono";
import {
  type Instant,
  instantOfSeconds,
  type LocalDate,
  localDateOf,
  parseLocalDate,
  secondsOf,
} from "../../../core/kernel.ts";
import type { OpenBook, RegisterLine } from "../../../core/lists.ts";
import type { BookKind } from "../../../core/register.ts";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { dayText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import { typedFields } from "../../forms/typed-fields.ts";
import { actorOf } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, type Route, type Actor as SignedIn, type WebEnv } from "../../route.ts";
import { registerEn } from "../../words/register.en.ts";
import { type RegisterWord, registerVi } from "../../words/register.vi.ts";
import { BookState, NextBook } from "./book-state.tsx";
import { RegisterTable, Totals } from "./table.tsx";
import type { RegisterWorld } from "./world.ts";

export const registerSpeech = speaker({ vi: registerVi, en: registerEn });
export type Speech = SpeechOf<RegisterWord>;

/** `/register?day=`: the page of one day, to be read and printed; `/books` opens the year's book. NĐ 23/2015 Art. 13. */
export const registerPages = (world: RegisterWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/register",
    demands: ["receiver", "comparer", "signer", "clerk", "administrator"],
    handle: (c, person) => showRegister(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/books",
    demands: ["administrator"],
    page: "/register",
    handle: async (c, person) => {
      const form = await typedFields(c);
      const book = kindOf(form.get("book"));
      const year = form.get("year") ?? undefined;
      if (year !== undefined && !/^20\d\d$/.test(year)) return refuse(c, { code: "malformed_request", field: "year" });
      const opened = await world.openBook(actorOf(person), book, year === undefined ? year : Number(year));
      // pressed twice: the first press has opened it
      const isOpen = opened.ok || opened.failure.code === "several_open_books";
      return isOpen
        ? c.redirect(book === "paper" ? "/register?book=paper" : "/register", 303)
        : refuse(c, opened.failure);
    },
  }),
];

async function showRegister(c: Context<WebEnv>, person: SignedIn, world: RegisterWorld): Promise<Response> {
  const today = localDateOf(world.now());
  const book = kindOf(c.req.query("book"));
  const asked = c.req.query("day");
  const day = parseLocalDate(asked ?? today);
  const shown = day.ok ? day.value : today;
  const seenDay = parseLocalDate(c.req.query("seen") ?? "");
  const seen = seenDay.ok && seenDay.value < today ? seenDay.value : null;
  const page = (
    <RegisterPage
      frame={personFrame(c, person)}
      agencyName={c.var.site.agencyName(person.agencyId)}
      mayOpen={person.roles.includes("administrator")}
      book={book}
      isShared={await world.isShared(actorOf(person), shown)}
      books={await world.openBooks(actorOf(person), book)}
      nextYears={await world.nextYearsToOpen(actorOf(person), book)}
      lines={await world.registerDay(actorOf(person), shown, book, seen)}
      day={shown}
      seen={seen}
      today={today}
      isDayFaulty={!day.ok}
    />
  );
  return c.html(page);
}

type RegisterPageProps = {
  readonly frame: Frame;
  readonly agencyName: string;
  readonly mayOpen: boolean;
  readonly book: BookKind;
  /** One book and one series for both kinds of copies. */
  readonly isShared: boolean;
  readonly books: readonly OpenBook[];
  /** In December, where the next year's book of that kind is not open yet. */
  readonly nextYears: readonly number[];
  readonly lines: readonly RegisterLine[];
  readonly day: LocalDate;
  /** Shown as it stood at the end of that day; null: as it stands now. */
  readonly seen: LocalDate | null;
  readonly today: LocalDate;
  readonly isDayFaulty: boolean;
};

const RegisterPage = (props: RegisterPageProps) => {
  const { frame, agencyName, books, lines, day } = props;
  const speech = registerSpeech(frame.language);
  const { say } = speech;
  const bookTexts = [...new Set(lines.map((line) => line.bookText))];
  const shownBooks = bookTexts.length > 0 ? bookTexts : books.map((book) => book.bookText);
  return (
    <Page frame={frame} title={say("pageTitle", { day: dayText(day) })} wide scripts={["app"]}>
      <div class="register">
        <div class="cover">
          <p class="agency">{agencyName}</p>
          <h1>{say("pageTitle", { day: dayText(day) })}</h1>
          {shownBooks.map((book) => (
            <p class="number">{say("book", { book })}</p>
          ))}
        </div>
        {props.isShared ? <p class="hint">{say("sharedBook")}</p> : <BookChoice speech={speech} {...props} />}
        <BookState speech={speech} {...props} />
        {props.nextYears.map((year) => (
          <NextBook speech={speech} year={year} {...props} />
        ))}
        <DayChoice speech={speech} {...props} />
        <AsSeen speech={speech} {...props} />
        <RegisterTable
          speech={speech}
          caption={say("pageTitle", { day: dayText(day) })}
          lines={lines}
          empty="empty"
          totals={lines.length > 0 && <Totals speech={speech} lines={lines} />}
        />
        <p class="hint screen">{say("print")}</p>
        {frame.person?.roles.some((role) => role === "signer" || role === "administrator") && (
          <p class="screen">
            <a href="/register/avoided">{say("avoided")}</a>
          </p>
        )}
        <p class="screen">
          <a href={`/register/search${props.book === "paper" ? "?book=paper" : ""}`}>{say("toSearch")}</a>
        </p>
        <p class="screen">
          <a href={props.book === "paper" ? "/register/paper-prints" : "/register/prints"}>{say("toPrints")}</a>
        </p>
      </div>
    </Page>
  );
};

const kinds = ["electronic", "paper"] as const satisfies readonly BookKind[];

export const kindOf = (asked: string | null | undefined): BookKind =>
  kinds.find((kind) => kind === asked) ?? "electronic";

function addressOf(book: BookKind, day?: LocalDate): string {
  const query = new URLSearchParams({ ...(book === "paper" && { book }), ...(day !== undefined && { day }) });
  return query.size === 0 ? "/register" : `/register?${query}`;
}

/** Two books, each with its own numbers. LAW 2.4. */
const BookChoice = ({ speech: { say }, book, day }: PartProps) => (
  <nav class="choices screen" aria-label={say("bookChoice")}>
    <ul>
      {kinds.map((kind) => (
        <li>
          <a href={addressOf(kind, day)} aria-current={kind === book ? "true" : undefined}>
            {say(kind === "paper" ? "bookOfPaper" : "bookElectronic")}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

export type PartProps = RegisterPageProps & { readonly speech: Speech };

const DayChoice = ({ speech: { say }, book, day, today, isDayFaulty }: PartProps) => (
  <nav class="days screen" aria-label={say("days")}>
    {isDayFaulty && <p class="fault">{say("dayFault")}</p>}
    <form method="get" action="/register" class="filters">
      {book === "paper" && <input type="hidden" name="book" value="paper" />}
      <div class="field">
        <label for="day">{say("dayLabel")}</label>
        <input id="day" name="day" type="date" value={day} class="short" required />
      </div>
      <button type="submit" class="button quiet">
        {say("dayButton")}
      </button>
      <a class="button quiet" href={addressOf(book, dayBeside(day, -1))}>
        ‹ {say("dayBefore")}
      </a>
      <a class="button quiet" href={addressOf(book, dayBeside(day, 1))}>
        {say("dayAfter")} ›
      </a>
      {day !== today && (
        <a class="button quiet" href={addressOf(book)}>
          {say("dayToday")}
        </a>
      )}
    </form>
  </nav>
);

/** LAW 3.4: lines are corrected by entries, so a page can be shown as it stood on any day. */
const AsSeen = ({ speech: { say }, book, day, today, seen }: PartProps) => (
  <>
    {seen !== null && <Notice tone="neutral" title={say("seenNotice", { day: dayText(seen) })} />}
    <details class="screen" open={seen !== null}>
      <summary>{say("seenTitle")}</summary>
      <form method="get" action="/register" class="filters">
        {book === "paper" && <input type="hidden" name="book" value="paper" />}
        <input type="hidden" name="day" value={day} />
        <div class="field">
          <label for="seen">{say("seenLabel")}</label>
          <input id="seen" name="seen" type="date" value={seen ?? day} min={day} max={today} class="short" required />
        </div>
        <button type="submit" class="button quiet">
          {say("dayButton")}
        </button>
        {seen !== null && (
          <a class="button quiet" href={addressOf(book, day)}>
            {say("seenNow")}
          </a>
        )}
      </form>
    </details>
  </>
);

const dayBeside = (day: LocalDate, days: number): LocalDate =>
  instantOfSeconds(secondsOf(`${day}T00:00:00Z` as Instant) + days * 86_400).slice(0, 10) as LocalDate;
