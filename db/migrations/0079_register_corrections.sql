-- LAW 3.4, REG-4: a wrong register line is struck through, stays legible, and is noted with who and when. Here: an entry
-- beside the line, never an update of it.
create table register_correction (
  id bigint generated always as identity primary key,
  line_id uuid not null, -- of a certificate or a paper_line: the trigger asks `register_line`
  agency_id text not null references agency (id),
  suffix text not null,
  ordinal integer not null check (ordinal >= 1),
  part text not null check (part in ('applicant', 'title', 'documentNumber', 'copies', 'fee')),
  was text not null,
  reads text not null check (length(reads) <= 1000 and (reads <> '' or part = 'documentNumber')),
  reason text not null check (length(reason) between 10 and 500),
  person_id uuid not null references person (id),
  counted_in text not null check (counted_in ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  corrected_at timestamptz(0) not null,
  unique (line_id, ordinal),
  check (reads <> was),
  check (part not in ('copies', 'fee') or reads ~ '^[0-9]{1,9}$')
);
create index register_correction_of_month on register_correction (agency_id, suffix, counted_in);
create trigger register_correction_is_kept before update or delete on register_correction
  for each row execute function refuse_change();
create trigger register_corrections_are_whole before truncate on register_correction execute function refuse_change();

-- Held until the transaction ends by who corrects a line and by who keeps a print: neither misses the other.
create function hold_register(agency text, suffix text) returns void language sql as $$
  select pg_advisory_xact_lock(hashtextextended('register ' || agency || ' ' || suffix, 0));
$$;

-- Of an issued line only: a number in progress is given up instead, and a voided one says nothing that could be wrong. An
-- entry strikes what stands there now, so of two officials at once the second is refused.
create function begin_correction() returns trigger language plpgsql as $$
declare
  line record;
  stands text;
begin
  perform hold_register(new.agency_id, new.suffix);
  select r.*, d.document_number into line from register_line r join dossier d on d.id = r.dossier_id where r.id = new.line_id;
  if line.id is null or line.agency_id <> new.agency_id or line.suffix <> new.suffix or line.status <> 'issued' then
    raise exception 'only an issued line is corrected' using errcode = 'check_violation';
  end if;
  if new.part = 'copies' and line.form <> 'paper' then
    raise exception 'electronic copies are counted by their leaves' using errcode = 'check_violation';
  end if;
  select c.reads into stands from register_correction c where c.line_id = new.line_id and c.part = new.part order by c.ordinal desc limit 1;
  stands := coalesce(stands, case new.part when 'applicant' then line.applicant_name when 'title' then line.title
    when 'documentNumber' then coalesce(line.document_number, '') when 'copies' then line.copies::text else line.fee_dong::text end);
  if stands <> new.was then
    raise exception 'what is struck through is what stands there' using errcode = 'check_violation';
  end if;
  if new.ordinal <> 1 + (select count(*) from register_correction c where c.line_id = new.line_id) then
    raise exception 'corrections of a line follow one another' using errcode = 'check_violation';
  end if;
  new.counted_in := to_char(line.printed_on, 'YYYY-MM');
  if exists (select 1 from register_print p where (p.agency_id, p.suffix, p.period) = (new.agency_id, new.suffix, new.counted_in)) then
    new.counted_in := to_char(new.corrected_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM');
  end if;
  if exists (select 1 from register_print p where (p.agency_id, p.suffix, p.period) = (new.agency_id, new.suffix, new.counted_in)) then
    raise exception 'the month is printed and signed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger correction_begins before insert on register_correction for each row execute function begin_correction();

-- A month that has nothing but corrections of months before it is printed too. What a print counts is what it shows.
alter table register_print
  alter column first_number drop not null,
  alter column last_number drop not null,
  drop constraint register_print_copies_check, -- a sum of differences may be below zero
  drop constraint register_print_fee_dong_check,
  add column corrections integer not null default 0 check (corrections >= 0),
  add constraint print_has_numbers check ((first_number is null) = (last_number is null) and (first_number is null) = (issued + voided = 0)),
  add constraint print_sums check (corrections > 0 or (copies >= 0 and fee_dong >= 0)),
  add constraint print_shows_something check (issued + voided + corrections > 0);

create function print_counts_corrections() returns trigger language plpgsql as $$
begin
  perform hold_register(new.agency_id, new.suffix);
  if new.corrections <> (select count(*) from register_correction c where c.agency_id = new.agency_id and c.suffix = new.suffix
      and left(c.counted_in, length(new.period)) = new.period) then
    raise exception 'a line was corrected since the print was made' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger print_shows_corrections before insert on register_print for each row execute function print_counts_corrections();

-- Until it is issued a line may be taken up on another day (DATE-1): how it stood before is kept too, so that any page can
-- be shown as it was.
create table register_line_before (
  id bigint generated always as identity primary key,
  line_id uuid not null,
  agency_id text not null references agency (id),
  suffix text not null,
  printed_on date not null,
  officer_id uuid not null references person (id),
  signer_name text not null,
  signer_title text[] not null,
  mandate_id uuid references mandate (id),
  comparing_policy_id bigint,
  until timestamptz(0) not null
);
create index register_line_before_of_line on register_line_before (line_id, id);
create index register_line_before_of_day on register_line_before (agency_id, suffix, printed_on);
create trigger register_line_before_is_kept before update or delete on register_line_before
  for each row execute function refuse_change();
create trigger register_lines_before_are_whole before truncate on register_line_before execute function refuse_change();

create function remember_line() returns trigger language plpgsql as $$
begin
  if (new.printed_on, new.officer_id, new.signer_name, new.signer_title, new.mandate_id)
     is distinct from (old.printed_on, old.officer_id, old.signer_name, old.signer_title, old.mandate_id) then
    insert into register_line_before (line_id, agency_id, suffix, printed_on, officer_id, signer_name, signer_title, mandate_id,
        comparing_policy_id, until)
      values (old.id, old.agency_id, old.suffix, old.printed_on, old.officer_id, old.signer_name, old.signer_title, old.mandate_id,
        (to_jsonb(old) ->> 'comparing_policy_id')::bigint, date_trunc('second', clock_timestamp()));
  end if;
  return null;
end $$;
create trigger line_is_remembered after update of printed_on, officer_id, signer_name, signer_title, mandate_id on certificate
  for each row execute function remember_line();
create trigger line_is_remembered after update of printed_on, officer_id, signer_name, signer_title, mandate_id on paper_line
  for each row execute function remember_line();
