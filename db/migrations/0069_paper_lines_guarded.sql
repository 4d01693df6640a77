-- What holds for a line of the electronic book holds for one of the book for paper: an open book, a person who is there
-- (AUTH-3), a dossier that goes on (REFUSE-1, WITHDRAW-1).

create or replace function begin_paper_line() returns trigger language plpgsql as $$
begin
  if new.status <> 'in_progress' or not exists (select 1 from dossier d join attestation a on a.dossier_id = d.id
      where d.id = new.dossier_id and d.agency_id = new.agency_id and d.paper_copies = new.copies
        and d.status in ('attested', 'numbered', 'person_signed', 'sealed', 'logged', 'released')) then
    raise exception 'paper copies are numbered once the original was presented and compared' using errcode = 'check_violation';
  end if;
  if exists (select 1 from certificate c
      where (c.agency_id, c.suffix, c.year, c.number) = (new.agency_id, new.suffix, new.year, new.number)) then
    raise exception 'a number is used once' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger number_in_open_book before insert on paper_line for each row execute function refuse_closed_book();
create trigger officer_is_here before insert or update of officer_id, printed_on, mandate_id on paper_line
  for each row execute function officer_is_here();

-- A number of that kind may stand in the book for paper already.
create function number_of_one_book() returns trigger language plpgsql as $$
begin
  if exists (select 1 from paper_line l
      where (l.agency_id, l.suffix, l.year, l.number) = (new.agency_id, new.suffix, new.year, new.number)) then
    raise exception 'a number is used once' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger number_is_of_one_book before insert on certificate for each row execute function number_of_one_book();

-- What was certified on paper, or has its number, is not refused any more: that number is given up first.
create function refuse_before_number() returns trigger language plpgsql as $$
begin
  if exists (select 1 from register_line where dossier_id = new.dossier_id and status <> 'voided') then
    raise exception 'a dossier is refused before it has a number' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger refusal_is_early before insert on refusal for each row execute function refuse_before_number();

-- Paper handed over and papers taken back are returned as well, so their service is rated (VOICE-1).
create or replace function rate_after_return() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from dossier d where d.submission_id = new.submission_id
    and d.status in ('released', 'refused', 'voided', 'reused', 'handed_over', 'withdrawn')) then
    raise exception 'what has not been returned is not rated' using errcode = 'check_violation';
  end if;
  return new;
end $$;
