import type { Context } from "hono";
import { z } from "zod";
import { againReasons } from "../../../core/give-once.ts";
import type { CertificateId } from "../../../core/ids.ts";
import type { OnceRequest } from "../../../usecases/give-once.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import type { DossierView, OfficialsWorld } from "../../officials/world.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { pathOf, withDossier } from "../receiving/with-dossier.ts";
import { EarlierPage, GivenPage } from "./earlier-page.tsx";
import { giveOnceSpeech } from "./notice.tsx";

const path = "/dossiers/:id/earlier";
const demands = ["receiver", "comparer"] as const;

/** Before an original is certified again: the copy that there is, and the official's one answer. ONCE-1. */
export const giveOncePages = (world: OfficialsWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands,
    handle: (c, person) =>
      withDossier(c, person, world, (view) => showEarlier(c, person, view, { typed: {}, faults: [], status: 200 })),
  }),
  guardedPage({
    method: "POST",
    path,
    demands,
    bodyLimitBytes: 4096,
    handle: (c, person) => withDossier(c, person, world, (view) => answerEarlier(c, person, view, world)),
  }),
];

type Shown = {
  readonly typed: { readonly answer?: string | undefined };
  readonly faults: readonly Fault[];
  readonly status: 200 | 400 | 403 | 429;
};

function showEarlier(c: Context<WebEnv>, person: Actor, view: DossierView, { typed, faults, status }: Shown) {
  const frame = { ...personFrame(c, person), address: pathOf(view, "/earlier") };
  return c.html(<EarlierPage frame={frame} view={view} typed={typed} faults={faults} />, status);
}

const AnswerForm = z.object({ answer: z.string().max(60), digits: z.string().max(20).default("") });

async function answerEarlier(c: Context<WebEnv>, person: Actor, view: DossierView, world: OfficialsWorld) {
  const { say } = giveOnceSpeech(c.var.language);
  const form = await readForm(c, AnswerForm);
  const request = form.ok ? requestOf(form.value) : null;
  const typed = { answer: form.typed["answer"] };
  const again = (fault: Fault, status: Shown["status"]) =>
    showEarlier(c, person, view, { typed, faults: [fault], status });
  if (request === null) return again({ field: "answer", says: say("answerFault") }, 400);
  if (request.answer === "reused" && !/^\d{4}$/.test(request.identityDigits)) {
    return again({ field: "digits", says: say("digitsFault") }, 400);
  }
  const given = await world.giveOnce(view.dossier.id, request, actorOf(person));
  if (given.ok) {
    const { earlier, citizenLink } = given.value;
    if (earlier === null || citizenLink === null) return c.redirect(pathOf(view), 303);
    const frame = { ...personFrame(c, person), address: pathOf(view, "/earlier") };
    return c.html(<GivenPage {...{ frame, view, earlier }} link={citizenLink} qr={world.qrOf(citizenLink)} />);
  }
  const { failure } = given;
  if (failure.code === "wrong_stage") return c.redirect(pathOf(view, "/earlier"), 303); // answered before: it is shown
  if (failure.code !== "wrong_digits" && failure.code !== "throttled") return refuse(c, failure);
  if (failure.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const { title, detail } = wordsOf(failure, c.var.language);
  return again({ field: "digits", says: `${title} ${detail}` }, statusOf[failure.code] as 403);
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function requestOf({ answer, digits }: z.infer<typeof AnswerForm>): OnceRequest | null {
  const [kind, about = ""] = answer.split(":");
  if (kind === "in_vneid") return { answer: "in_vneid" };
  const reason = againReasons.find((known) => known === about);
  if (kind === "again" && reason !== undefined) return { answer: "again", reason };
  if (kind !== "reused" || !uuid.test(about)) return null;
  return { answer: "reused", certificateId: about as CertificateId, identityDigits: digits.trim() };
}
