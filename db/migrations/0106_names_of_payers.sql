-- KEEP-1 for what money and visits tell of people: names, what a transfer says, what was shown for a waiver. Sums, days, ways, numbers of
-- receipts and digests of lines stay as they were. Blanked after its term by the sweep, and never within a year.

-- Columns named by the trigger may become a row of dashes, once the time in the first named column is a year past.
create function keep_but_blank() returns trigger language plpgsql as $$
declare blanked text[] := '{}';
begin
  for i in 1 .. tg_nargs - 1 loop
    if to_jsonb(new) ->> tg_argv[i] is distinct from to_jsonb(old) ->> tg_argv[i] and to_jsonb(new) ->> tg_argv[i] ~ '^–{3,10}$' then
      blanked := blanked || tg_argv[i];
    end if;
  end loop;
  if tg_op = 'UPDATE' and cardinality(blanked) > 0 and to_jsonb(new) - blanked = to_jsonb(old) - blanked
     and (to_jsonb(old) ->> tg_argv[0])::timestamptz < now() - interval '1 year' then
    return new;
  end if;
  raise exception '% on % is refused: rows are evidence', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

drop trigger fee_entry_is_kept on fee_entry;
create trigger fee_entry_is_kept before update or delete on fee_entry for each row
  execute function keep_but_blank('entered_at', 'payer', 'reason');
drop trigger fee_waiver_is_kept on fee_waiver;
create trigger fee_waiver_is_kept before update or delete on fee_waiver for each row execute function keep_but_blank('waived_at', 'evidence');
drop trigger fee_waiver_end_is_kept on fee_waiver_end;
create trigger fee_waiver_end_is_kept before update or delete on fee_waiver_end for each row execute function keep_but_blank('ended_at', 'reason');
drop trigger statement_line_is_kept on statement_line;
create trigger statement_line_is_kept before update or delete on statement_line for each row execute function keep_but_blank('day', 'content');
drop trigger statement_set_aside_is_kept on statement_set_aside;
create trigger statement_set_aside_is_kept before update or delete on statement_set_aside for each row
  execute function keep_but_blank('set_aside_at', 'reason');

-- What still tells of people, since when.
create view payment_words as
  select 'fee_entry' as part, id, agency_id, entered_at as since from fee_entry where payer <> '–––'
  union all select 'fee_waiver', w.id, s.agency_id, w.waived_at from fee_waiver w join submission s on s.id = w.submission_id
    where w.evidence <> '––––––––––'
  union all select 'fee_waiver_end', e.waiver_id, s.agency_id, e.ended_at from fee_waiver_end e join fee_waiver w on w.id = e.waiver_id
    join submission s on s.id = w.submission_id where e.reason <> '––––––––––'
  union all select 'statement_line', id, agency_id, day::timestamptz from statement_line where content <> '–––'
  union all select 'statement_set_aside', a.line_id, l.agency_id, a.set_aside_at from statement_set_aside a
    join statement_line l on l.id = a.line_id where a.reason <> '––––––––––';
create index fee_entry_named on fee_entry (entered_at) where payer <> '–––';
create index statement_line_told on statement_line (day) where content <> '–––';

-- A visit: who asked, and the ground that was written out, go with the contact, once every paper presented then has ended. The place
-- stands in column 8 of the register (NĐ 23/2015 Art. 10(2), Art. 14) and stays where a line tells it.
create view off_site_words as
  select o.id, o.submission_id, exists (select 1 from off_site n where n.submission_id = o.submission_id and n.id > o.id)
    or not exists (select 1 from dossier d join register_line l on l.dossier_id = d.id where d.submission_id = o.submission_id) as place_goes
  from off_site o where o.elsewhere and o.asked_by <> '–––'
    and not exists (select 1 from dossier d left join dossier_end e on e.dossier_id = d.id
      where d.submission_id = o.submission_id and e.ended_at is null);

create function keep_off_site_line() returns trigger language plpgsql as $$
declare words text[] := '{asked_by,ground_note,place}';
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - words = to_jsonb(old) - words and new.asked_by = '–––'
     and new.ground_note is not distinct from (case when old.ground_note is null then null else '–––' end)
     and (new.place = old.place or new.place = '–––')
     and exists (select 1 from off_site_words w where w.id = old.id and (w.place_goes or new.place = old.place)) then
    return new;
  end if;
  raise exception '% on off_site is refused: rows are evidence', tg_op using errcode = 'restrict_violation';
end $$;
drop trigger off_site_is_kept on off_site;
create trigger off_site_is_kept before update or delete on off_site for each row execute function keep_off_site_line();

alter table erasure_proof drop constraint erasure_proof_rule_check;
alter table erasure_proof add constraint erasure_proof_rule_check check (rule in ('scan', 'contact', 'copy', 'access', 'grant', 'payment'));
