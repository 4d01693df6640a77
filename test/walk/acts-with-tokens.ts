import { findMandate } from "../../db/stores/mandates.ts";
import {
  endOwnSignatures,
  keepPreparedSignature,
  type PreparedRow,
  takePreparedSignature,
} from "../../db/stores/prepared-signatures.ts";
import type { Certificate, Dossier } from "../../src/core/dossier.ts";
import { type Bytes, fail, ok } from "../../src/core/kernel.ts";
import { prepareAct, prepareCopies } from "../../src/usecases/prepare-elsewhere.ts";
import { type ActToSign, completeAct, type SigningAct } from "../../src/usecases/sign-elsewhere.ts";
import type { Actor } from "../../src/web/route.ts";
import { actOf } from "../../src/wiring/act-elsewhere.ts";
import { checkIdle, copiesBehind } from "../../src/wiring/copies-act.ts";
import { keepBlob, newId, unlessHindered } from "../../src/wiring/house.ts";
import { credentialFor } from "../../src/wiring/signing-elsewhere.ts";
import { nothing as anything } from "../citizens/light-house.ts";
import type { Act, Told, Visit } from "./act.ts";
import { someBytes, walkSealing, walkSigning } from "./keys-and-bytes.ts";
import type { Town } from "./town.ts";

/** Copies signed with a token at its holder's computer: prepared, kept, and completed later, twice, by another, or never. */

const nothing: Told = fail({ code: "nothing_there" });
const duties = { sign: "signer", seal: "clerk" } as const;

const preparing = (town: Town) => ({
  ...walkSealing(town),
  ...walkSigning(town),
  prepare: async (_: SigningAct, pdf: Bytes) => ok(pdf),
  checkIdle: (line: Certificate, act: SigningAct) => checkIdle(town.house, line, act),
  copiesBehind: (line: Certificate, act: SigningAct, part: { after: number; most: number }) =>
    copiesBehind(town.house, line, act, part),
});

async function keep({ house, sql }: Town, one: ActToSign<Bytes>, { agencyId, personId }: Actor): Promise<void> {
  const { act, certificate, credential, prepared, preparedAt } = one;
  const { blobId } = await keepBlob(house, agencyId, "prepared", prepared);
  const ended = await keepPreparedSignature(sql, {
    ...{ id: newId<string>(), agencyId, dossierId: certificate.dossierId, act, blobId, preparedAt, personId },
    ...{ certificateId: certificate.id, credentialId: credential.id, toBeSigned: prepared },
    mandateId: act === "sign" ? certificate.mandateId : null,
  });
  for (const earlier of ended) await house.blobs.erase(earlier);
}

/** One copy, or some of the copies of one number; of what is prepared some comes back in the same minute. COPIES-1 */
export const prepareElsewhere: Act = (visit) => {
  const { town, chance, dossier } = visit;
  if (dossier === null) return Promise.resolve(nothing);
  const act: SigningAct = dossier.status === "person_signed" ? "seal" : "sign";
  const by = visit.by(duties[act]);
  const part = { after: chance.below(3) === 0 ? chance.below(3) : 0, most: 1 + chance.below(3) };
  return unlessHindered(async () => {
    const begun = await prepared(visit, { act, dossier, part, by });
    if (!begun.ok) return begun;
    const acts = begun.value;
    const copies = part.after === 0 ? null : acts.map(({ certificate }) => certificate.id);
    const begins = { dossierId: dossier.id, act, personId: by.personId, copies };
    for (const blobId of await endOwnSignatures(town.sql, begins, town.now())) await town.house.blobs.erase(blobId);
    for (const one of acts) await keep(town, one, by);
    return ok(acts.length);
  });
};

type Asked = {
  readonly act: SigningAct;
  readonly dossier: Dossier;
  readonly part: { readonly after: number; readonly most: number };
  readonly by: Actor;
};

async function prepared({ town }: Visit, { act, dossier, part, by }: Asked) {
  if (dossier.electronicCopies === 1) {
    const one = await prepareAct(act, dossier.id, by, preparing(town));
    return one.ok ? ok([one.value]) : one;
  }
  const some = await prepareCopies(act, dossier.id, part, by, preparing(town));
  return some.ok ? ok(some.value.acts) : some;
}

/** A value that came back, of whatever waits: by whom it was prepared for, as a rule; twice at once now and then. */
export const completeElsewhere: Act = async (visit) => {
  const { town, chance } = visit;
  const waiting = await town.sql<Pick<PreparedRow, "id" | "act" | "personId">[]>`
    select id, act, person_id as "personId" from prepared_signature where used_at is null or ${chance.below(12) === 0}
    order by prepared_at desc limit 30`;
  if (waiting.length === 0) return nothing;
  const taken = chance.pick(waiting);
  const holder = [...town.people.values()].find(({ personId }) => personId === taken.personId);
  const by = holder === undefined || chance.below(15) === 0 ? visit.by("signer") : holder;
  const [told] = await Promise.all([
    complete(town, taken, by),
    chance.below(6) === 0 ? complete(town, taken, by) : null,
  ]);
  return told;
};

async function complete(town: Town, taken: Pick<PreparedRow, "id" | "act">, by: Actor): Promise<Told> {
  const { house, sql, now } = town;
  const row = await takePreparedSignature(sql, taken, by.personId, now());
  if (row === null || row.act === "notice") return fail({ code: "not_found" });
  await house.blobs.erase(row.blobId);
  await house.pass(row.act === "sign" ? "sign: key used" : "seal: key used");
  const credential = await credentialFor(house, row.act, by, now());
  if (credential?.id !== row.credentialId) return fail({ code: "not_found" });
  const mandate = row.mandateId === null ? null : await findMandate(sql, row.mandateId, by.agencyId);
  if (mandate === null && row.act === "sign") return fail({ code: "mandate_missing" });
  const toSign = await actOf(house, row, row.act, { credential, mandate, prepared: anything as never, actor: by });
  if (toSign === null) return fail({ code: "not_found" });
  return unlessHindered(() => completeAct(toSign, someBytes(), by, completing(town)));
}

const completing = (town: Town) => ({
  ...walkSealing(town),
  ...walkSigning(town),
  complete: async () => ok(someBytes()),
  examineSigned: async () => ok(null),
  examineSealed: walkSealing(town).examine,
  isLackingCopies: async (line: Certificate, act: SigningAct) =>
    line.copies > 1 && (await copiesBehind(town.house, line, act, { after: 0, most: 1 })).length > 0,
});
