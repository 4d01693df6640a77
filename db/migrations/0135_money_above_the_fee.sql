-- FEE-8, ADR 0093: a transfer of more than is owed, or of what was paid already, may be booked whole by the statement's line that tells of
-- it, where a person says so: what is above the fee is left over, and goes back as everything that is left over.
alter table fee_entry add column above_fee boolean not null default false,
  add constraint fee_entry_above_fee check (not above_fee or (kind = 'payment' and statement_line_id is not null));

create or replace function enter_fee() returns trigger language plpgsql as $$
begin
  perform 1 from submission where id = new.submission_id and agency_id = new.agency_id for update;
  if not found then
    raise exception 'a fee is of the agency that received the papers' using errcode = 'check_violation';
  end if;
  if new.kind = 'payment' and not new.above_fee
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

-- By another person than who took the money, and than whose waiver of the fee stands: waiving and giving back alone would empty the till.
create or replace function give_back_fee(entry fee_entry) returns void language plpgsql as $$
declare paid fee_entry%rowtype;
begin
  select p.* into paid from fee_entry p where p.id = entry.gives_back and p.kind = 'payment' and p.submission_id = entry.submission_id
    and not exists (select 1 from fee_entry back where back.reverses = p.id);
  if paid.id is null or paid.person_id = entry.person_id then
    raise exception 'FEE-8: money is given back of a payment that stands, by another person than who took it' using errcode = 'check_violation';
  end if;
  if exists (select 1 from fee_waiver w where w.submission_id = entry.submission_id and w.person_id = entry.person_id
      and not exists (select 1 from fee_waiver_end e where e.waiver_id = w.id)) then
    raise exception 'FEE-8: who waived the fee gives none of it back' using errcode = 'check_violation';
  end if;
  if entry.amount_dong > paid.amount_dong - fee_given_back(paid.id)
     or entry.amount_dong > (select -b.outstanding_dong from fee_balance b where b.submission_id = entry.submission_id) then
    raise exception 'FEE-8: no more is given back than is left over' using errcode = 'check_violation';
  end if;
end $$;
