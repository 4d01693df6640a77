import type { Context } from "hono";
import { z } from "zod";
import { Card } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { receivingSpeech } from "./dossier-page.tsx";
import { pathOf, withDossier } from "./with-dossier.ts";

const Declaration = z.object({ declaredPages: z.coerce.number().int().min(1).max(2000) });

export const showDeclaration = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, (view) =>
    c.html(<DeclarationPage frame={personFrame(c, person)} view={view} typed={{}} faults={[]} />),
  );

/** Counted wrongly: declared again, then back to where the counting mattered. */
export const answerDeclaration = (c: Context<WebEnv>, person: Actor, world: OfficialsWorld) =>
  withDossier(c, person, world, async (view) => {
    const form = await readForm(c, Declaration);
    const { say } = receivingSpeech(c.var.language);
    const again = (faults: readonly Fault[], status: 400) =>
      c.html(<DeclarationPage frame={personFrame(c, person)} view={view} typed={form.typed} faults={faults} />, status);
    if (!form.ok) {
      const own = { declaredPages: say("declaredPagesFault") };
      return again(faultsInWords(form.faults, own, c.var.language, own), 400);
    }
    const corrected = await world.correctDeclaration(view.dossier.id, form.value.declaredPages, actorOf(person));
    const next = person.roles.includes("comparer") && view.pages.length > 0 ? "/compare" : "";
    if (corrected.ok) return c.redirect(pathOf(view, next), 303);
    const { title, detail } = wordsOf(corrected.failure, c.var.language);
    return again([{ field: null, says: `${title} ${detail}` }], statusOf[corrected.failure.code] as 400);
  });

type DeclarationPageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const DeclarationPage = ({ frame, view, typed, faults }: DeclarationPageProps) => {
  const { say } = receivingSpeech(frame.language);
  return (
    <Page frame={frame} title={say("pagesTitle")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("pagesBack")}
      </a>
      <h1>{say("pagesTitle")}</h1>
      <p>
        <b>{view.dossier.title}</b>
      </p>
      <p>{say("pagesCount", { scanned: view.pages.length, declared: view.dossier.declaredPages })}</p>
      <Card>
        <Form frame={frame} action={pathOf(view, "/declared-pages")} once>
          <TextField
            name="declaredPages"
            label={say("declaredPages")}
            hint={say("pagesLead")}
            look="short"
            numeric
            maxlength={4}
            value={typed["declaredPages"] ?? String(view.dossier.declaredPages)}
            fault={faultAt(faults, "declaredPages")}
          />
          <Button>{say("pagesButton")}</Button>
        </Form>
      </Card>
    </Page>
  );
};
