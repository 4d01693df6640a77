-- What the books of an agency are called, from a year on, and whether copies on paper and electronic ones share one series
-- (both called the same). LAW 2.4 and O3: no law names a second book, so it is configuration. ADR 0075.

create table book_naming (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  year integer not null check (year between 2000 and 9999),
  electronic text not null check (electronic ~ '^[A-ZĐ0-9][A-ZĐ0-9/.,-]{1,11}$'),
  paper text not null check (paper ~ '^[A-ZĐ0-9][A-ZĐ0-9/.,-]{1,11}$'),
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null
);
create index book_naming_newest on book_naming (agency_id, year desc, id desc);
create trigger book_naming_is_kept before update or delete on book_naming for each row execute function refuse_change();
create trigger book_namings_are_whole before truncate on book_naming execute function refuse_change();

-- A naming holds from its year on, until another does.
create function book_names(agency text, of_year integer, out electronic text, out paper text) language sql stable as $$
  select coalesce(n.electronic, 'SCTĐT/BS'), coalesce(n.paper, 'SCT/BS') from (select 1) nobody
  left join lateral (select b.electronic, b.paper from book_naming b where b.agency_id = agency and b.year <= of_year
    order by b.year desc, b.id desc limit 1) n on true $$;

create function is_shared_series(agency text, suffix text, of_year integer) returns boolean language sql stable as $$
  select n.electronic = n.paper and n.paper = suffix from book_names(agency, of_year) n $$;

-- Whether lines or open books from that year on would be called otherwise.
create function names_contradict(agency text, from_year integer, electronic text, paper text) returns boolean language sql stable as $$
  with own as (select coalesce(min(b.year), 10000) as next from book_naming b where b.agency_id = agency and b.year > from_year)
  select exists (select 1 from register_line l, own where l.agency_id = agency and l.year >= from_year and l.year < own.next
      and l.suffix <> case l.form when 'paper' then names_contradict.paper else names_contradict.electronic end)
    or exists (select 1 from book b, own where b.agency_id = agency and b.year >= from_year and b.year < own.next
      and b.closed_at is null and b.suffix not in (names_contradict.electronic, names_contradict.paper)) $$;

-- REG-5: once a number of the year is taken the names stay; but what a restored log brought back may be named as it was. The
-- agency's row is locked as for opening a book, and no number is taken without one.
create function keep_book_names() returns trigger language plpgsql as $$
declare
  now_called record;
begin
  perform 1 from agency where id = new.agency_id for update;
  select * into now_called from book_names(new.agency_id, new.year);
  if names_contradict(new.agency_id, new.year, new.electronic, new.paper)
     or ((now_called.electronic, now_called.paper) is distinct from (new.electronic, new.paper)
       and not names_contradict(new.agency_id, new.year, now_called.electronic, now_called.paper)
       and exists (select 1 from register_line l where l.agency_id = new.agency_id and l.year = new.year)) then
    raise exception 'REG-5: books in use keep their names' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger book_names_stay before insert on book_naming for each row execute function keep_book_names();

-- A number of a shared series that went to paper is told in the public log by a leaf of its own.
alter table log_entry add column paper_line_id uuid references paper_line (id), add check (paper_line_id is null or certificate_id is null);
drop index log_entry_once;
create unique index log_entry_once on log_entry (event, coalesce(certificate_id, paper_line_id, book_id), copy);
