-- FEE-8: money that is left over is given back, whole or in part, by an entry of its own beside the payment that it belongs to.
-- ADR 0076.
alter table fee_entry drop constraint fee_entry_kind_check, drop constraint fee_entry_check,
  add column gives_back uuid references fee_entry (id),
  add constraint fee_entry_kind_check check (kind in ('payment', 'reversal', 'given_back', 'given_back_undone')),
  add constraint fee_entry_check check ((kind in ('reversal', 'given_back_undone')) = (reverses is not null)
    and (kind = 'given_back') = (gives_back is not null) and (kind = 'payment') = (reason is null));
create index fee_entry_gives_back on fee_entry (gives_back) where gives_back is not null;

-- What an entry does to what the agency holds.
create function fee_dong_held(kind text, amount bigint) returns bigint language sql immutable as
  $$ select case when kind in ('payment', 'given_back_undone') then amount else -amount end $$;

-- What of a payment was given back and stands.
create function fee_given_back(payment uuid) returns bigint language sql stable as
  $$ select coalesce(sum(g.amount_dong), 0)::bigint from fee_entry g where g.gives_back = payment
    and not exists (select 1 from fee_entry undone where undone.reverses = g.id) $$;

create or replace view fee_balance as
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
    cross join lateral (select coalesce(sum(fee_dong_held(e.kind, e.amount_dong)), 0)::bigint as dong
      from fee_entry e where e.submission_id = s.id) paid;

-- FEE-3, FEE-8: never more than is owed, nor back than is left over; by another person than who took the money.
create or replace function enter_fee() returns trigger language plpgsql as $$
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
  if new.kind = 'reversal' and fee_given_back(new.reverses) > 0 then
    raise exception 'FEE-8: a payment of which some was given back is not taken back' using errcode = 'check_violation';
  end if;
  if new.kind = 'given_back' then perform give_back_fee(new); end if;
  if new.kind = 'given_back_undone' and not exists (select 1 from fee_entry g where g.id = new.reverses and g.kind = 'given_back'
      and g.person_id <> new.person_id
      and (g.submission_id, g.way, g.amount_dong, g.payer) = (new.submission_id, new.way, new.amount_dong, new.payer)) then
    raise exception 'FEE-8: what was given back is undone whole, by another person' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create function give_back_fee(entry fee_entry) returns void language plpgsql as $$
declare paid fee_entry%rowtype;
begin
  select p.* into paid from fee_entry p where p.id = entry.gives_back and p.kind = 'payment' and p.submission_id = entry.submission_id
    and not exists (select 1 from fee_entry back where back.reverses = p.id);
  if paid.id is null or paid.person_id = entry.person_id then
    raise exception 'FEE-8: money is given back of a payment that stands, by another person than who took it' using errcode = 'check_violation';
  end if;
  if entry.amount_dong > paid.amount_dong - fee_given_back(paid.id)
     or entry.amount_dong > (select -b.outstanding_dong from fee_balance b where b.submission_id = entry.submission_id) then
    raise exception 'FEE-8: no more is given back than is left over' using errcode = 'check_violation';
  end if;
end $$;

-- FEE-6: who releases waits for money that is being taken back at that moment, and sees it gone; papers come before their submission.
create or replace function release_when_paid() returns trigger language plpgsql as $$
begin
  if new.status = 'released' and old.status <> 'released' then
    perform 1 from submission where id = new.submission_id for share;
    if fee_withholds(new.submission_id, new.agency_id) then
      raise exception 'a copy is released once its fee is paid' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;

create or replace function hand_over_when_paid() returns trigger language plpgsql as $$
begin
  if new.status = 'issued' and old.status <> 'issued' then
    perform 1 from submission s join dossier d on d.submission_id = s.id where d.id = new.dossier_id for share of s;
    if exists (select 1 from dossier d where d.id = new.dossier_id and fee_withholds(d.submission_id, d.agency_id)) then
      raise exception 'copies on paper are handed over once their fee is paid' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;

-- REG-4: a correction of copies or fee counts on the day of its line while that month's print was not signed, else on its own day:
-- so every sum of a month says what that month's print says.
create view register_change as
  select r.line_id, r.agency_id, r.part, r.counted_in, l.form, l.dossier_id, r.reads::int - r.was::int as amount,
    case when left(l.printed_on::text, 7) = r.counted_in then l.printed_on
      else (r.corrected_at at time zone 'Asia/Ho_Chi_Minh')::date end as day
  from register_correction r join register_line l on l.id = r.line_id where r.part in ('copies', 'fee');
