-- NĐ 23/2015 Art. 13: a computerised register is printed each month with every column, and closed each year with its total.
-- What was signed is kept for ever beside the lines; one print a period, and its totals as they were signed.
create table register_print (
  agency_id text not null references agency (id),
  suffix text not null,
  period text not null check (period ~ '^[0-9]{4}(-(0[1-9]|1[0-2]))?$'),
  blob_id uuid not null references blob (id),
  first_number integer not null check (first_number >= 1),
  last_number integer not null check (last_number >= first_number),
  issued integer not null check (issued >= 0),
  voided integer not null check (voided >= 0),
  copies integer not null check (copies >= 0),
  fee_dong bigint not null check (fee_dong >= 0),
  officer_id uuid not null references person (id),
  signer_name text not null check (signer_name <> ''),
  signer_title text[] not null,
  signed_at timestamptz(0) not null, -- proven by the timestamp in the signature
  primary key (agency_id, suffix, period)
);
create trigger register_print_is_kept before update or delete on register_print for each row execute function refuse_change();
create trigger register_prints_are_whole before truncate on register_print execute function refuse_change();

-- A month that was signed takes no line more, and loses none.
create function keep_signed_month() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.printed_on = old.printed_on and new.status = old.status then return new; end if;
  if exists (select 1 from register_print p where p.agency_id = new.agency_id and p.suffix = new.suffix
      and (p.period = to_char(new.printed_on, 'YYYY-MM') or (tg_op = 'UPDATE' and p.period = to_char(old.printed_on, 'YYYY-MM')))) then
    raise exception 'the month is printed and signed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger signed_month_is_kept before insert or update on certificate for each row execute function keep_signed_month();
