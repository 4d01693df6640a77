import type { Context } from "hono";
import { z } from "zod";
import type { AbsenceId } from "../../../core/absence.ts";
import type { PersonId } from "../../../core/ids.ts";
import { localDateOf } from "../../../core/kernel.ts";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { SelectField, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { day } from "../../forms/day.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { AdminPage, doneAt, idFrom, isAbsent, notFound } from "../administration/shell.tsx";
import { faultOf, statusOfFailure } from "../administration/speech.ts";
import { AbsencesPage, absenceSpeech, absencesList } from "./absences-page.tsx";
import type { AbsencesWorld } from "./absences-world.ts";

const id = z.string().refine((text) => idFrom(text) !== null);

const AbsenceForm = z
  .object({ person: id, from: day, to: day.optional(), substitute: z.union([z.literal("nobody"), id]) })
  .superRefine(({ from, to }, issues) => {
    if (to !== undefined && to < from) issues.addIssue({ code: "custom", path: ["to"] });
  });

/** Who is away, and who signs instead: AUTH-3. */
export const absencePages = (world: AbsencesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: absencesList,
    demands: ["administrator"],
    handle: (c, actor) => showList({ c, actor, world }, [], 200),
  }),
  guardedPage({
    method: "GET",
    path: `${absencesList}/new`,
    demands: ["administrator"],
    handle: (c, actor) => showForm({ c, actor, world }, {}, [], 200),
  }),
  guardedPage({
    method: "POST",
    path: `${absencesList}/new`,
    demands: ["administrator"],
    handle: (c, actor) => note({ c, actor, world }),
  }),
  guardedPage({
    method: "POST",
    path: `${absencesList}/:id/end`,
    page: absencesList,
    demands: ["administrator"],
    handle: (c, actor) => end({ c, actor, world }),
  }),
];

type Asked = { readonly c: Context<WebEnv>; readonly actor: Actor; readonly world: AbsencesWorld };
type Status = 200 | 400 | 403 | 409 | 422 | 429;

async function showList({ c, actor, world }: Asked, faults: readonly Fault[], status: Status) {
  const frame = { ...personFrame(c, actor), ...(status === 200 ? {} : { address: absencesList }) };
  const [absences, mandates] = [await world.absences(actor), await world.mandates(actor)];
  const today = localDateOf(world.now());
  return c.html(<AbsencesPage {...{ frame, absences, mandates, today, faults }} />, status);
}

async function showForm({ c, actor, world }: Asked, typed: Typed, faults: readonly Fault[], status: Status) {
  const people = (await world.people(actor)).filter(({ active }) => active);
  const signers = people.filter(({ roles }) => roles.includes("signer"));
  const named = (all: typeof people) => all.map(({ personId, fullName }) => ({ value: personId, label: fullName }));
  const page = (
    <NewAbsencePage
      {...{ frame: personFrame(c, actor), people: named(people), substitutes: named(signers), typed, faults }}
    />
  );
  return c.html(page, status);
}

async function note(asked: Asked): Promise<Response> {
  const { c, actor, world } = asked;
  const { language } = c.var;
  const { say } = absenceSpeech(language);
  const labels = { person: say("person"), from: say("from"), to: say("to"), substitute: say("substitute") };
  const form = await readForm(c, AbsenceForm);
  if (!form.ok) return showForm(asked, form.typed, faultsInWords(form.faults, labels, language), 400);
  const { person, from, to, substitute } = form.value;
  const substituteId = substitute === "nobody" ? null : (substitute as PersonId);
  const noted = await world.noteAbsence({ personId: person as PersonId, from, to: to ?? null, substituteId }, actor);
  if (noted.ok) return c.redirect(doneAt(absencesList, "absence"), 303);
  return showForm(
    asked,
    form.typed,
    [faultOf(noted.failure, language, ["substitute", "from"])],
    statusOfFailure(noted.failure),
  );
}

async function end(asked: Asked): Promise<Response> {
  const { c, actor, world } = asked;
  const absenceId = idFrom<AbsenceId>(c.req.param("id") ?? "");
  if (absenceId === null) return notFound(c);
  const ended = await world.endAbsence(absenceId, actor);
  if (ended.ok) return c.redirect(doneAt(absencesList, "back"), 303);
  if (isAbsent(ended.failure)) return notFound(c);
  return showList(asked, [faultOf(ended.failure, c.var.language, [])], statusOfFailure(ended.failure));
}

type Option = { readonly value: string; readonly label: string };
type FormProps = {
  readonly frame: Frame;
  readonly people: readonly Option[];
  readonly substitutes: readonly Option[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const NewAbsencePage = ({ frame, people, substitutes, typed, faults }: FormProps) => {
  const { say } = absenceSpeech(frame.language);
  const dayField = (name: "from" | "to") => (
    <TextField
      {...{ name, label: say(name), value: typed[name], type: "date", look: "short" }}
      hint={name === "to" ? say("toHint") : undefined}
      required={name === "from"}
      fault={faultAt(faults, name)}
    />
  );
  return (
    <AdminPage frame={frame} title={say("add")} faults={faults} wide={false}>
      <Card>
        <Form frame={frame} action={`${absencesList}/new`} once>
          <SelectField
            name="person"
            label={say("person")}
            options={people}
            value={typed["person"]}
            fault={faultAt(faults, "person")}
          />
          {dayField("from")}
          {dayField("to")}
          <SelectField
            name="substitute"
            label={say("substitute")}
            hint={say("substituteHint")}
            options={[{ value: "nobody", label: say("noSubstitute") }, ...substitutes]}
            value={typed["substitute"]}
            fault={faultAt(faults, "substitute")}
          />
          <Button>{say("note")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};
