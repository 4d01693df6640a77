import type { Context } from "hono";
import { z } from "zod";
import type { RegisterLine } from "../../../core/lists.ts";
import type { BookKind } from "../../../core/register.ts";
import { correctedParts, correctionBounds } from "../../../core/register-correction.ts";
import type { CorrectionRequest } from "../../../usecases/correct-line.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { speaker } from "../../design/speech.ts";
import { readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { registerLineEn } from "../../words/register-line.en.ts";
import { registerLineVi } from "../../words/register-line.vi.ts";
import { LinePage } from "./line-page.tsx";
import type { LineWorld } from "./world.ts";

const path = "/dossiers/:id/line";
const noNul = /^[^\0]*$/;
const speechIn = speaker({ vi: registerLineVi, en: registerLineEn });

const CorrectionForm = z.object({
  book: z.enum(["electronic", "paper"]).default("electronic"),
  part: z.enum(correctedParts),
  reads: z.string().max(correctionBounds.reads).regex(noNul).default(""),
  reason: z.string().min(correctionBounds.leastReason).max(correctionBounds.reason).regex(noNul),
  seen: z.coerce.number().int().min(0).max(correctionBounds.most),
});

/** One line of the register with its corrections; who certifies adds another. LAW 3.4, REG-4. */
export const registerLinePages = (world: LineWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["receiver", "comparer", "signer", "clerk", "administrator"],
    handle: (c, person) => show(c, person, world, kindOf(c.req.query("book")), {}, [], 200),
  }),
  guardedPage({
    method: "POST",
    path,
    demands: ["signer"],
    bodyLimitBytes: 32 * 1024,
    handle: (c, person) => correct(c, person, world),
  }),
];

const kindOf = (asked: string | undefined): BookKind => (asked === "paper" ? "paper" : "electronic");

async function show(
  c: Context<WebEnv>,
  person: Actor,
  world: LineWorld,
  book: BookKind,
  typed: Typed,
  faults: readonly Fault[],
  status: number,
): Promise<Response> {
  const line = await onDossier(c.req.param("id") ?? "", (id) => world.line(id, book, actorOf(person)));
  if (!line.ok) return refuse(c, line.failure);
  const page = { line: line.value, address: addressOf(line.value), typed, faults };
  return c.html(<LinePage frame={personFrame(c, person)} {...page} />, status as 200);
}

const addressOf = ({ dossierId, form }: Pick<RegisterLine, "dossierId" | "form">): string =>
  `/dossiers/${dossierId}/line${form === "paper" ? "?book=paper" : ""}`;

async function correct(c: Context<WebEnv>, person: Actor, world: LineWorld): Promise<Response> {
  const form = await readForm(c, CorrectionForm);
  const book = kindOf(form.typed["book"]);
  const { say } = speechIn(c.var.language);
  const ownFault: Record<string, string> = { part: say("faultPart"), reason: say("faultReason") };
  if (!form.ok) {
    const fields = [...new Set(form.faults.map(({ field }) => (field in ownFault ? field : "reads")))];
    const faults = fields.map((field) => ({ field, says: ownFault[field] ?? say("faultReads") }));
    return show(c, person, world, book, form.typed, faults, 400);
  }
  const { reads, part, reason, seen } = form.value;
  const request: CorrectionRequest = { form: book, part, reads, reason, seen };
  const done = await onDossier(c.req.param("id") ?? "", (id) => world.correct(id, request, actorOf(person)));
  if (done.ok) return c.redirect(`/dossiers/${c.req.param("id")}/line${book === "paper" ? "?book=paper" : ""}`, 303);
  const { failure } = done;
  if (failure.code === "not_found") return refuse(c, failure);
  const { title, detail } = wordsOf(failure, c.var.language);
  const fault =
    failure.code === "rule_broken"
      ? { field: "reads", says: say("faultReads") }
      : { field: null, says: `${title} ${detail}` };
  return show(c, person, world, book, form.typed, [fault], statusOf[failure.code]);
}
