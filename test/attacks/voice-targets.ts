import { randomUUID } from "node:crypto";
import type { Sql } from "postgres";

/** What else of an agency has an address of its own, and is no dossier: a petition, a holder's request, a desk, a breach. */
export async function keepVoiceTargets(sql: Sql, dossierId: string) {
  const [petition, request, reception, breach] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const hash = () => new Uint8Array(Buffer.from(randomUUID().replaceAll("-", "").repeat(2), "hex"));
  await sql`insert into petition (id, agency_id, submission_id, kind, words, code_hash, form_hash, received_at, due_at)
    select ${petition}, agency_id, submission_id, 'petition', ${petitionWords}, ${hash()}, ${hash()}, now(), now() + interval '20 days'
    from dossier where id = ${dossierId}`;
  await sql`insert into data_request (id, dossier_id, agency_id, kind, asked_at, due_at)
    select ${request}, id, agency_id, 'erase', now(), now() + interval '3 days' from dossier where id = ${dossierId}`;
  await sql`insert into reception (id, agency_id, name, place, opened_at)
    select ${reception}, agency_id, 'Nơi tiếp nhận thử (hư cấu)', 'Phố Thử (hư cấu)', now() from dossier where id = ${dossierId}`;
  await sql`insert into data_breach (id, agency_id, found_at, happened, concerns, done, person_id, noted_at)
    select ${breach}, d.agency_id, now(), ${petitionWords}, 'Một người (hư cấu)', 'Đã khóa máy (hư cấu)', p.id, now()
    from dossier d join person p on p.agency_id = d.agency_id where d.id = ${dossierId} order by p.id limit 1`;
  return { petition, request, reception, breach };
}

/** Which no other agency reads. */
export const petitionWords = "Chờ lâu quá ở quầy số một (hư cấu)";

export const voiceFields = {
  ...{
    what: "other",
    day: "2026-11-22",
    time: "09:00",
    answer: "Trả lời của người lạ, đủ dài (hư cấu)",
    decision: "erase",
    says: "Lý do đủ dài của người lạ (hư cấu)",
  },
};

export const voicesOf = async (sql: Sql, agencyId: string) => ({
  petitions: await sql`select p.*, a.words as answer from petition p left join petition_answer a on a.petition_id = p.id
    where p.agency_id = ${agencyId} order by p.id`,
  requests:
    await sql`select r.*, a.request_id as answered from data_request r left join data_answer a on a.request_id = r.id
    where r.agency_id = ${agencyId} order by r.id`,
  breaches: await sql`select b.*, s.id as step from data_breach b left join data_breach_step s on s.breach_id = b.id
    where b.agency_id = ${agencyId} order by b.id, s.id`,
  receptions: await sql`select * from reception where agency_id = ${agencyId} order by id`,
});
