import type { Sql } from "postgres";
import { type Instant, instantOfSeconds, secondsOf } from "../../src/core/kernel.ts";
import { auditLog } from "../../src/core/log/audit.ts";
import { decodeLeaf } from "../../src/core/log/leaf.ts";
import { type DossierStatus, dossierStatuses, mayFollow } from "../../src/core/stages.ts";

/** Writes every change of a status down beside the program, so that arrows are seen that were gone over quickly. */
export async function watch(sql: Sql): Promise<void> {
  await sql`create table seen_step (dossier_id uuid, was text, became text)`;
  await sql`create function see_step() returns trigger language plpgsql security definer as $$ begin
    if old.status <> new.status then insert into seen_step values (new.id, old.status, new.status); end if;
    return null; end $$`;
  await sql`create trigger see_step after update on dossier for each row execute function see_step()`;
}

/** Each asks for what must never be; a row is a finding. */
const never: Readonly<Record<string, string>> = {
  "REG-1: numbers of a series are 1 to n, each once": `select agency_id, suffix, year, count(*), max(number) from register_line
    group by 1, 2, 3 having count(*) <> max(number) or min(number) <> 1 or count(distinct number) <> count(*)`,
  "REG-5: every line stands in the book that its year names for its kind": `select l.id from register_line l,
    book_names(l.agency_id, l.year) n where l.suffix <> case l.form when 'paper' then n.paper else n.electronic end`,
  "REG-5: the log tells numbers on paper of shared series and of no other": `select e.index from log_entry e
    join paper_line p on p.id = e.paper_line_id where not is_shared_series(p.agency_id, p.suffix, p.year)
    union all select 0 from paper_line p where is_shared_series(p.agency_id, p.suffix, p.year) and not exists
      (select 1 from log_entry e where e.paper_line_id = p.id and e.event = 'on_paper') and not exists
      (select 1 from job j where j.kind = 'publish_paper' and j.subject = p.id and j.status in ('waiting', 'running'))`,
  "REG-1: the series remembers its last number": `select s.* from number_series s where s.last_number <> coalesce(
    (select max(number) from (select agency_id, suffix, year, number from certificate
      union all select agency_id, suffix, year, number from paper_line) l
     where l.agency_id = s.agency_id and l.suffix = s.suffix and l.year = s.year), 0)`,
  "REG-1: one living line a dossier": `select dossier_id from certificate where status <> 'voided'
    group by 1 having count(*) > 1`,
  "REG-1: one living line on paper a dossier": `select dossier_id from paper_line where status <> 'voided'
    group by 1 having count(*) > 1`,
  "REG-1: no number given up without a reason": `select id from certificate
    where status = 'voided' and coalesce(void_reason, '') = ''`,
  "REG-2: at most one open book a kind and year": `select agency_id, suffix, year from book where closed_at is null
    group by 1, 2, 3 having count(*) > 1`,
  "REG-2: a line stands in a book of its agency and year": `select c.id from certificate c join book b on b.id = c.book_id
    where b.agency_id <> c.agency_id or b.year <> c.year or extract(year from c.printed_on) <> c.year`,
  "REG-3: a signed month took no line since": `select p.* from register_print p where length(p.period) = 7 and
    p.issued + p.voided <> (select count(*) from (select agency_id, suffix, printed_on from certificate
      union all select agency_id, suffix, printed_on from paper_line) l where l.agency_id = p.agency_id
      and l.suffix = p.suffix and to_char(l.printed_on, 'YYYY-MM') = p.period)`,
  "SIGN-1: issued is signed by one and sealed by another": `select id from certificate where status = 'issued'
    and (clerk_id is null or clerk_id = officer_id or sealed_blob_id is null or identity_sha256 is null)`,
  "DESIGN decision 7: released is logged": `select d.id from dossier d where d.status in ('logged', 'released') and
    not exists (select 1 from certificate c join log_entry l on l.certificate_id = c.id and l.event = 'issued'
      where c.dossier_id = d.id and c.status = 'issued')`,
  "DESIGN decision 7: nothing is told twice": `select certificate_id, event, copy from log_entry
    where certificate_id is not null group by 1, 2, 3 having count(*) > 1`,
  "COPIES-1: released with every further copy sealed": `select f.id from further_copy f join certificate c on c.id = f.certificate_id
    where c.status = 'issued' and f.sealed_blob_id is null`,
  "a living line belongs to a dossier that is on its way": `select c.id from certificate c join dossier d on d.id = c.dossier_id
    where c.status = 'in_progress' and d.status not in ('numbered', 'person_signed')
      or c.status = 'issued' and d.status not in ('sealed', 'logged', 'released')`,
  "handed over on paper has a line that says so": `select d.id from dossier d where d.status = 'handed_over' and not exists
    (select 1 from paper_line p where p.dossier_id = d.id and p.status = 'issued')`,
  "COPY-2: attested on every page, or by hand": `select d.id from dossier d
    where d.status in ('attested', 'numbered', 'person_signed', 'sealed', 'logged', 'released') and not d.on_paper_only
      and not exists (select 1 from attestation a where a.dossier_id = d.id and a.pages = d.declared_pages)`,
  "FEE-3: nobody paid more than was charged when they paid, nor less than nothing": `select * from fee_balance where paid_dong < 0`,
  "FEE-4: receipts of a year are 1 to n, one a payment": `select agency_id, year from fee_receipt
    group by 1, 2 having count(*) <> max(number) union all select e.agency_id, 0 from fee_entry e
    left join fee_receipt r on r.entry_id = e.id where (e.kind = 'payment') <> (r.number is not null)`,
  "FEE-8: no more went back of a payment than it was, and none of one that was taken back": `select p.id from fee_entry p
    where p.kind = 'payment' and fee_given_back(p.id) > case when exists (select 1 from fee_entry r where r.reverses = p.id)
      then 0 else p.amount_dong end`,
  "FEE-7: a line of a statement pays once at a time, at its own agency, no more than it is": `select l.id from fee_entry e
      join statement_line l on l.id = e.statement_line_id
    where not exists (select 1 from fee_entry r where r.reverses = e.id)
    group by l.id having count(*) > 1 or max(e.amount_dong) > l.amount_dong or bool_or(e.agency_id <> l.agency_id)`,
  "FEE-7: a statement has the lines that it came in with, each once": `select i.id from statement_import i
    where i.added <> (select count(*) from statement_line l where l.import_id = i.id) or i.added > i.incoming
    union all select min(l.id::text)::uuid from statement_line l group by l.agency_id, l.digest having count(*) > 1`,
  "COPIES-1: the line moves when all its copies are signed, by whatever key": `select f.id from further_copy f
    join certificate c on c.id = f.certificate_id join dossier d on d.id = c.dossier_id where c.status <> 'voided' and (
      d.status = 'person_signed' and f.person_signed_blob_id is null and f.sealed_blob_id is null
      or d.status in ('sealed', 'logged', 'released') and f.sealed_blob_id is null)`,
  "SIGN-1: of one copy, act and person one signature is waited for": `select dossier_id from prepared_signature
    where used_at is null group by dossier_id, certificate_id, act, person_id having count(*) > 1`,
  "OFFSITE-1: attested elsewhere is told with hour and minute": `select d.id from dossier d join lateral (select elsewhere, act_at
      from off_site o where o.submission_id = d.submission_id order by o.id desc limit 1) o on o.elsewhere and o.act_at is null
    where d.status in ('attested', 'numbered', 'person_signed', 'sealed', 'logged', 'released', 'handed_over')`,
  "ANNUL-1: every decision is in the public log": `select a.certificate_id from annulment a where not exists
    (select 1 from log_entry e where e.certificate_id = a.certificate_id and e.event = a.kind)`,
  "DATA-3: nothing of papers with a restriction went by a term while it was in force": `select r.request_id from data_restriction r
    join original o on o.dossier_id = r.dossier_id join blob b on b.id = o.blob_id
    where b.erased_at > r.since + interval '1 day' and b.erased_at < coalesce(r.lifted_at, 'infinity')`,
  "ANNUL-1: only what was issued is annulled": `select a.certificate_id from annulment a
    join certificate c on c.id = a.certificate_id where c.status <> 'issued'`,
};

