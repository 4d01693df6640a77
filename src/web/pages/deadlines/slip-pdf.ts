import type { Context } from "hono";
import { answerPdf } from "../../answer-pdf.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import type { DeadlinesWorld } from "./world.ts";

const fileName = "giay-tiep-nhan-va-hen-tra.pdf";

/** The receipt-and-appointment slip as a file: without the citizen's link at any time, with a new one when posted. */
export const slipFiles = (world: DeadlinesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/slip.pdf",
    demands: ["receiver", "comparer", "signer", "clerk"],
    handle: (c, person) => giveSlip(c, person, world, null),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/slip.pdf",
    demands: ["receiver"],
    page: "/dossiers/:id",
    handle: (c, person) => giveLinkedSlip(c, person, world),
  }),
];

function giveSlip(c: Context<WebEnv>, person: Actor, world: DeadlinesWorld, link: string | null) {
  const by = person.fullName;
  return onDossier(c.req.param("id") ?? "", (id) => world.slip(id, { link, by }, actorOf(person))).then((pdf) =>
    answerPdf(c, pdf, "inline", fileName),
  );
}

/** The link before is dead from here on, as with the slip that is printed from the page. */
async function giveLinkedSlip(c: Context<WebEnv>, person: Actor, world: DeadlinesWorld): Promise<Response> {
  const renewed = await onDossier(c.req.param("id") ?? "", (id) => world.renewLink(id, actorOf(person)));
  return renewed.ok ? giveSlip(c, person, world, renewed.value.citizenLink) : answerPdf(c, renewed, "inline", fileName);
}
