import type { Context } from "hono";
import { z } from "zod";
import type { Fault } from "../../design/error-summary.tsx";
import { Button } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { statusOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { faultOf } from "../receiving/opening-page.tsx";
import { PaperFormPage } from "../receiving/paper-form-page.tsx";
import { isOpen } from "../receiving/standing.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { OffSiteFields, offSiteFaults, offSiteFieldNames, offSiteFields, readOffSite, typedOf } from "./fields.tsx";
import { offSiteSpeech } from "./speech.ts";

const path = "/dossiers/:id/off-site";
const demands = ["receiver", "comparer", "signer"] as const;
const OffSiteForm = z.object(offSiteFields);

/** Where the papers of a dossier are certified, told or changed before the first of them is attested. OFFSITE-1. */
export const offSitePages = (world: OfficialsWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands,
    handle: (c, person) =>
      withDossier(c, person, world, (view) =>
        isOpen(view)
          ? show(c, person, view, typedOf(view.offSite), [], 200)
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
  const form = await readForm(c, OffSiteForm);
  const { language } = c.var;
  const again = (faults: readonly Fault[], status: 400) => show(c, person, view, form.typed, faults, status);
  if (!form.ok) {
    const { say } = offSiteSpeech(language);
    const labels = Object.fromEntries(offSiteFieldNames.map((name) => [name, say(name)]));
    return again(faultsInWords(form.faults, labels, language, offSiteFaults(language)), 400);
  }
  const { offSite, faults } = readOffSite(form.value, view.dossier.applicantName, language);
  if (faults.length > 0) return again(faults, 400);
  if (offSite === null && view.offSite === null) return c.redirect(pathOf(view), 303);
  const done = await world.recordOffSite(view.dossier.id, offSite, actorOf(person));
  if (done.ok) return c.redirect(pathOf(view), 303);
  return again([faultOf(done.failure, c)], statusOf[done.failure.code] as 400);
}

function show(
  c: Context<WebEnv>,
  person: Actor,
  view: DossierView,
  typed: Typed,
  faults: readonly Fault[],
  status: 200 | 400,
) {
  return c.html(<OffSitePage frame={personFrame(c, person)} view={view} typed={typed} faults={faults} />, status);
}

type PageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const OffSitePage = ({ frame, view, typed, faults }: PageProps) => {
  const { say } = offSiteSpeech(frame.language);
  const says = { title: say("title"), back: say("back"), lead: say("lead") };
  return (
    <PaperFormPage frame={frame} view={view} faults={faults} says={says} action="/off-site">
      <OffSiteFields typed={typed} faults={faults} language={frame.language} />
      <Button>{say("save")}</Button>
    </PaperFormPage>
  );
};
