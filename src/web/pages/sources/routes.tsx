import type { Context } from "hono";
import { z } from "zod";
import { instantOn } from "../../../core/deadlines.ts";
import { type Instant, localDateOf } from "../../../core/kernel.ts";
import { lookUpOutcomes, sourceDatabases } from "../../../core/source.ts";
import type { LookUpRequest } from "../../../usecases/look-up-source.ts";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, SelectField, TextField } from "../../design/field.tsx";
import { Button } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { line } from "../../officials/opening.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { statusOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { faultOf } from "../receiving/opening-page.tsx";
import { orNull } from "../receiving/paper-form.tsx";
import { PaperFormPage } from "../receiving/paper-form-page.tsx";
import { isOpen } from "../receiving/standing.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { sourcesSpeech } from "./speech.ts";

const path = "/dossiers/:id/sources";
const demands = ["receiver", "comparer"] as const;
const seenIn = ["vneid", ...sourceDatabases] as const;

const LookUpForm = z
  .object({
    database: z.enum(seenIn),
    databaseName: orNull(line(200)),
    transactionId: orNull(line(100)),
    time: orNull(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/)),
    outcome: z.enum(lookUpOutcomes),
  })
  .refine(({ database, databaseName }) => (database === "other") === (databaseName !== null), {
    path: ["databaseName"],
  })
  .refine(({ database, transactionId }) => database === "vneid" || transactionId !== null, { path: ["transactionId"] });

const fields = ["database", "databaseName", "transactionId", "time", "outcome"] as const;

/** What was seen in VNeID or a database beside the paper, written down before it is attested. R15, SOURCE-1. */
export const sourcesPages = (world: OfficialsWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands,
    handle: (c, person) =>
      withDossier(c, person, world, (view) =>
        isOpen(view)
          ? show(c, person, view, {}, [], 200)
          : refuse(c, { code: "wrong_stage", status: view.dossier.status }),
      ),
  }),
  guardedPage({
    method: "POST",
    path,
    demands,
    bodyLimitBytes: 16 * 1024,
    handle: (c, person) => withDossier(c, person, world, (view) => answer(c, person, world, view)),
  }),
];

async function answer(c: Context<WebEnv>, person: Actor, world: OfficialsWorld, view: DossierView) {
  const form = await readForm(c, LookUpForm);
  const { say } = sourcesSpeech(c.var.language);
  const again = (faults: readonly Fault[], status: 400) => show(c, person, view, form.typed, faults, status);
  if (!form.ok) {
    const labels = Object.fromEntries(fields.map((name) => [name, say(name)]));
    const own = Object.fromEntries(fields.map((name) => [name, say(`${name}Fault`)]));
    return again(faultsInWords(form.faults, labels, c.var.language, own), 400);
  }
  const done = await world.lookUpSource(view.dossier.id, requestOf(form.value, world.now()), actorOf(person));
  if (done.ok) return c.redirect(pathOf(view), 303);
  const { failure } = done;
  const isTime = failure.code === "malformed_request" && failure.field === "time";
  return again(
    [isTime ? { field: "time", says: say("timeFault") } : faultOf(failure, c)],
    statusOf[failure.code] as 400,
  );
}

function requestOf({ database, time, ...rest }: z.output<typeof LookUpForm>, now: Instant): LookUpRequest {
  const at = time === null ? null : instantOn(localDateOf(now), time);
  if (database === "vneid") return { ...rest, source: "vneid", database: null, at };
  return { ...rest, source: "database", database, at };
}

function show(
  c: Context<WebEnv>,
  person: Actor,
  view: DossierView,
  typed: Typed,
  faults: readonly Fault[],
  status: 200 | 400,
) {
  return c.html(<SourcesPage frame={personFrame(c, person)} view={view} typed={typed} faults={faults} />, status);
}

type PageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const SourcesPage = ({ frame, view, typed, faults }: PageProps) => {
  const { say } = sourcesSpeech(frame.language);
  const common = (name: (typeof fields)[number]) => {
    return { name, label: say(name), value: typed[name], fault: faultAt(faults, name) };
  };
  const says = { title: say("title"), back: say("back"), lead: say("lead") };
  return (
    <PaperFormPage frame={frame} view={view} faults={faults} says={says} action="/sources">
      <SelectField
        {...common("database")}
        options={["" as const, ...seenIn].map((value) => ({ value, label: say(value === "" ? "choose" : value) }))}
        value={typed["database"] ?? ""}
        starts
      />
      <TextField {...common("databaseName")} maxlength={200} required={false} />
      <TextField {...common("transactionId")} hint={say("transactionIdHint")} maxlength={100} required={false} />
      <TextField {...common("time")} type="time" hint={say("timeHint")} look="short" maxlength={5} required={false} />
      <RadioGroup
        {...common("outcome")}
        options={lookUpOutcomes.map((value) => ({ value, label: say(value) }))}
        value={typed["outcome"]}
      />
      <Button>{say("save")}</Button>
    </PaperFormPage>
  );
};
