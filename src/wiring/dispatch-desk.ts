import { addressOf, dispatchesOf, keepEmail } from "../../db/stores/dispatches.ts";
import { findDossier, intakeOf } from "../../db/stores/dossiers.ts";
import { noticeOf } from "../../db/stores/notices.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import {
  dispatchPolicyOf,
  keepDispatchPolicy,
  keepSettling,
  listUndelivered,
  listUnfetched,
} from "../../db/stores/undelivered.ts";
import { usualPolicy } from "../core/dispatch.ts";
import type { Dossier } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { fail, ok } from "../core/kernel.ts";
import { noteOf } from "../usecases/administration/note.ts";
import { giveAddressAtCounter, giveOwnAddress, settleDispatch } from "../usecases/dispatches/give-address.ts";
import type { OwnEmailWorld } from "../web/citizens/email-page.tsx";
import type { DispatchPart } from "../web/pages/dispatch/dossier-part.tsx";
import type { DispatchDesk } from "../web/pages/dispatch/world.ts";
import { beginAttempt } from "../web/throttle.ts";
import { dossiersBySecret } from "./citizen-links.ts";
import { checkDigits } from "./citizens.ts";
import type { House } from "./house.ts";
import { throttleWorld } from "./key-use.ts";

/** Of one submission, by whichever of its links: whoever knows the digits must not fill somebody's mailbox. */
const emailRule = { name: "dispatch_email", attempts: 6, windowSeconds: 86_400, blockSeconds: 86_400 };
const listed = 100;

const keeping = (house: House) => ({
  now: house.now,
  admit: async ({ id, agencyId }: Dossier) => {
    const submission = await submissionOf(house.sql, id, agencyId);
    const attempt = await beginAttempt(throttleWorld(house), emailRule, submission?.id ?? id);
    return attempt.ok ? ok(null) : attempt;
  },
  keepEmail: ({ id }: Dossier, ...given: Rest<typeof keepEmail>) => keepEmail(house.sql, id, ...given),
});

type Rest<F> = F extends (sql: never, id: never, ...rest: infer R) => unknown ? R : never;

export const ownEmailWorld = (house: House): OwnEmailWorld => ({
  view: async (secret) => {
    const papers = await dossiersBySecret(house, secret);
    const parts = await Promise.all(papers.map(({ id }) => dispatchPartOf(house, id)));
    const [first] = parts;
    if (first === undefined) return fail({ code: "link_unknown" });
    const ready = await Promise.all(papers.map((paper) => isReady(house, paper)));
    const sent = parts.flatMap((part) => part.sent);
    return ok({ hasEmail: first.email !== null, sent, isReady: ready.includes(true), canMail: house.mail !== null });
  },
  give: (secret, given) =>
    giveOwnAddress(secret, given, {
      ...keeping(house),
      dossierBySecret: async (text) => (await dossiersBySecret(house, text))[0] ?? null,
      checkDigits: (dossier, digits) => checkDigits(house, dossier.id, digits, "identity_digits"),
    }),
});

export async function dispatchPartOf({ sql }: House, id: DossierId): Promise<DispatchPart> {
  const { email, accountBlobId } = await addressOf(sql, id);
  return { email, hasAccount: accountBlobId !== null, sent: await dispatchesOf(sql, id) };
}

const isReady = async ({ sql }: House, { id, status }: Dossier): Promise<boolean> =>
  status === "released" || (status === "refused" && (await noticeOf(sql, id)) !== null);

export function dispatchDesk(house: House): DispatchDesk {
  const { sql, now } = house;
  const dossier = (id: DossierId, agencyId: Dossier["agencyId"]) => findDossier(sql, id, agencyId);
  return {
    view: async (id, actor) => {
      const found = await dossier(id, actor.agencyId);
      if (found === null) return fail({ code: "not_found" });
      const { contact } = await intakeOf(sql, id);
      const facts = { dossierId: id, title: found.title, contact, isReady: await isReady(house, found) };
      return ok({ ...facts, ...(await dispatchPartOf(house, id)) });
    },
    giveEmail: (id, email, actor) => giveAddressAtCounter(id, email, actor, { ...keeping(house), dossier }),
    settle: (id, how, actor) =>
      settleDispatch(id, how, actor, {
        now,
        dossier,
        keepSettling: (settled, way, by, at) => keepSettling(sql, settled, way, by.personId, at),
      }),
    undelivered: async ({ agencyId }) => ({
      failed: await listUndelivered(sql, agencyId, now(), listed),
      unfetched: await listUnfetched(sql, agencyId, now(), listed),
    }),
    policy: async ({ agencyId }) => (await dispatchPolicyOf(sql, agencyId)) ?? usualPolicy,
    setPolicy: (policy, actor) => {
      const about = policy.attaches ? `attached up to ${policy.mostBytes} bytes` : "link only";
      return keepDispatchPolicy(sql, policy, noteOf(actor, "dispatch_policy_set", about, now()));
    },
  };
}
