import type { Context } from "hono";
import { z } from "zod";
import type { BookId } from "../../../core/ids.ts";
import { localDateOf } from "../../../core/kernel.ts";
import { booksToOpen, bookText, yearOf } from "../../../core/register.ts";
import type { BookLine } from "../../../usecases/administration/close-book.ts";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import { readForm } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { confirmed } from "./confirming.ts";
import { AdminPage, doneAt, idFrom, isAbsent, notFound } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import type { AdministrationWorld } from "./world.ts";

const path = "/admin/books";

export const bookPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: (c, actor) => show(c, actor, world, [], 200),
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["administrator"],
    handle: (c, actor) => open(c, actor, world),
  }),
  guardedPage({
    method: "GET",
    path: `${path}/:id`,
    demands: ["administrator"],
    handle: async (c, actor) => {
      const book = await bookAt(c, actor, world);
      return book === null || book.closedAt !== null
        ? notFound(c)
        : c.html(<ClosingPage frame={personFrame(c, actor)} book={book} faults={[]} />);
    },
  }),
  guardedPage({
    method: "POST",
    path: `${path}/:id`,
    demands: ["administrator"],
    handle: (c, actor) => close(c, actor, world),
  }),
];

const Opening = z.object({ suffix: z.string().max(40), year: z.coerce.number().int() });

/** Only what the page offers: a kind of book that there is, in a year that may be opened. */
async function open(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld) {
  const form = await readForm(c, Opening);
  if (!form.ok) return notFound(c);
  const { suffix, year } = form.value;
  if (!Object.values((await world.namesAround(actor))(year)).includes(suffix)) return notFound(c);
  const opened = await world.openBook(form.value, actor);
  if (opened.ok) return c.redirect(doneAt(path, "opened"), 303);
  if (isAbsent(opened.failure)) return notFound(c);
  return show(c, actor, world, [faultOf(opened.failure, c.var.language, [])], statusOfFailure(opened.failure));
}

async function bookAt(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld): Promise<BookLine | null> {
  const id = idFrom<BookId>(c.req.param("id") ?? "");
  const books = id === null ? [] : await world.books(actor);
  return books.find((book) => book.id === id) ?? null;
}

async function show(
  c: Context<WebEnv>,
  actor: Actor,
  world: AdministrationWorld,
  faults: readonly Fault[],
  status: 200 | 403 | 409 | 422 | 429,
) {
  const today = localDateOf(world.now());
  const books = await world.books(actor);
  const toOpen = booksToOpen(books, await world.namesAround(actor), today);
  const page = { books, toOpen, year: yearOf(today), faults };
  return c.html(<BooksPage frame={personFrame(c, actor)} {...page} />, status);
}

async function close(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld) {
  const book = await bookAt(c, actor, world);
  if (book === null) return notFound(c);
  const { say } = speechIn(c.var.language);
  const frame = personFrame(c, actor);
  const form = await readForm(c, confirmed);
  if (!form.ok) {
    const faults = [{ field: "confirm", says: say("confirmFault") }];
    return c.html(<ClosingPage frame={frame} book={book} faults={faults} />, 400);
  }
  const closed = await world.closeBook(book.id, actor);
  if (closed.ok) return c.redirect(doneAt(path, "closed"), 303);
  if (isAbsent(closed.failure)) return notFound(c);
  const faults = [faultOf(closed.failure, c.var.language, [])];
  return c.html(<ClosingPage frame={frame} book={book} faults={faults} />, statusOfFailure(closed.failure));
}

type ListProps = {
  readonly frame: Frame;
  readonly books: readonly BookLine[];
  readonly toOpen: readonly { readonly suffix: string; readonly year: number }[];
  readonly year: number;
  readonly faults: readonly Fault[];
};

const BooksPage = ({ frame, books, toOpen, year, faults }: ListProps) => {
  const { say } = speechIn(frame.language);
  const labels = [
    say("book"),
    say("state"),
    say("openedAt"),
    say("closedAt"),
    say("issued"),
    say("voided"),
    say("inProgress"),
  ];
  return (
    <AdminPage frame={frame} title={say("booksTitle")} faults={faults}>
      <p>{say("booksLead")}</p>
      <p>
        <a href="/admin/book-names">{say("bookNamesTitle")}</a>
      </p>
      {toOpen.map((book) => (
        <Form frame={frame} action={path} once>
          <input type="hidden" name="suffix" value={book.suffix} />
          <input type="hidden" name="year" value={String(book.year)} />
          {book.year > year && <p class="hint">{say("openAhead")}</p>}
          <Button>{say("openBook", book)}</Button>
        </Form>
      ))}
      <Card>
        {books.length === 0 ? (
          <p>{say("noBooks")}</p>
        ) : (
          <Table
            caption={say("booksTitle")}
            columns={labels.map((label, i) => ({ label, number: i > 3 }))}
            rows={books.map((book) => [
              book.closedAt === null ? <a href={`${path}/${book.id}`}>{bookText(book)}</a> : bookText(book),
              <StateTag frame={frame} book={book} year={year} />,
              shortTimeText(book.openedAt, frame.language),
              book.closedAt === null ? "–" : shortTimeText(book.closedAt, frame.language),
              book.issued,
              book.voided,
              book.inProgress,
            ])}
          />
        )}
      </Card>
    </AdminPage>
  );
};

const StateTag = ({ frame, book, year }: { frame: Frame; book: BookLine; year: number }) => {
  const { say } = speechIn(frame.language);
  if (book.closedAt !== null) return <Tag tone="neutral">{say("bookClosed")}</Tag>;
  return book.year < year ? <Tag tone="care">{say("bookOld")}</Tag> : <Tag tone="good">{say("bookOpen")}</Tag>;
};

const ClosingPage = ({ frame, book, faults }: { frame: Frame; book: BookLine; faults: readonly Fault[] }) => {
  const { say } = speechIn(frame.language);
  return (
    <AdminPage frame={frame} title={say("closeTitle", { book: bookText(book) })} faults={faults} wide={false}>
      <Card>
        <SummaryList
          rows={[
            [say("openedAt"), shortTimeText(book.openedAt, frame.language)],
            [say("closeTotal"), book.issued + book.voided + book.inProgress],
            [say("issued"), book.issued],
            [say("voided"), book.voided],
            [say("inProgress"), book.inProgress],
          ]}
        />
      </Card>
      <Card title={say("closeButton")}>
        <Form frame={frame} action={`${path}/${book.id}`} once>
          <p>{say("closeLead")}</p>
          <CheckField name="confirm" label={say("closeConfirm")} fault={faultAt(faults, "confirm")} />
          <Button look="grave">{say("closeButton")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};
