import { randomUUID } from "node:crypto";
import { findDossier } from "../../db/stores/dossiers.ts";
import { feeAccountOf, keepPayment, keepReversal } from "../../db/stores/fees.ts";
import { keepGivenBack, keepUndone } from "../../db/stores/fees-given-back.ts";
import { submissionOf as storedSubmission } from "../../db/stores/submissions.ts";
import type { Actor, Dossier } from "../../src/core/dossier.ts";
import { type FeeEntryId, mostBackOf } from "../../src/core/fee-account.ts";
import type { PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { Submission, SubmissionId } from "../../src/core/submission.ts";
import {
  type GivingBackRequest,
  type GivingBackWorld,
  giveBack as giveBackMoney,
  undoGivenBack,
} from "../../src/usecases/fees/give-back.ts";
import { agency, morning } from "./desk.ts";
import { actor, sql } from "./paper-desk.ts";

/** Payments at the counter of `paper-desk.ts`. */

export const newEntry = () => randomUUID() as string as FeeEntryId;

export async function submissionOf({ id }: Pick<Dossier, "id">): Promise<SubmissionId> {
  const [row] = await sql<{ id: SubmissionId }[]>`select submission_id as id from dossier where id = ${id}`;
  return row?.id ?? ("" as SubmissionId);
}

export async function colleague() {
  const personId = randomUUID() as PersonId;
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${personId}, ${agency}, ${`b${personId.slice(0, 8)}`}, 'Đồng nghiệp (hư cấu)', '$argon2id$none', ${morning})`;
  return { personId, agencyId: agency };
}

export async function pay(dossier: Dossier, amountDong: number, id = newEntry(), at: Instant = morning) {
  const submissionId = await submissionOf(dossier);
  const payment = {
    id,
    submissionId,
    dossierId: dossier.id,
    way: "cash" as const,
    amountDong,
    payer: "Lò Thị Thử (hư cấu)",
    lineId: null,
  };
  return keepPayment(sql, payment, actor, at);
}

const finding = {
  dossier: (id: Dossier["id"]) => findDossier(sql, id, agency),
  submission: ({ id }: Dossier) => storedSubmission(sql, id, agency),
  account: ({ id }: Submission) => feeAccountOf(sql, id, agency),
  now: () => morning,
};

type Giving = Partial<Pick<GivingBackRequest, "id" | "reason">> & { readonly by?: Actor; readonly place?: number };

/** Of the first payment that can give it, by somebody else than who took it. */
export async function giveBack(dossier: Dossier, amountDong: number, { by, place, ...told }: Giving = {}) {
  const { balance, payments } = await account(dossier);
  const paymentId = (payments[place ?? -1] ?? payments.find((one) => mostBackOf(one, balance) > 0) ?? payments[0])?.id;
  const asked = { id: newEntry(), way: "cash" as const, payer: "Lò Thị Thử (hư cấu)", reason: "Đã ký nhận (hư cấu)" };
  const request = { ...asked, paymentId: paymentId ?? "", amountDong, ...told };
  const keeping = { ...finding, keepGivenBack: (...kept: KeptGiven) => keepGivenBack(sql, ...kept) };
  return giveBackMoney(dossier.id, request, by ?? (await colleague()), keeping);
}

type KeptGiven = Parameters<GivingBackWorld["keepGivenBack"]>;

/** The first that was given back, or that of the sum. */
export async function undo(dossier: Dossier, by: Actor, sum?: number) {
  const all = (await account(dossier)).payments.flatMap(({ givenBack }) => givenBack);
  const given = all.find(({ amountDong }) => sum === undefined || amountDong === sum);
  return undoGivenBack(dossier.id, { givenId: given?.id ?? "", reason: "Ghi nhầm hồ sơ (hư cấu)" }, by, {
    ...{ ...finding, newEntryId: newEntry },
    keepUndone: (...kept) => keepUndone(sql, ...kept),
  });
}

export const account = async (dossier: Dossier) => feeAccountOf(sql, await submissionOf(dossier), agency);
export const receipts = async () =>
  (await sql<{ year: number; number: number }[]>`select year, number from fee_receipt order by year, number`).map(
    ({ year, number }) => `${number}/${year}`,
  );

export async function takeBack(dossier: Dossier, place = 0) {
  const payment = (await account(dossier)).payments[place];
  if (payment === undefined) throw new Error("no payment");
  const reversal = { id: newEntry(), payment, submissionId: await submissionOf(dossier), dossierId: dossier.id };
  return keepReversal(sql, { ...reversal, reason: "Ghi nhầm số tiền (hư cấu)" }, await colleague(), morning);
}
