import type { Context } from "hono";
import { z } from "zod";
import type { PersonId } from "../../../core/ids.ts";
import { type LocalDate, parseLocalDate } from "../../../core/kernel.ts";
import { fewWords, type RegisterFound, searchBounds } from "../../../core/register-search.ts";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { SelectField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { kindOf, registerSpeech, type Speech } from "./register.tsx";
import { RegisterTable } from "./table.tsx";
import type { RegisterSearchWorld } from "./world.ts";

const path = "/register/search";
const readers = ["receiver", "comparer", "signer", "clerk", "administrator"] as const;

const day = z.string().refine((text) => parseLocalDate(text).ok);
const Asked = z.object({
  q: z.string().max(searchBounds.text).regex(/^[^\0]*$/).default(""), // biome-ignore format: one line
  from: day.optional(),
  to: day.optional(),
  officer: z.uuid().optional(),
  book: z.enum(["electronic", "paper"]).default("electronic"),
  afterDay: day.optional(),
  afterNumber: z.coerce.number().int().min(1).max(2_000_000_000).optional(),
});

/**
 * Lines of a book by name, paper, number, signer and days. A name is personal data and an address ends up in histories, so
 * what is searched for is sent as a form, page after page.
 */
export const registerSearchPages = (world: RegisterSearchWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: readers,
    handle: (c, person) => answer(c, person, world, { book: kindOf(c.req.query("book")) }, null, []),
  }),
  guardedPage({
    method: "POST",
    path,
    demands: readers,
    bodyLimitBytes: 4096,
    handle: (c, person) => find(c, person, world),
  }),
];

async function find(c: Context<WebEnv>, person: Actor, world: RegisterSearchWorld): Promise<Response> {
  const form = await readForm(c, Asked);
  if (!form.ok) {
    const fields = ["q", "from", "to"].filter((field) => form.faults.some((fault) => fault.field === field));
    const says = registerSpeech(c.var.language).say("searchFault");
    const faults = (fields.length === 0 ? [null] : fields).map((field) => ({ field, says }));
    return answer(c, person, world, form.typed, null, faults);
  }
  const { q, from, to, officer, book, afterDay, afterNumber } = form.value;
  const isFurther = afterDay !== undefined && afterNumber !== undefined;
  const found = await world.search(actorOf(person), book, {
    text: fewWords(q),
    from: (from as LocalDate | undefined) ?? null,
    to: (to as LocalDate | undefined) ?? null,
    officerId: (officer as PersonId | undefined) ?? null,
    after: isFurther ? { printedOn: afterDay as LocalDate, number: afterNumber } : null,
  });
  return answer(c, person, world, form.typed, found, []);
}

async function answer(
  c: Context<WebEnv>,
  person: Actor,
  world: RegisterSearchWorld,
  typed: Typed,
  found: RegisterFound | null,
  faults: readonly Fault[],
): Promise<Response> {
  const officers = await world.officers(actorOf(person));
  const page = <SearchPage frame={personFrame(c, person)} {...{ typed, found, faults, officers }} />;
  return c.html(page, faults.length > 0 ? 400 : 200);
}

type SearchPageProps = {
  readonly frame: Frame;
  readonly typed: Typed;
  /** Null before anything was searched for. */
  readonly found: RegisterFound | null;
  readonly faults: readonly Fault[];
  readonly officers: readonly { readonly personId: PersonId; readonly name: string }[];
};

const SearchPage = ({ frame, typed, found, faults, officers }: SearchPageProps) => {
  const speech = registerSpeech(frame.language);
  const { say } = speech;
  const book = kindOf(typed["book"]);
  const isFresh = found === null && faults.length === 0;
  return (
    <Page frame={frame} title={say("searchTitle")} wide scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={book === "paper" ? "/register?book=paper" : "/register"}>
        ‹ {say(book === "paper" ? "bookOfPaper" : "bookElectronic")}
      </a>
      <h1>{say("searchTitle")}</h1>
      <search class="search">
        <Form frame={frame} action={path}>
          <input type="hidden" name="book" value={book} />
          <TextField
            name="q"
            label={say("searchLabel")}
            hint={found === null ? say("searchHint") : undefined}
            type="search"
            value={typed["q"]}
            maxlength={searchBounds.text}
            starts={isFresh}
            fault={faultAt(faults, "q")}
          />
          <Narrowing typed={typed} faults={faults} officers={officers} say={say} />
          <Button>{say("searchButton")}</Button>
        </Form>
      </search>
      {found === null ? (
        <p class="hint">{say("searchSafe")}</p>
      ) : (
        <Found speech={speech} frame={frame} typed={typed} found={found} />
      )}
    </Page>
  );
};

type NarrowingProps = Pick<SearchPageProps, "typed" | "faults" | "officers"> & { readonly say: Speech["say"] };

const Narrowing = ({ typed, faults, officers, say }: NarrowingProps) => {
  const options = officers.map(({ personId, name }) => ({ value: personId, label: name }));
  // what was found stands on a phone's first screen: days and signer are one press away
  const isNarrowed = ["from", "to", "officer"].some((name) => (typed[name] ?? "") !== "");
  return (
    <details open={isNarrowed}>
      <summary>{say("searchNarrow")}</summary>
      <TextField
        name="from"
        label={say("searchFrom")}
        type="date"
        look="short"
        value={typed["from"]}
        fault={faultAt(faults, "from")}
      />{" "}
      {/* biome-ignore format: one line */}
      <TextField name="to" label={say("searchTo")} type="date" look="short" value={typed["to"]} fault={faultAt(faults, "to")} />{" "}
      {/* biome-ignore format: one line */}
      <SelectField
              name="officer"
              label={say("searchOfficer")}
              value={typed["officer"]}
              options={[{ value: "", label: say("searchAnybody") }, ...options]}
            />
    </details>
  );
};

type FoundProps = Pick<SearchPageProps, "frame" | "typed"> & {
  readonly speech: Speech;
  readonly found: RegisterFound;
};

const Found = ({ speech, frame, typed, found: { lines, next } }: FoundProps) => {
  const { say } = speech;
  const fills = { count: lines.length };
  return (
    <div class="register">
      {lines.length > 0 && <p role="status">{say(next === null ? "searchFound" : "searchMore", fills)}</p>}
      <RegisterTable
        speech={speech}
        caption={say("searchCaption")}
        lines={lines}
        empty="searchNone"
        beside={(line) => line.bookText}
      />
      {next !== null && (
        <Form frame={frame} action={path}>
          {(["q", "from", "to", "officer", "book"] as const).map((name) => (
            <input type="hidden" name={name} value={typed[name] ?? ""} />
          ))}
          <input type="hidden" name="afterDay" value={next.printedOn} />
          <input type="hidden" name="afterNumber" value={String(next.number)} />
          <Button look="quiet">{say("searchNext")} ›</Button>
        </Form>
      )}
    </div>
  );
};
