-- What is owed for certified copies, what was paid, and its receipts (TT 226/2016/TT-BTC, ADR 0061). Nothing here is changed
-- or deleted: a wrong payment is taken back by an entry of its own.

-- FEE-1, the same as `feeDong` in src/core/fees.ts; a test holds both together.
create function fee_dong(pages integer, copies integer) returns bigint language sql immutable as
  $$ select copies::bigint * least(200000, 2000 * least(pages, 2) + 1000 * greatest(pages - 2, 0)) $$;

-- FEE-2: each paper's fee as it stands. Of what ended without a result nothing is charged; of copies on paper while their
-- number was not given up.
create view fee_charge as
  select d.id as dossier_id, d.submission_id, d.ordinal_in_submission as ordinal, d.title, d.declared_pages,
    d.electronic_copies, d.paper_copies, d.on_paper_only,
    case when d.on_paper_only or ended.without_result then 0 else fee_dong(d.declared_pages, d.electronic_copies) end as electronic_dong,
    case when line.living or (not ended.without_result and not line.voided) then fee_dong(d.declared_pages, d.paper_copies)
      else 0 end as paper_dong
  from dossier d
    cross join lateral (select d.status in ('refused', 'withdrawn', 'reused', 'voided') as without_result) ended
    cross join lateral (select coalesce(bool_or(l.status <> 'voided'), false) as living,
      coalesce(bool_or(l.status = 'voided'), false) as voided from paper_line l where l.dossier_id = d.id) line;

-- Fees that need not be paid, by a text of law or a resolution that the administrator names. Empty unless somebody enters one.
create table fee_exemption (
  id uuid primary key,
  agency_id text not null references agency (id),
  reason text not null check (length(reason) between 5 and 300),
  legal_basis text not null check (length(legal_basis) between 5 and 300),
  from_day date not null,
  to_day date check (to_day >= from_day),
  percent integer not null check (percent between 1 and 100),
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null
);
create trigger fee_exemption_is_kept before update or delete on fee_exemption for each row execute function refuse_change();
create trigger fee_exemptions_are_whole before truncate on fee_exemption execute function refuse_change();

-- From this moment it is used no more; what was waived by it stays waived.
create table fee_exemption_end (
  exemption_id uuid primary key references fee_exemption (id),
  person_id uuid not null references person (id),
  ended_at timestamptz(0) not null
);
create trigger fee_exemption_end_is_kept before update or delete on fee_exemption_end for each row execute function refuse_change();
create trigger fee_exemption_ends_are_whole before truncate on fee_exemption_end execute function refuse_change();

create table fee_waiver (
  id uuid primary key,
  submission_id uuid not null references submission (id),
  exemption_id uuid not null references fee_exemption (id),
  evidence text not null check (length(evidence) between 10 and 1000), -- what was shown, and its number
  person_id uuid not null references person (id),
  waived_at timestamptz(0) not null
);
create index fee_waiver_of_submission on fee_waiver (submission_id);
create trigger fee_waiver_is_kept before update or delete on fee_waiver for each row execute function refuse_change();
create trigger fee_waivers_are_whole before truncate on fee_waiver execute function refuse_change();

create table fee_waiver_end (
  waiver_id uuid primary key references fee_waiver (id),
  reason text not null check (length(reason) between 10 and 1000),
  person_id uuid not null references person (id),
  ended_at timestamptz(0) not null
);
create trigger fee_waiver_end_is_kept before update or delete on fee_waiver_end for each row execute function refuse_change();
create trigger fee_waiver_ends_are_whole before truncate on fee_waiver_end execute function refuse_change();

-- FEE-5: by an exemption of the same agency that held on the day the papers were presented; one at a time.
create function waive_by_exemption() returns trigger language plpgsql as $$
begin
  perform 1 from submission where id = new.submission_id for update;
  if not exists (select 1 from fee_exemption x join submission s on s.agency_id = x.agency_id
      cross join lateral (select (s.opened_at at time zone 'Asia/Ho_Chi_Minh')::date as day) presented
      where x.id = new.exemption_id and s.id = new.submission_id
        and presented.day between x.from_day and coalesce(x.to_day, 'infinity'::date)
        and not exists (select 1 from fee_exemption_end e where e.exemption_id = x.id)) then
    raise exception 'a fee is waived by an exemption that held on the day of the request' using errcode = 'check_violation';
  end if;
  if exists (select 1 from fee_waiver w where w.submission_id = new.submission_id
      and not exists (select 1 from fee_waiver_end e where e.waiver_id = w.id)) then
    raise exception 'a fee is waived once' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger fee_waiver_holds before insert on fee_waiver for each row execute function waive_by_exemption();

-- What was paid, and what of it was taken back.
create table fee_entry (
  id uuid primary key, -- of the form that booked it: sent twice it is one
  agency_id text not null references agency (id),
  submission_id uuid not null references submission (id),
  kind text not null check (kind in ('payment', 'reversal')),
  way text not null check (way in ('cash', 'transfer')),
  amount_dong bigint not null check (amount_dong > 0),
  payer text not null check (length(payer) between 1 and 200),
  reverses uuid unique references fee_entry (id),
  reason text check (length(reason) between 10 and 1000),
  person_id uuid not null references person (id),
  entered_at timestamptz(0) not null,
  check ((kind = 'reversal') = (reverses is not null) and (kind = 'reversal') = (reason is not null))
);
create index fee_entry_of_submission on fee_entry (submission_id);
create index fee_entry_of_time on fee_entry (agency_id, entered_at);
create trigger fee_entry_is_kept before update or delete on fee_entry for each row execute function refuse_change();
create trigger fee_entries_are_whole before truncate on fee_entry execute function refuse_change();

