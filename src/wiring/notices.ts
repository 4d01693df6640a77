import { findDossier, refusalOf } from "../../db/stores/dossiers.ts";
import { forgeryRecordsOf } from "../../db/stores/forgery-records.ts";
import { keepNotice, noticeOf } from "../../db/stores/notices.ts";
import { composeNotice } from "../../signing/compose/compose-notice.ts";
import type { NoticeToCompose } from "../../signing/compose/notice-to-compose.ts";
import type { KeyHolder } from "../../signing/keys/key-holder.ts";
import type { PreparedCopy } from "../../signing/seal/prepared.ts";
import type { Actor, Dossier, Signer } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import { type Bytes, fail, type Instant, localDateOf, ok, type Result } from "../core/kernel.ts";
import { clauseOf, isOther, type KeptRefusal, type RefusalGround } from "../core/refusal-grounds.ts";
import { placeOf } from "../core/register.ts";
import type { Failure } from "../usecases/failure.ts";
import type { NoticeWorld } from "../usecases/sign-notice.ts";
import type { CompletingNoticeWorld, PreparingNoticeWorld } from "../usecases/sign-notice-elsewhere.ts";
import { signerFor } from "../usecases/signer.ts";
import { shortTimeText } from "../web/design/time.ts";
import { groundRulesVi, refusalGroundsVi } from "../web/words/rules.vi.ts";
import { examineNotice } from "./examining.ts";
import { agencyNameOf, type House, keepBlob, readBlob } from "./house.ts";
import { openKey } from "./key-use.ts";
import { baseOf, completeField, prepareField } from "./prepared-field.ts";
import { checkRevocation, signField } from "./sealing-act.ts";
import { signersWorld } from "./signers.ts";

export const noticeWorld = (house: House): NoticeWorld<KeyHolder> => ({
  ...signersWorld(house),
  now: house.now,
  dossier: (id, agencyId) => findDossier(house.sql, id, agencyId),
  refusal: (id) => refusalOf(house.sql, id),
  notice: (id) => noticeOf(house.sql, id),
  isForgeryRecorded: async (id) => (await forgeryRecordsOf(house.sql, id)).length > 0,
  openKey: (credential, pin) => openKey(house, credential, pin),
  checkRevocation: (credential) => checkRevocation(house, credential),
  compose: (...asked) => compose(house, ...asked),
  sign: (notice, key, { signerName: name, agencyId, personId }, at) =>
    signField(house, "notice", notice, key, { name, at, holder: { agencyId, personId } }),
  examine: (signed, notice, signer) => examineNotice(house, signed, notice, signer),
  keepNotice: async (dossier, { pdf, signer, signedAt }, actor) => {
    const { blobId } = await keepBlob(house, dossier.agencyId, "refusal_notice", pdf);
    await house.pass("notice: signed bytes stored");
    const kept = await keepNotice(house.sql, dossier, { blobId, signer, signedAt }, actor);
    if (!kept) await house.blobs.erase(blobId);
    await house.pass("notice: kept");
    return kept;
  },
});

export const preparingNoticeWorld = (house: House): PreparingNoticeWorld<PreparedCopy> => ({
  ...noticeWorld(house),
  prepare: (notice, credential, at) => {
    const { signerName: name, agencyId, personId } = credential;
    return prepareField(house, "notice", notice, { credential, name, at, holder: { agencyId, personId } });
  },
});

export const completingNoticeWorld = (house: House): CompletingNoticeWorld<PreparedCopy> => ({
  ...noticeWorld(house),
  complete: (prepared, value) => completeField(house, "notice", prepared, value),
  examineSigned: (signed, prepared, signer) => examineNotice(house, signed, baseOf(prepared), signer),
});

async function compose(
  house: House,
  dossier: Dossier,
  refusal: KeptRefusal,
  signer: Signer,
  at: Instant,
): Promise<Result<Bytes, Failure>> {
  const agency = agencyNameOf(house, dossier.agencyId);
  const { documentNumber } = dossier;
  const composed = await composeNotice(
    {
      agency,
      place: placeOf(agency),
      date: localDateOf(at),
      dossierId: dossier.id,
      applicant: dossier.applicantName,
      receivedAt: shortTimeText(dossier.openedAt, "vi"),
      paper: `${dossier.title}${documentNumber === null ? "" : `, số ${documentNumber}`}, của ${dossier.holderName}`,
      ground: groundOf(refusal.ground),
      reason: refusal.reason,
      page: refusal.page,
      examined: { by: refusal.by, on: localDateOf(refusal.at) },
      signer: { name: signer.signerName, titleLines: signer.mandate.titleLines },
      checkAt: `${house.publicUrl}/verify`,
      composedAt: at,
      development: house.development,
    },
    house.fonts,
  );
  return composed.ok ? ok(composed.value.pdf) : fail({ code: "signing_failed", reason: composed.failure.code });
}

const groundOf = (ground: RefusalGround): NoticeToCompose["ground"] => ({
  words: refusalGroundsVi[ground],
  rule: isOther(ground) ? groundRulesVi[ground] : `khoản ${clauseOf(ground)} Điều 22 Nghị định số 23/2015/NĐ-CP`,
  isOfOriginal: !isOther(ground),
  isPaperReturned: ground !== "SUSPECTED_FAKE",
});

/** The notice as it was signed. */
export async function signedNotice(house: House, id: DossierId, actor: Actor): Promise<Result<Bytes, Failure>> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const notice = await noticeOf(house.sql, id);
  return notice === null
    ? fail({ code: "wrong_stage", status: dossier.status })
    : ok(await readBlob(house, notice.blobId));
}

/** What the actor would sign now, for looking at it whole before the PIN is typed. */
export async function noticeDraft(house: House, id: DossierId, actor: Actor): Promise<Result<Bytes, Failure>> {
  const dossier = await findDossier(house.sql, id, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  const refusal = await refusalOf(house.sql, id);
  if (refusal === null) return fail({ code: "wrong_stage", status: dossier.status });
  const at = house.now();
  const signer = await signerFor(actor, { at, paperKind: dossier.kind }, signersWorld(house));
  return signer.ok ? compose(house, dossier, refusal, signer.value, at) : signer;
}
