import type { JobHandler } from "../../db/job-loop.ts";
import { noteMail, type WaitingMail, waitingMail } from "../../db/stores/outbox.ts";
import type { CertificateId } from "../core/ids.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import type { MailFailure } from "../roof/mail.ts";
import { type Fills, speaker } from "../web/design/speech.ts";
import { mailEn } from "../web/words/mail.en.ts";
import { mailVi } from "../web/words/mail.vi.ts";
import { decidedOf } from "./decided.ts";
import { later } from "./guests.ts";
import type { House } from "./house.ts";
import { codeDigits } from "./receivers.ts";

const mailSpeech = speaker({ vi: mailVi, en: mailEn });

/** A code that comes after its time only confuses. */
const codeSeconds = 600;

/** Sends one letter, and writes down what became of it: sent, waiting with the reason, or given up with the reason. */
export const mailHandler =
  (house: House): JobHandler =>
  async ({ job }) => {
    const mail = await waitingMail(house.sql, job.subject);
    if (mail === null) return ok(null);
    const sent = await attempt(house, mail);
    if (sent.ok) await noteMail(house.sql, mail.id, "sent", null, house.now());
    else await noteUnsent(house, mail, sent.failure, job);
    return sent;
  };

async function noteUnsent(
  { sql, log, now }: House,
  { id }: WaitingMail,
  { code, retry }: { readonly code: string; readonly retry: boolean },
  { attempt: nth, maxAttempts }: { readonly attempt: number; readonly maxAttempts: number },
): Promise<void> {
  const isLast = !retry || nth >= maxAttempts;
  await noteMail(sql, id, isLast ? "failed" : "waiting", code, now());
  log.warn(isLast ? "mail_given_up" : "mail_not_sent", { code, attempt: nth });
}

async function attempt(
  house: House,
  mail: WaitingMail,
): Promise<Result<null, MailFailure | { readonly code: "too_late" | "no_mail_server"; readonly retry: false }>> {
  if (house.mail === null) return fail({ code: "no_mail_server", retry: false });
  const isLate = mail.kind === "code" && house.now() >= later(mail.madeAt, codeSeconds);
  if (isLate) return fail({ code: "too_late", retry: false });
  return house.mail.send({ id: mail.id, to: mail.address, ...(await wordsOf(house, mail)) });
}

const wordsFor = {
  code: ["codeSubject", "codeText"],
  handed_over: ["handedSubject", "handedText"],
  annulled: ["annulledSubject", "annulledText"],
} as const;

/** In both languages, Vietnamese first: nobody knows who opens an office's mail. Nothing of any citizen stands in it. */
async function wordsOf(house: House, { kind, subject, recipientId, recipientName: name }: WaitingMail) {
  const { say, beside } = mailSpeech("vi");
  const address = house.publicUrl;
  const [title, text] = wordsFor[kind];
  const code = kind === "code" ? codeDigits(house, subject) : "";
  const decided = kind === "annulled" ? await decidedOf(house, subject as CertificateId) : null;
  const fills = { name, code, address, inbox: `${address}/inbox/${recipientId}` };
  const [vi, en] = [say, beside].map((speak) =>
    speak(text, { ...fills, ...(decided && decidedFills(decided, speak)) }),
  );
  return { subject: `${say(title)} / ${beside(title)}`, text: `${vi}\n\n---\n\n${en}\n` };
}

type Say = ReturnType<typeof mailSpeech>["say"];

function decidedFills({ successor, ...told }: Awaited<ReturnType<typeof decidedOf>>, say: Say): Fills {
  return { ...told, outcome: successor === null ? say("outcomeNone") : say("outcomeReplaced", successor) };
}