-- FEE-2: of all papers presented together. What is waived is rounded down to whole đồng.
create view fee_balance as
  select s.id as submission_id, s.agency_id, charged.dong as gross_dong,
    coalesce(waived.dong, 0)::bigint as waived_dong,
    charged.dong - coalesce(waived.dong, 0)::bigint as owed_dong,
    paid.dong as paid_dong,
    charged.dong - coalesce(waived.dong, 0)::bigint - paid.dong as outstanding_dong
  from submission s
    cross join lateral (select coalesce(sum(c.electronic_dong + c.paper_dong), 0)::bigint as dong
      from fee_charge c where c.submission_id = s.id) charged
    left join lateral (select charged.dong * x.percent / 100 as dong from fee_waiver w join fee_exemption x on x.id = w.exemption_id
      where w.submission_id = s.id and not exists (select 1 from fee_waiver_end e where e.waiver_id = w.id) limit 1) waived on true
    cross join lateral (select coalesce(sum(case e.kind when 'payment' then e.amount_dong else -e.amount_dong end), 0)::bigint as dong
      from fee_entry e where e.submission_id = s.id) paid;

-- FEE-3: never more than is owed, one after the other; taken back whole, once, by another person than who booked it.
create function enter_fee() returns trigger language plpgsql as $$
begin
  perform 1 from submission where id = new.submission_id and agency_id = new.agency_id for update;
  if not found then
    raise exception 'a fee is of the agency that received the papers' using errcode = 'check_violation';
  end if;
  if new.kind = 'payment'
     and new.amount_dong > (select outstanding_dong from fee_balance where submission_id = new.submission_id) then
    raise exception 'more than is owed is not booked' using errcode = 'check_violation';
  end if;
  if new.kind = 'reversal' and not exists (select 1 from fee_entry p where p.id = new.reverses and p.kind = 'payment'
      and p.person_id <> new.person_id
      and (p.submission_id, p.way, p.amount_dong, p.payer) = (new.submission_id, new.way, new.amount_dong, new.payer)) then
    raise exception 'a payment is taken back whole, by another person' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fee_is_owed before insert on fee_entry for each row execute function enter_fee();

-- FEE-4: one receipt a payment, 1, 2, 3 … by agency and year. Written by the database itself, after the payment stands, so
-- that no way of booking leaves one out, makes two, or leaves a gap.
create table fee_receipt (
  entry_id uuid primary key references fee_entry (id),
  agency_id text not null references agency (id),
  year integer not null,
  number integer not null check (number >= 1),
  unique (agency_id, year, number)
);
create trigger fee_receipt_is_kept before update or delete on fee_receipt for each row execute function refuse_change();
create trigger fee_receipts_are_whole before truncate on fee_receipt execute function refuse_change();

create function next_receipt() returns trigger language plpgsql as $$
begin
  perform 1 from agency where id = new.agency_id for no key update; -- one after the other: neither gap nor twin
  if not exists (select 1 from fee_entry e where e.id = new.entry_id and e.kind = 'payment' and e.agency_id = new.agency_id
        and extract(year from e.entered_at at time zone 'Asia/Ho_Chi_Minh') = new.year)
     or new.number <> (select coalesce(max(r.number), 0) + 1 from fee_receipt r where r.agency_id = new.agency_id and r.year = new.year) then
    raise exception 'a receipt is the next one, of a payment' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fee_receipt_is_next before insert on fee_receipt for each row execute function next_receipt();

create function write_receipt() returns trigger language plpgsql as $$
declare
  its_year integer := extract(year from new.entered_at at time zone 'Asia/Ho_Chi_Minh');
begin
  if new.kind <> 'payment' then return null; end if;
  perform 1 from agency where id = new.agency_id for no key update;
  insert into fee_receipt (entry_id, agency_id, year, number)
    select new.id, new.agency_id, its_year, coalesce(max(r.number), 0) + 1
    from fee_receipt r where r.agency_id = new.agency_id and r.year = its_year;
  return null;
end $$;
create trigger fee_has_receipt after insert on fee_entry for each row execute function write_receipt();

-- Whether results wait for the fee. The newest line counts; without one they do not.
create table fee_policy (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  release text not null check (release in ('when_paid', 'later')),
  set_at timestamptz(0) not null
);
create index fee_policy_of_agency on fee_policy (agency_id, id desc);
create trigger fee_policy_is_kept before update or delete on fee_policy for each row execute function refuse_change();
create trigger fee_policies_are_whole before truncate on fee_policy execute function refuse_change();

create function fee_withholds(submission uuid, agency text) returns boolean language sql stable as $$
  select coalesce((select p.release = 'when_paid' from fee_policy p where p.agency_id = agency order by p.id desc limit 1), false)
    and exists (select 1 from fee_balance b where b.submission_id = submission and b.outstanding_dong > 0) $$;

-- FEE-6
create function release_when_paid() returns trigger language plpgsql as $$
begin
  if new.status = 'released' and old.status <> 'released' and fee_withholds(new.submission_id, new.agency_id) then
    raise exception 'a copy is released once its fee is paid' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger copy_is_paid before update of status on dossier for each row execute function release_when_paid();

create function hand_over_when_paid() returns trigger language plpgsql as $$
begin
  if new.status = 'issued' and old.status <> 'issued' and exists (select 1 from dossier d
      where d.id = new.dossier_id and fee_withholds(d.submission_id, d.agency_id)) then
    raise exception 'copies on paper are handed over once their fee is paid' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger paper_is_paid before update of status on paper_line for each row execute function hand_over_when_paid();
