import { randomUUID } from "node:crypto";
import { feeAccountOf, keepPayment, keepReversal } from "../../db/stores/fees.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import type { FeeEntryId } from "../../src/core/fee-account.ts";
import type { PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { SubmissionId } from "../../src/core/submission.ts";
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
