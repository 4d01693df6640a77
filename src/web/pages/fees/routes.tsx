import type { Context } from "hono";
import { z } from "zod";
import { type FeeEntryId, feeWays } from "../../../core/fee-account.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { GivingBackRequest } from "../../../usecases/fees/give-back.ts";
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
const GivenBack = z.object({
  backFormId: z.uuid().transform((text) => text as FeeEntryId),
  backOf: z.uuid(),
  backWay: z.enum(feeWays),
  backAmount: dong,
  backTo: line(200).min(1),
  backHow: line(1000).default(""),
});
const Undoing = z.object({ given: z.uuid(), undoReason: line(1000).default("") });
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
  act(desk, "given-back", readers, GivenBack, "backAmount", (id, form, by) => desk.giveBack(id, askedBack(form), by)),
  act(desk, "given-back/undo", readers, Undoing, "undoReason", (id, { given, undoReason }, by) =>
    desk.undoGivenBack(id, { givenId: given, reason: undoReason }, by),
  ),
  act(desk, "waiver", ["receiver"], Waiver, "evidence", (id, { exemption, evidence }, by) =>
    desk.waive(id, { exemptionId: exemption, evidence }, by),
  ),
  act(desk, "waiver/end", ["receiver"], Ending, "waiverReason", (id, { waiverReason }, by) =>
    desk.endWaiver(id, waiverReason, by),
  ),
];

const askedBack = (form: z.infer<typeof GivenBack>): GivingBackRequest => ({
  ...{ id: form.backFormId, paymentId: form.backOf, way: form.backWay, amountDong: form.backAmount },
  ...{ payer: form.backTo, reason: form.backHow },
});

/** @param field where what the use case says is told */
function act<Form>(
  desk: FeeDesk,
  name: "payments" | "reversal" | "given-back" | "given-back/undo" | "waiver" | "waiver/end",
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
        return show(asked, form.typed, [{ field: fieldOf(field, done.failure), says }], statusOf[done.failure.code]);
      }),
  });
}

/** Where the rule's own sentence is told, if elsewhere than what else the use case says. */
const ruleFields: Readonly<Record<string, string>> = { backAmount: "backHow" };

const fieldOf = (field: string, { code }: Failure): string => {
  if (code === "exemption_own" || code === "exemption_over") return "exemption";
  return code === "rule_broken" ? (ruleFields[field] ?? field) : field;
};

function faultsIn(c: Context<WebEnv>, faults: Parameters<typeof faultsInWords>[0]): readonly Fault[] {
  const { say } = feesSpeech(c.var.language);
  const labels = { way: say("way"), amount: say("amount"), payer: say("payer"), reason: say("reason") };
  const back = { backWay: say("backWay"), backAmount: say("amount"), backTo: say("backTo"), backOf: say("receipt") };
  const own = { way: say("wayFault"), amount: say("amountFault"), exemption: say("exemptionFault") };
  const ownBack = { backWay: say("wayFault"), backAmount: say("amountFault") };
  const all = { ...labels, ...back, evidence: say("evidence") };
  return faultsInWords(faults, all, c.var.language, { ...own, ...ownBack });
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
