import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";

/** What of an agency's fees there is to attack, and what the attacker's forms say of it. */

export type FeeTargets = Readonly<Record<"payment" | "exemption" | "statement" | "line", string>>;

export async function keepFeeTargets(sql: Sql, dossierId: string): Promise<FeeTargets> {
  const [payment, exemption, statement, line] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await sql`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, person_id, entered_at)
    select ${payment}, agency_id, submission_id, 'payment', 'cash', 1000, applicant_name, opened_by, opened_at
    from dossier where id = ${dossierId}`;
  await sql`insert into fee_exemption (id, agency_id, reason, legal_basis, from_day, percent, kept_by, kept_at)
    select ${exemption}, agency_id, 'Hộ nghèo (hư cấu)', 'Nghị quyết 1 (hư cấu)', '2020-01-01', 100, opened_by, opened_at
    from dossier where id = ${dossierId}`;
  await sql`insert into statement_import (id, agency_id, incoming, added, outgoing, unread, person_id, imported_at)
    select ${statement}, agency_id, 1, 1, 0, '{}', opened_by, opened_at from dossier where id = ${dossierId}`;
  await sql`insert into statement_line (id, agency_id, import_id, ordinal, digest, day, amount_dong, content, reference)
    select ${line}, d.agency_id, ${statement}, 1, '\\x00', '2026-11-22', 1000, 'CT ' || squashed_code(s.code), ''
    from dossier d join submission s on s.id = d.submission_id where d.id = ${dossierId}`;
  return { payment, exemption, statement, line };
}

export const feeFields = ({ payment, exemption }: FeeTargets) => ({
  ...{ formId: randomUUID(), way: "cash", amount: "1000", payer: "Người Lạ (hư cấu)", payment, exemption },
  ...{ backFormId: randomUUID(), backOf: payment, backWay: "cash", backAmount: "1000", backTo: "Người Lạ (hư cấu)" },
  ...{ backHow: "Lý do đủ dài (hư cấu)", given: payment, undoReason: "Lý do đủ dài (hư cấu)" },
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
  columns: await sql`select * from statement_columns where agency_id = ${agencyId} order by id`,
  lines: await sql`select l.*, a.reason from statement_line l left join statement_set_aside a on a.line_id = l.id
    where l.agency_id = ${agencyId} order by l.id`,
  policies: await sql`select * from fee_policy where agency_id = ${agencyId} order by id`,
});
