-- Copies on paper, certified by hand (NĐ 23/2015 Art. 13, 20; ADR 0058), and papers that their applicant takes back.

alter table dossier
  add column on_paper_only boolean not null default false,
  add constraint paper_only_has_copies check (not on_paper_only or paper_copies >= 1);

-- A line of the book for paper: one entry at the counter feeds it and the electronic one, each with its own number.
create table paper_line (
  id uuid primary key,
  agency_id text not null references agency (id),
  book_id uuid not null references book (id),
  suffix text not null,
  year integer not null,
  number integer not null check (number >= 1),
  dossier_id uuid not null references dossier (id),
  status text not null check (status in ('in_progress', 'issued', 'voided')),
  printed_on date not null,
  numbered_at timestamptz(0) not null,
  officer_id uuid not null references person (id),
  signer_name text not null,
  signer_title text[] not null,
  mandate_id uuid not null references mandate (id),
  applicant_name text not null,
  title text not null,
  copies integer not null check (copies between 1 and 1000),
  fee_dong integer not null check (fee_dong >= 0),
  handed_over_by uuid references person (id), -- saw it signed and sealed by hand
  handed_over_at timestamptz(0),
  voided_by uuid references person (id),
  voided_at timestamptz(0),
  void_reason text,
  unique (agency_id, suffix, year, number),
  check ((status = 'voided') = (void_reason is not null and voided_at is not null)),
  check ((status = 'issued') = (handed_over_by is not null and handed_over_at is not null))
);
create unique index one_living_paper_line on paper_line (dossier_id) where status <> 'voided';
create index paper_line_of_dossier on paper_line (dossier_id);
create index paper_line_of_day on paper_line (agency_id, suffix, printed_on, number);

-- ORIG-1 holds for paper as well; and a number is of one book only.
create function begin_paper_line() returns trigger language plpgsql as $$
begin
  if new.status <> 'in_progress' or not exists (select 1 from dossier d join attestation a on a.dossier_id = d.id
      where d.id = new.dossier_id and d.agency_id = new.agency_id and d.paper_copies = new.copies) then
    raise exception 'paper copies are numbered once the original was presented and compared' using errcode = 'check_violation';
  end if;
  if exists (select 1 from certificate c
      where (c.agency_id, c.suffix, c.year, c.number) = (new.agency_id, new.suffix, new.year, new.number)) then
    raise exception 'a number is used once' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger paper_line_begins before insert on paper_line for each row execute function begin_paper_line();

create function keep_paper_line() returns trigger language plpgsql as $$
begin
  if old.status <> 'in_progress' and new is distinct from old then
    raise exception 'a register line that is % is not changed', old.status using errcode = 'restrict_violation';
  end if;
  if (new.id, new.agency_id, new.book_id, new.suffix, new.year, new.number, new.dossier_id, new.copies, new.fee_dong)
     is distinct from (old.id, old.agency_id, old.book_id, old.suffix, old.year, old.number, old.dossier_id, old.copies, old.fee_dong)
  then raise exception 'a register line keeps its number' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger paper_line_stays before update on paper_line for each row execute function keep_paper_line();
-- AUTH-2: who signs by hand holds the right on that day as well.
create trigger paper_under_mandate before insert or update of officer_id, printed_on, mandate_id on paper_line
  for each row execute function certify_under_mandate();
create trigger paper_line_is_kept before delete on paper_line for each row execute function refuse_change();
create trigger paper_lines_are_whole before truncate on paper_line execute function refuse_change();
create trigger signed_month_is_kept before insert or update on paper_line for each row execute function keep_signed_month();

-- Who wanted paper only has no electronic copy.
create function keep_paper_only() returns trigger language plpgsql as $$
begin
  if exists (select 1 from dossier where id = new.dossier_id and on_paper_only) then
    raise exception 'a dossier on paper only has no electronic copy' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger certificate_is_wanted before insert on certificate for each row execute function keep_paper_only();

