import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";

/** What of an agency's fees there is to attack, and what the attacker's forms say of it. */

export type FeeTargets = { readonly payment: string; readonly exemption: string };

export async function keepFeeTargets(sql: Sql, dossierId: string): Promise<FeeTargets> {
  const [payment, exemption] = [randomUUID(), randomUUID()];
  await sql`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, person_id, entered_at)
    select ${payment}, agency_id, submission_id, 'payment', 'cash', 1000, applicant_name, opened_by, opened_at
    from dossier where id = ${dossierId}`;
  await sql`insert into fee_exemption (id, agency_id, reason, legal_basis, from_day, percent, kept_by, kept_at)
    select ${exemption}, agency_id, 'Hộ nghèo (hư cấu)', 'Nghị quyết 1 (hư cấu)', '2020-01-01', 100, opened_by, opened_at
    from dossier where id = ${dossierId}`;
  return { payment, exemption };
}

export const feeFields = ({ payment, exemption }: FeeTargets) => ({
  ...{ formId: randomUUID(), way: "cash", amount: "1000", payer: "Người Lạ (hư cấu)", payment, exemption },
  ...{ evidence: "Giấy đủ dài để được nhận (hư cấu)", waiverReason: "Lý do đủ dài (hư cấu)", release: "when_paid" },
});

export const feesOf = async (sql: Sql, agencyId: string) => ({
  entries: await sql`select * from fee_entry where agency_id = ${agencyId} order by id`,
  receipts: await sql`select * from fee_receipt where agency_id = ${agencyId} order by year, number`,
  waivers:
    await sql`select w.* from fee_waiver w join submission s on s.id = w.submission_id where s.agency_id = ${agencyId} order by w.id`,
  exemptions:
    await sql`select x.*, e.ended_at from fee_exemption x left join fee_exemption_end e on e.exemption_id = x.id
    where x.agency_id = ${agencyId} order by x.id`,
  policies: await sql`select * from fee_policy where agency_id = ${agencyId} order by id`,
});
