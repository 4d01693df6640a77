-- When the result is promised for, and every later appointment. NĐ 23/2015 Art. 7 and 21; DEADLINE-1 to DEADLINE-5.
-- The promise is written down when the dossier is opened: a change of the calendar moves no promise.
alter table dossier add column due_at timestamptz(0), add column again_at timestamptz(0);

-- Dossiers received before: what their slips said (15:00, closing at 17:00, the days off of 2026 and 2027 as they stood).
with received as (
  select id, (opened_at at time zone 'Asia/Ho_Chi_Minh') as local from dossier
), off as (
  select unnest(array['2026-01-01', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-04-27',
    '2026-04-30', '2026-05-01', '2026-09-01', '2026-09-02', '2027-01-01', '2027-02-05', '2027-02-08', '2027-02-09',
    '2027-02-10', '2027-02-11', '2027-04-16', '2027-04-30', '2027-05-03', '2027-09-02', '2027-09-03']::date[]) as day
)
update dossier set due_at = (
  select (min(d.day) + time '17:00') at time zone 'Asia/Ho_Chi_Minh'
  from received r, lateral (
    select g::date as day from generate_series(r.local::date, r.local::date + 30, interval '1 day') g) d
  where r.id = dossier.id and extract(isodow from d.day) < 6 and d.day not in (select day from off)
    and (d.day > r.local::date or r.local::time <= time '15:00'));
alter table dossier alter column due_at set not null;
create index dossier_due on dossier (agency_id, due_at) where status not in ('released', 'voided', 'reused');

create table deadline_step (
  dossier_id uuid not null references dossier (id),
  ordinal integer not null check (ordinal >= 1),
  kind text not null check (kind in ('promised', 'extended', 'agreed', 'apology')),
  due_at timestamptz(0) not null,
  -- of an extension a code; of an apology what the applicant is told
  reason text not null default '',
  working_days integer check (working_days between 1 and 2),
  -- of a written agreement: with whom, of which day, which paper
  agreed_with text,
  agreed_on date,
  agreement text,
  decided_by uuid not null references person (id),
  recorded_by uuid not null references person (id),
  recorded_at timestamptz(0) not null,
  primary key (dossier_id, ordinal),
  check ((kind = 'promised') = (ordinal = 1)),
  check ((kind = 'extended') = (working_days is not null)),
  check (kind <> 'extended' or reason in ('several_kinds', 'many_pages', 'many_copies', 'hard_to_check')),
  check (kind <> 'apology' or length(reason) >= 10),
  check ((kind = 'agreed') = (agreed_with is not null and agreed_on is not null and agreement is not null)),
  check (kind <> 'agreed' or (length(agreed_with) >= 2 and length(agreement) >= 3))
);
create trigger deadline_step_is_kept before update or delete on deadline_step for each row execute function refuse_change();
create trigger deadline_steps_are_whole before truncate on deadline_step execute function refuse_change();
insert into deadline_step (dossier_id, ordinal, kind, due_at, decided_by, recorded_by, recorded_at)
  select id, 1, 'promised', due_at, opened_by, opened_by, opened_at from dossier;

create function promise_deadline() returns trigger language plpgsql as $$
begin
  if new.due_at < new.opened_at or new.again_at is not null then
    raise exception 'a dossier is promised for after its receipt' using errcode = 'check_violation';
  end if;
  insert into deadline_step (dossier_id, ordinal, kind, due_at, decided_by, recorded_by, recorded_at)
    values (new.id, 1, 'promised', new.due_at, new.opened_by, new.opened_by, new.opened_at);
  return new;
end $$;
create trigger dossier_is_promised after insert on dossier for each row execute function promise_deadline();

create function keep_deadline_order() returns trigger language plpgsql as $$
declare
  d record;
  last integer;
  taken integer;
begin
  if new.kind = 'promised' then return new; end if;
  select status, agency_id, opened_at, due_at, again_at into d from dossier where id = new.dossier_id for update;
  select max(ordinal), coalesce(sum(working_days), 0) into last, taken from deadline_step where dossier_id = new.dossier_id;
  if new.ordinal <> last + 1 then
    raise exception 'step % does not follow step %', new.ordinal, last using errcode = 'unique_violation';
  end if;
  if not (d.status in ('received', 'read', 'attested', 'numbered', 'person_signed', 'sealed', 'logged')
      or (d.status = 'refused' and not exists (select 1 from refusal_notice where dossier_id = new.dossier_id))) then
    raise exception 'nothing is owed any more' using errcode = 'check_violation';
  end if;
  if not exists (select 1 from person p join person_role r on r.person_id = p.id
      where p.id = new.decided_by and p.agency_id = d.agency_id and r.role = 'signer')
    or not exists (select 1 from person where id = new.recorded_by and agency_id = d.agency_id) then
    raise exception 'who certifies in this agency decides' using errcode = 'check_violation';
  end if;
  if new.kind = 'apology' then
    if new.recorded_at <= d.due_at or new.recorded_at <= d.again_at or new.due_at <= new.recorded_at then
      raise exception 'an apology is for what is late, and names a day to come' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if new.recorded_at > d.due_at then
    raise exception 'what is late is neither extended nor agreed' using errcode = 'check_violation';
  end if;
  if new.due_at <= d.due_at then
    raise exception 'a new appointment is later than the one before' using errcode = 'check_violation';
  end if;
  if new.kind = 'extended' and (taken + new.working_days > 2 or new.due_at > d.due_at + interval '20 days'
      or exists (select 1 from deadline_step where dossier_id = new.dossier_id and kind = 'agreed')) then
    raise exception 'NĐ 23/2015 Art. 21: at most two further working days' using errcode = 'check_violation';
  end if;
  if new.kind = 'agreed' and new.agreed_on not between (d.opened_at at time zone 'Asia/Ho_Chi_Minh')::date
      and (new.recorded_at at time zone 'Asia/Ho_Chi_Minh')::date then
    raise exception 'an agreement is of a day between the receipt and now' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger deadline_step_order before insert on deadline_step for each row execute function keep_deadline_order();

-- What the dossier shows is what its steps say, and nothing else moves it.
create function show_deadline() returns trigger language plpgsql as $$
begin
  if new.kind = 'apology' then update dossier set again_at = new.due_at where id = new.dossier_id;
  elsif new.kind <> 'promised' then update dossier set due_at = new.due_at where id = new.dossier_id;
  end if;
  return new;
end $$;
create trigger deadline_is_shown after insert on deadline_step for each row execute function show_deadline();

create function keep_deadline() returns trigger language plpgsql as $$
begin
  if new.due_at is distinct from (select due_at from deadline_step where dossier_id = new.id and kind <> 'apology'
      order by ordinal desc limit 1)
    or new.again_at is distinct from (select due_at from deadline_step where dossier_id = new.id and kind = 'apology'
      order by ordinal desc limit 1) then
    raise exception 'a deadline moves by a step of its own only' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger dossier_keeps_deadline before update of due_at, again_at on dossier
  for each row execute function keep_deadline();
