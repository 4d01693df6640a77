-- AUTH-4 for copies on paper: the line names the rule by which who compared signs by hand too, and the database asks for it.
alter table paper_line add column comparing_policy_id bigint references comparing_policy (id);
create trigger signer_did_not_compare before insert or update of officer_id, comparing_policy_id on paper_line
  for each row execute function check_comparer();

-- Signed by hand it names whoever took its number: another person gives that number up and takes one of their own.
create or replace function keep_paper_line() returns trigger language plpgsql as $$
begin
  if old.status <> 'in_progress' and new is distinct from old then
    raise exception 'a register line that is % is not changed', old.status using errcode = 'restrict_violation';
  end if;
  if (new.id, new.agency_id, new.book_id, new.suffix, new.year, new.number, new.dossier_id, new.copies, new.fee_dong)
     is distinct from (old.id, old.agency_id, old.book_id, old.suffix, old.year, old.number, old.dossier_id, old.copies, old.fee_dong)
  then raise exception 'a register line keeps its number' using errcode = 'check_violation';
  end if;
  if new.officer_id <> old.officer_id then
    raise exception 'a line on paper keeps who took its number' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- AUTH-3: who signs holds the person's row shared, who writes an absence alone; so a signature and an absence of that day never
-- both pass, and of two absences of one person at once the second sees the first.
create or replace function refuse_absent(person uuid, day date) returns void language plpgsql as $$
begin
  perform 1 from person p where p.id = refuse_absent.person for share;
  if exists (select 1 from absence a where a.person_id = refuse_absent.person and a.ended_at is null
      and day >= a.from_day and (a.to_day is null or day <= a.to_day)) then
    raise exception 'AUTH-3: the person is away that day' using errcode = 'check_violation';
  end if;
end $$;
create function absence_alone() returns trigger language plpgsql as $$
begin
  perform 1 from person p where p.id = new.person_id for no key update;
  if exists (select 1 from absence a where a.person_id = new.person_id and a.ended_at is null
      and daterange(a.from_day, a.to_day, '[]') && daterange(new.from_day, new.to_day, '[]')) then
    raise exception 'AUTH-3: those days are written down already' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger absence_is_alone before insert on absence for each row execute function absence_alone();

-- One letter for papers that become ready to send at one time: the others go with it, and its link opens them all.
alter table dispatch add column with_id uuid references dispatch (id), add check (with_id <> id and (with_id is null or link_hash is null));
create index dispatch_with on dispatch (with_id) where with_id is not null;