-- Every line of every book. NĐ 23/2015 Art. 13: the columns of the form are the same for both.
create view register_line as
  select id, 'electronic' as form, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at, officer_id,
    signer_name, signer_title, mandate_id, applicant_name, title, copies, fee_dong, person_signed_at, sealed_at, clerk_id, voided_by, voided_at, void_reason
  from certificate
  union all
  select id, 'paper', agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at, officer_id,
    signer_name, signer_title, mandate_id, applicant_name, title, copies, fee_dong, null, null, null, voided_by, voided_at, void_reason
  from paper_line;

-- WITHDRAW-1: by the applicant's own link (no person) or at the counter; before a number is taken, and never undone.
create table withdrawal (
  dossier_id uuid primary key references dossier (id),
  person_id uuid references person (id),
  reason text not null check (length(reason) <= 2000),
  withdrawn_at timestamptz(0) not null
);
create trigger withdrawal_is_kept before update or delete on withdrawal for each row execute function refuse_change();
create trigger withdrawals_are_whole before truncate on withdrawal execute function refuse_change();

alter table dossier drop constraint dossier_status_check;
alter table dossier add constraint dossier_status_check check (status in ('received', 'read', 'attested', 'numbered',
  'person_signed', 'sealed', 'logged', 'released', 'refused', 'voided', 'reused', 'handed_over', 'withdrawn'));

create or replace function keep_dossier_order() returns trigger language plpgsql as $$
begin
  if new.on_paper_only <> old.on_paper_only then
    raise exception 'whether a dossier is on paper only is told once' using errcode = 'check_violation';
  end if;
  if new.status = old.status then return new; end if;
  if not (old.status || '>' || new.status = any (array[
    'received>read', 'received>refused', 'received>reused', 'received>withdrawn', 'read>attested', 'read>refused', 'read>received',
    'read>reused', 'read>withdrawn', 'attested>numbered', 'attested>refused', 'attested>withdrawn', 'numbered>person_signed',
    'numbered>voided', 'person_signed>sealed', 'person_signed>numbered', 'person_signed>voided',
    'sealed>logged', 'logged>released']))
    and not (new.on_paper_only and old.status || '>' || new.status = any (array['received>attested', 'numbered>handed_over'])) then
    raise exception 'a dossier does not go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  if new.on_paper_only and new.status = 'person_signed' then
    raise exception 'a dossier on paper only is signed by hand' using errcode = 'check_violation';
  end if;
  if new.status = 'reused' and not exists (
    select 1 from give_once where dossier_id = new.id and answer in ('reused', 'in_vneid')) then
    raise exception 'a dossier ends as reused only with the answer that says so' using errcode = 'check_violation';
  end if;
  if new.status = 'withdrawn' and not exists (select 1 from withdrawal where dossier_id = new.id) then
    raise exception 'a dossier is withdrawn only with the line that says who and why' using errcode = 'check_violation';
  end if;
  if new.status = 'handed_over' and not exists (select 1 from paper_line where dossier_id = new.id and status = 'issued') then
    raise exception 'paper is handed over once its line is issued' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Neither a number nor a second way out for what was taken back.
create function withdraw_before_number() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from dossier where id = new.dossier_id and status in ('received', 'read', 'attested'))
     or exists (select 1 from register_line where dossier_id = new.dossier_id and status <> 'voided') then
    raise exception 'a paper is taken back before it has a number' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger withdrawal_is_early before insert on withdrawal for each row execute function withdraw_before_number();

-- When a dossier came to its end; the terms of its content run from there.
create or replace view dossier_end as
  select d.id as dossier_id, d.agency_id, max(e.happened_at) as ended_at from dossier d join dossier_event e on e.dossier_id = d.id
  where d.status in ('released', 'refused', 'voided', 'reused', 'handed_over', 'withdrawn')
    and e.what in ('released', 'refused', 'notice_signed', 'voided', 'reused', 'found_in_vneid', 'given_again', 'paper_handed_over', 'withdrawn')
  group by d.id;
