import type { Context } from "hono";
import { z } from "zod";
import { localDateOf } from "../../../core/kernel.ts";
import { bookNameShape, isSharedSeries, yearsToOpen } from "../../../core/register.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { bookNamesEn } from "../../words/book-names.en.ts";
import { type BookNamesWord, bookNamesVi } from "../../words/book-names.vi.ts";
import { AdminPage, doneAt, isAbsent, notFound } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import type { AdministrationWorld } from "./world.ts";

const path = "/admin/book-names";

const namesSpeech = speaker({ vi: bookNamesVi, en: bookNamesEn });

const sign = z
  .string()
  .transform((text) => text.toLocaleUpperCase("vi").normalize("NFC"))
  .pipe(z.string().regex(bookNameShape));
const Naming = z.object({
  year: z.coerce.number().int(),
  electronic: sign,
  paper: sign,
  shared: z.literal("yes").optional(),
});

type Asked = { readonly c: Context<WebEnv>; readonly actor: Actor; readonly world: AdministrationWorld };

/** What the books of this year are called, and in December of the next. LAW 2.4, O3; REG-5. */
export const bookNamesPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: (c, actor) => show({ c, actor, world }, {}, [], 200),
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["administrator"],
    bodyLimitBytes: 4096,
    handle: (c, actor) => keep({ c, actor, world }),
  }),
];

async function keep(asked: Asked): Promise<Response> {
  const { c, actor, world } = asked;
  const { say } = namesSpeech(c.var.language);
  const form = await readForm(c, Naming);
  if (!form.ok) {
    const labels = { electronic: say("electronicLabel"), paper: say("paperLabel") };
    const own = { electronic: say("signFault"), paper: say("signFault") };
    return show(asked, form.typed, faultsInWords(form.faults, labels, c.var.language, own), 400);
  }
  const { year, electronic, paper, shared } = form.value;
  const isShared = isSharedSeries({ electronic, paper });
  if (isShared !== (shared === "yes")) {
    const fault = isShared
      ? { field: "shared", says: say("sharedFault") }
      : { field: "paper", says: say("separateFault") };
    return show(asked, form.typed, [fault], 400);
  }
  const kept = await world.nameBooks(year, { electronic, paper }, actor);
  if (kept.ok) return c.redirect(doneAt(path, "saved"), 303);
  if (isAbsent(kept.failure)) return notFound(c);
  return show(asked, form.typed, [faultOf(kept.failure, c.var.language, [])], statusOfFailure(kept.failure));
}

async function show(
  { c, actor, world }: Asked,
  typed: Typed,
  faults: readonly Fault[],
  status: 200 | 400 | 403 | 409 | 422 | 429,
) {
  const years = await Promise.all(yearsToOpen(localDateOf(world.now())).map((year) => world.namesOfYear(year, actor)));
  return c.html(<NamesPage frame={personFrame(c, actor)} years={years} typed={typed} faults={faults} />, status);
}

type OfYear = Awaited<ReturnType<AdministrationWorld["namesOfYear"]>>;
type Props = {
  readonly frame: Frame;
  readonly years: readonly OfYear[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

type Say = SpeechOf<BookNamesWord>["say"];

const NamesPage = ({ frame, years, typed, faults }: Props) => {
  const { say } = namesSpeech(frame.language);
  const first = years[0];
  // the summary links to the form that was sent; before that, to the first
  const answered = typed["year"] ?? String(years.find(({ inUse }) => !inUse)?.year);
  return (
    <AdminPage frame={frame} title={speechIn(frame.language).say("bookNamesTitle")} faults={faults} wide={false}>
      <p>
        <a class="way-back" href="/admin/books">
          ‹ {say("back")}
        </a>
      </p>
      {first !== undefined && <p>{say("lead", { year: first.year, sign: first.names.electronic })}</p>}
      {years.map((one) => (
        <Card title={say("year", { year: one.year })}>
          <Now of={one} say={say} />
          {one.inUse ? (
            <p class="hint">{say("inUse")}</p>
          ) : (
            <NamingForm
              frame={frame}
              of={one}
              say={say}
              typed={typed["year"] === String(one.year) ? typed : null}
              isFirst={answered === String(one.year)}
              faults={faults}
            />
          )}
        </Card>
      ))}
    </AdminPage>
  );
};

const Now = ({ of: { year, names }, say }: { of: OfYear; say: Say }) => (
  <SummaryList
    rows={[
      [say("electronic"), `01/${year}-${names.electronic}`],
      [say("paper"), `01/${year}-${names.paper}`],
      [say("series"), say(isSharedSeries(names) ? "sharedSeries" : "separateSeries")],
    ]}
  />
);

type FormProps = {
  readonly frame: Frame;
  readonly of: OfYear;
  readonly say: Say;
  /** What was typed for this year and refused. */
  readonly typed: Typed | null;
  /** In December a page may have two. */
  readonly isFirst: boolean;
  readonly faults: readonly Fault[];
};

const NamingForm = ({ frame, of: { year, names }, say, typed, isFirst, faults }: FormProps) => {
  const told = typed === null ? [] : faults;
  const idOf = (name: string) => (isFirst ? undefined : `${name}-${year}`);
  const value = typed ?? { ...names, shared: isSharedSeries(names) ? "yes" : "" };
  return (
    <Form frame={frame} action={path} once>
      <input type="hidden" name="year" value={String(year)} />
      <TextField
        name="electronic"
        id={idOf("electronic")}
        label={say("electronicLabel")}
        hint={say("signHint")}
        value={value["electronic"]}
        look="short"
        maxlength={12}
        fault={faultAt(told, "electronic")}
      />
      <TextField
        name="paper"
        id={idOf("paper")}
        label={say("paperLabel")}
        hint={say("signHint")}
        value={value["paper"]}
        look="short"
        maxlength={12}
        fault={faultAt(told, "paper")}
      />
      <CheckField
        name="shared"
        id={idOf("shared")}
        label={say("shared")}
        hint={say("sharedHint")}
        checked={value["shared"] === "yes"}
        fault={faultAt(told, "shared")}
      />
      <Button>{say("save", { year })}</Button>
    </Form>
  );
};