/** Everything that is not as it must be, in words. @param until the walk's clock */
export async function findingsIn(sql: Sql, until: Instant): Promise<string[]> {
  const findings: string[] = [];
  for (const [rule, question] of Object.entries(never)) {
    const rows = await sql.unsafe(question);
    if (rows.length > 0) findings.push(`${rule}: ${rows.length}, ${JSON.stringify(rows[0])}`);
  }
  findings.push(...(await strangeArrows(sql)), ...(await cheatsIn(sql, until)));
  return findings;
}

async function strangeArrows(sql: Sql): Promise<string[]> {
  const seen = await sql<{ was: string; became: string }[]>`select distinct was, became from seen_step`;
  const status = (text: string) => dossierStatuses.find((one) => one === text) as DossierStatus;
  const strange = seen.filter(({ was, became }) => !mayFollow(status(was), status(became)));
  return strange.map(({ was, became }) => `no arrow leads from ${was} to ${became}`);
}

/** What an auditor finds who has the log only; numbers under way may wait as long as they like here. */
async function cheatsIn(sql: Sql, until: Instant): Promise<string[]> {
  const audit = auditLog(instantOfSeconds(secondsOf(until) + 300));
  const rows = await sql<
    { index: string; leaf: Uint8Array<ArrayBuffer> }[]
  >`select index, leaf from log_entry order by index`;
  for (const { index, leaf } of rows) {
    const decoded = decodeLeaf(new Uint8Array(leaf));
    if (!decoded.ok) return [`leaf ${index} is none`];
    audit.add(decoded.value, Number(index));
  }
  const patient = new Set(["number_missing", "number_late", "copy_late"]); // officials of the walk let papers lie for weeks
  return audit.findings().cheats.flatMap((cheat) => (patient.has(cheat.code) ? [] : [JSON.stringify(cheat)]));
}

/** What must never change of any line, by its id: asked again later, whatever was there is there. */
export async function linesNow(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql<{ id: string; line: string; status: string }[]>`
    select id, concat_ws(' ', agency_id, suffix, year, number, dossier_id, applicant_name, title, numbered_at) as line, status
      from certificate
    union all select id, concat_ws(' ', agency_id, suffix, year, number, dossier_id, applicant_name, title, numbered_at), status
      from paper_line`;
  return new Map(rows.map(({ id, line, status }) => [id, `${status === "in_progress" ? "" : status} ${line}`]));
}

/** Lines that were lost, changed, or brought back from an end. */
export const lostLines = (before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] =>
  [...before].flatMap(([id, line]) => {
    const found = now.get(id);
    return found?.endsWith(line.trimStart()) === true ? [] : [`line ${id}: «${line}» became «${found ?? "nothing"}»`];
  });
