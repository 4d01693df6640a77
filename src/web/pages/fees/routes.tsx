import type { Context } from "hono";
import { z } from "zod";
import { type FeeEntryId, feeWays } from "../../../core/fee-account.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { answerPdf } from "../../answer-pdf.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { dong } from "../../forms/dong.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import type { DossierView } from "../../officials/world.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Role, type Route, type WebEnv } from "../../route.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { FeePage } from "./page.tsx";
import { feesSpeech } from "./speech.ts";
import type { FeeDesk } from "./world.ts";

const readers = ["receiver", "signer"] as const;
const line = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\0]*$/);
const Payment = z.object({
  formId: z.uuid().transform((text) => text as FeeEntryId),
  way: z.enum(feeWays),
  amount: dong,
  payer: line(200).min(1),
});
const Reversal = z.object({ payment: z.uuid(), reason: line(1000).default("") });
const Waiver = z.object({ exemption: z.uuid(), evidence: line(1000).default("") });
const Ending = z.object({ waiverReason: line(1000).default("") });

type Official = ReturnType<typeof actorOf>;

/** The fee: taken with a receipt, taken back by another person, waived by a rule. */
export const feePages = (desk: FeeDesk): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/fee",
    demands: readers,
    handle: (c, person) => withDossier(c, person, desk, (view) => show({ c, person, desk, view }, {}, [], 200)),
  }),
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/fee/payments/:payment/receipt.pdf",
    demands: readers,
    handle: async (c, person) => {
      const payment = c.req.param("payment");
      const pdf = await onDossier(c.req.param("id"), (id) => desk.receipt(id, payment, actorOf(person)));
      return answerPdf(c, pdf, "inline", "bien-lai.pdf");
    },
  }),
  act(desk, "payments", ["receiver"], Payment, "amount", (id, { formId, way, amount, payer }, by) =>
    desk.book(id, { id: formId, way, amountDong: amount, payer }, by),
  ),
  act(desk, "reversal", readers, Reversal, "reason", (id, { payment, reason }, by) =>
    desk.reverse(id, { paymentId: payment, reason }, by),
  ),
  act(desk, "waiver", ["receiver"], Waiver, "evidence", (id, { exemption, evidence }, by) =>
    desk.waive(id, { exemptionId: exemption, evidence }, by),
  ),
  act(desk, "waiver/end", ["receiver"], Ending, "waiverReason", (id, { waiverReason }, by) =>
    desk.endWaiver(id, waiverReason, by),
  ),
];

/** @param field where what the use case says is told */
function act<Form>(
  desk: FeeDesk,
  name: "payments" | "reversal" | "waiver" | "waiver/end",
  demands: readonly [Role, ...Role[]],
  shape: z.ZodType<Form>,
  field: string,
  ask: (id: DossierId, form: Form, by: Official) => Promise<Result<null, Failure>>,
): Route {
  return guardedPage({
    method: "POST",
    path: `/dossiers/:id/fee/${name}`,
    demands,
    page: "/dossiers/:id/fee",
    bodyLimitBytes: 16 * 1024,
    handle: (c, person) =>
      withDossier(c, person, desk, async (view) => {
        const asked = { c, person, desk, view };
        const form = await readForm(c, shape);
        if (!form.ok) return show(asked, form.typed, faultsIn(c, form.faults), 400);
        const done = await ask(view.dossier.id, form.value, actorOf(person));
        if (done.ok) return c.redirect(pathOf(view, "/fee"), 303);
        const { title, detail } = wordsOf(done.failure, c.var.language);
        const says = done.failure.code === "rule_broken" ? detail : `${title} ${detail}`; // the rule says it all
        return show(asked, form.typed, [{ field, says }], statusOf[done.failure.code]);
      }),
  });
}

function faultsIn(c: Context<WebEnv>, faults: Parameters<typeof faultsInWords>[0]): readonly Fault[] {
  const { say } = feesSpeech(c.var.language);
  const labels = { way: say("way"), amount: say("amount"), payer: say("payer"), reason: say("reason") };
  const own = { way: say("wayFault"), amount: say("amountFault"), exemption: say("exemptionFault") };
  return faultsInWords(faults, { ...labels, evidence: say("evidence") }, c.var.language, own);
}

type Asked = {
  readonly c: Context<WebEnv>;
  readonly person: Actor;
  readonly desk: FeeDesk;
  readonly view: DossierView;
};

async function show(
  { c, person, desk, view }: Asked,
  typed: Typed,
  faults: readonly Fault[],
  status: number,
): Promise<Response> {
  const { id } = view.dossier;
  const account = await desk.account(id, actorOf(person));
  if (!account.ok) return refuse(c, account.failure);
  const exemptions = await desk.exemptionsFor(id, actorOf(person));
  const frame = { ...personFrame(c, person), address: pathOf(view, "/fee") };
  const shown = { frame, view, account: account.value, exemptions, typed, faults, personId: person.personId };
  return c.html(<FeePage {...shown} formId={desk.newFormId()} />, status as 200);
}
