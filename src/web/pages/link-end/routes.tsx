import type { Actor as Official } from "../../../core/dossier.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { Button } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, type Route } from "../../route.ts";
import { PaperFormPage } from "../receiving/paper-form-page.tsx";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { linkEndSpeech } from "./speech.ts";

export type LinkEndWorld = Pick<OfficialsWorld, "dossier"> & {
  readonly endLink: (id: DossierId, actor: Official) => Promise<Result<null, Failure>>;
};

/** The counter ends the citizen's link, after a page that says what that means. DESIGN decision 14. */
export const linkEndPages = (world: LinkEndWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/end-link",
    demands: ["receiver"],
    handle: (c, person) =>
      withDossier(c, person, world, (view) =>
        view.submission.linkEndedAt === null
          ? c.html(<EndLinkPage frame={personFrame(c, person)} view={view} />)
          : c.redirect(pathOf(view), 303),
      ),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/end-link",
    demands: ["receiver"],
    handle: (c, person) =>
      withDossier(c, person, world, async (view) => {
        const ended = await world.endLink(view.dossier.id, actorOf(person));
        return ended.ok ? c.redirect(pathOf(view), 303) : refuse(c, ended.failure);
      }),
  }),
];

const EndLinkPage = ({ frame, view }: { readonly frame: Frame; readonly view: DossierView }) => {
  const { say } = linkEndSpeech(frame.language);
  const says = { title: say("title"), back: say("back"), lead: say("lead") };
  return (
    <PaperFormPage frame={frame} view={view} faults={[]} says={says} action="/end-link">
      <Button look="grave">{say("button")}</Button>
    </PaperFormPage>
  );
};
