import type { Context } from "hono";
import { z } from "zod";
import type { DossierId } from "../../../core/ids.ts";
import type { Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { answerPdf } from "../../answer-pdf.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import type { DossierView } from "../../officials/world.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { type Actor, guardedPage, type Role, type Route, type WebEnv } from "../../route.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { PaperPage } from "./page.tsx";
import { paperSpeech } from "./speech.ts";
import type { PaperCopiesWorld } from "./world.ts";

const officials = ["receiver", "comparer", "signer", "clerk"] as const;
const Comparing = z.object({ presented: z.literal("yes").optional() });
const Nothing = z.object({});
const Voiding = z.object({ reason: z.string().max(2000).default("") });

/** Copies on paper: compared by hand, numbered, printed, signed and sealed by hand, handed over. */
export const paperCopiesPages = (world: PaperCopiesWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/paper",
    demands: officials,
    handle: (c, person) => withDossier(c, person, world, (view) => show(c, person, world, view)),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/paper/attestation.pdf",
    demands: officials,
    handle: async (c, person) => {
      const sheet = await onDossier(c.req.param("id"), (id) => world.attestation(id, actorOf(person)));
      return answerPdf(c, sheet, "inline", "loi-chung-ban-giay.pdf");
    },
  }),
  act(world, "compare", ["comparer"], Comparing, (id, { presented }, actor) =>
    world.compareByHand(id, { originalPresented: presented === "yes" }, actor),
  ),
  act(world, "number", ["signer"], Nothing, (id, _, actor) => world.takeNumber(id, actor)),
  act(world, "done", ["signer", "clerk"], Nothing, (id, _, actor) => world.handOver(id, actor)),
  act(world, "void", ["signer"], Voiding, (id, { reason }, actor) => world.voidNumber(id, reason, actor)),
];

type Ask<Form> = (id: DossierId, form: Form, actor: ReturnType<typeof actorOf>) => Promise<Result<unknown, Failure>>;

function act<Form>(
  world: PaperCopiesWorld,
  name: "compare" | "number" | "done" | "void",
  demands: readonly [Role, ...Role[]],
  shape: z.ZodType<Form>,
  ask: Ask<Form>,
): Route {
  return guardedPage({
    method: "POST",
    path: `/dossiers/:id/paper/${name}`,
    demands,
    page: "/dossiers/:id/paper",
    bodyLimitBytes: 16 * 1024,
    handle: (c, person) =>
      withDossier(c, person, world, async (view) => {
        const form = await readForm(c, shape);
        if (!form.ok)
          return show(c, person, world, view, { typed: form.typed, failure: { code: "malformed_request" } });
        const done = await ask(view.dossier.id, form.value, actorOf(person));
        if (done.ok) return c.redirect(pathOf(view, "/paper"), 303);
        return show(c, person, world, view, { typed: form.typed, failure: done.failure });
      }),
  });
}

type Stopped = { readonly typed: Typed; readonly failure: Failure };

async function show(
  c: Context<WebEnv>,
  person: Actor,
  world: PaperCopiesWorld,
  view: DossierView,
  stopped?: Stopped,
): Promise<Response> {
  const line = await world.line(view.dossier.id);
  const frame = { ...personFrame(c, person), address: pathOf(view, "/paper") };
  const faults = stopped === undefined ? [] : [faultOf(c, stopped.failure)];
  const page = (
    <PaperPage frame={frame} view={view} line={line} now={world.now()} typed={stopped?.typed ?? {}} faults={faults} />
  );
  return c.html(page, stopped === undefined ? 200 : statusOf[stopped.failure.code]);
}

function faultOf(c: Context<WebEnv>, failure: Failure): Fault {
  const { language } = c.var;
  const rule = failure.code === "rule_broken" ? failure.rule : null;
  if (rule === "ORIG-1") return { field: "presented", says: paperSpeech(language).say("compareFault") };
  const { title, detail } = wordsOf(failure, language);
  return { field: rule === "REG-1" ? "reason" : null, says: `${title} ${detail}` };
}
