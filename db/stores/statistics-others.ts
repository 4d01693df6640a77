import type { TransactionSql } from "postgres";
import { type CountAsked, within } from "./statistics-asked.ts";

type SavedRow = Record<"reused" | "reused_dong" | "opened" | "opened_dong" | "checks", string>;
type VoiceRow = Record<"released" | "stored" | "ratings" | "rated_well" | "petitions" | "petitions_in_time", string>;

/** What need not be brought or certified again, what arrived, and what citizens say. */
export async function countOthers(tx: TransactionSql, asked: CountAsked) {
  const saved = await countSaved(tx, asked);
  const voices = await countVoices(tx, asked);
  const ofSaved = (name: keyof SavedRow) => Number(saved?.[name] ?? 0);
  const of = (name: keyof VoiceRow) => Number(voices?.[name] ?? 0);
  return {
    reused: { papers: ofSaved("reused"), dong: ofSaved("reused_dong") },
    opened: { papers: ofSaved("opened"), dong: ofSaved("opened_dong") },
    checks: ofSaved("checks"),
    released: of("released"),
    stored: of("stored"),
    ratings: of("ratings"),
    ratedWell: of("rated_well"),
    petitions: of("petitions"),
    petitionsInTime: of("petitions_in_time"),
  };
}

/** Money by FEE-1, of one copy each. */
async function countSaved(tx: TransactionSql, asked: CountAsked): Promise<SavedRow | undefined> {
  const { agencyId } = asked;
  const [row] = await tx<SavedRow[]>`
    select * from
      (select count(*) as reused, coalesce(sum(fee_dong(d.declared_pages, 1)), 0) as reused_dong
        from give_once g join dossier d on d.id = g.dossier_id
        where d.agency_id = ${agencyId} and g.answer <> 'again' and ${within(tx, tx`g.answered_at`, asked)}) once,
      (select count(*) as opened, coalesce(sum(fee_dong(d.declared_pages, 1)), 0) as opened_dong
        from grant_opening o join copy_grant g on g.id = o.grant_id join certificate c on c.id = g.certificate_id
          join dossier d on d.id = c.dossier_id
        where c.agency_id = ${agencyId} and o.ordinal = 1 and ${within(tx, tx`o.opened_at`, asked)}) openings,
      (select count(*) as checks from copy_check k join certificate c on c.id = k.certificate_id
        where c.agency_id = ${agencyId} and ${within(tx, tx`k.checked_at`, asked)}) checked`;
  return row;
}

/** A petition stands in the span of its answer, or of its term while it waits. */
async function countVoices(tx: TransactionSql, asked: CountAsked): Promise<VoiceRow | undefined> {
  const { agencyId, from, before, now } = asked;
  const [row] = await tx<VoiceRow[]>`
    select * from
      (select count(*) as released, count(*) filter (where exists (select 1 from dispatch s where s.dossier_id = c.dossier_id
          and s.way = 'store' and s.what = 'copy' and s.state = 'sent')) as stored
        from certificate c where c.agency_id = ${agencyId} and c.status = 'issued' and ${within(tx, tx`c.released_at`, asked)}) sent,
      (select count(*) as ratings, count(*) filter (where steps >= 4) as rated_well from rating
        where agency_id = ${agencyId} and rated_on >= ${from} and rated_on < ${before}) rated,
      (select count(*) as petitions, count(*) filter (where a.answered_at <= p.due_at) as petitions_in_time
        from petition p left join petition_answer a on a.petition_id = p.id
        where p.agency_id = ${agencyId} and (${within(tx, tx`a.answered_at`, asked)}
          or (a.petition_id is null and ${within(tx, tx`p.due_at`, asked)} and p.due_at < ${now}))) petitioned`;
  return row;
}
