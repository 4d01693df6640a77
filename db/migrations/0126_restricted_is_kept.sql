-- DATA-3: what a holder had restricted is erased no more until the holder lifts it: scans and copies were kept before, now also contacts,
-- accesses, links for one procedure, and what money tells of people.
create view restricted_submission as
  select distinct d.submission_id from data_restriction r join dossier d on d.id = r.dossier_id where r.lifted_at is null;

create or replace view payment_words as
  select 'fee_entry' as part, id, agency_id, entered_at as since from fee_entry e
    where payer <> '–––' and not exists (select 1 from restricted_submission r where r.submission_id = e.submission_id)
  union all select 'fee_waiver', w.id, s.agency_id, w.waived_at from fee_waiver w join submission s on s.id = w.submission_id
    where w.evidence <> '––––––––––' and not exists (select 1 from restricted_submission r where r.submission_id = s.id)
  union all select 'fee_waiver_end', e.waiver_id, s.agency_id, e.ended_at from fee_waiver_end e join fee_waiver w on w.id = e.waiver_id
    join submission s on s.id = w.submission_id
    where e.reason <> '––––––––––' and not exists (select 1 from restricted_submission r where r.submission_id = s.id)
  union all select 'statement_line', id, agency_id, day::timestamptz from statement_line l
    where content <> '–––' and not exists (select 1 from fee_entry e join restricted_submission r using (submission_id) where e.statement_line_id = l.id)
  union all select 'statement_set_aside', a.line_id, l.agency_id, a.set_aside_at from statement_set_aside a
    join statement_line l on l.id = a.line_id
    where a.reason <> '––––––––––'
      and not exists (select 1 from fee_entry e join restricted_submission r using (submission_id) where e.statement_line_id = l.id);
