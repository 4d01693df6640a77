-- REG-1, REG-5: in a shared series a number stands in one line, on paper or electronic: each table refuses what the other has, as since 0069;
-- but now the row of the series is locked first, as whoever takes a number locks it, so that two at once see each other.
drop trigger number_is_of_one_book on certificate;
drop function number_of_one_book();
create or replace function begin_paper_line() returns trigger language plpgsql as $$
begin
  if new.status <> 'in_progress' or not exists (select 1 from dossier d join attestation a on a.dossier_id = d.id
      where d.id = new.dossier_id and d.agency_id = new.agency_id and d.paper_copies = new.copies
        and d.status in ('attested', 'numbered', 'person_signed', 'sealed', 'logged', 'released')) then
    raise exception 'paper copies are numbered once the original was presented and compared' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create function one_number_one_line() returns trigger language plpgsql as $$
begin
  perform 1 from number_series s where (s.agency_id, s.suffix, s.year) = (new.agency_id, new.suffix, new.year) for update;
  if tg_table_name = 'certificate' and exists (select 1 from paper_line l
       where (l.agency_id, l.suffix, l.year, l.number) = (new.agency_id, new.suffix, new.year, new.number))
     or tg_table_name = 'paper_line' and exists (select 1 from certificate c
       where (c.agency_id, c.suffix, c.year, c.number) = (new.agency_id, new.suffix, new.year, new.number)) then
    raise exception 'REG-1: a number is used once, in one line' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger number_of_one_line before insert on certificate for each row execute function one_number_one_line();
create trigger number_of_one_line before insert on paper_line for each row execute function one_number_one_line();

-- REG-5: names are changed while no book of their years is open. A number holds its open book until it commits, and a book is closed
-- behind it: so no number is on its way under a name that changes.
create or replace function keep_book_names() returns trigger language plpgsql as $$
declare
  now_called record;
begin
  perform 1 from agency where id = new.agency_id for update;
  select * into now_called from book_names(new.agency_id, new.year);
  if names_contradict(new.agency_id, new.year, new.electronic, new.paper)
     or ((now_called.electronic, now_called.paper) is distinct from (new.electronic, new.paper)
       and not names_contradict(new.agency_id, new.year, now_called.electronic, now_called.paper)
       and (exists (select 1 from register_line l where l.agency_id = new.agency_id and l.year = new.year)
         or exists (select 1 from book b where b.agency_id = new.agency_id and b.closed_at is null and b.year >= new.year
           and b.year < (select coalesce(min(n.year), 10000) from book_naming n where n.agency_id = new.agency_id and n.year > new.year)))) then
    raise exception 'REG-5: books in use keep their names' using errcode = 'check_violation';
  end if;
  return new;
end $$;
