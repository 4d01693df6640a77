-- What an agency says that a step of its dossiers should take, in minutes of working time, from a day on; never changed, so that a step
-- of an earlier day is held against what was said for that day. STAT-3.
create table step_time (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  step text not null check (step in ('scan', 'compare', 'number', 'sign', 'seal', 'publish', 'hand', 'refuse', 'notice')),
  minutes integer check (minutes between 1 and 99999),
  valid_from date not null,
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null,
  constraint not_for_days_that_were check (valid_from >= (kept_at at time zone 'Asia/Ho_Chi_Minh')::date)
);
create index step_time_of_agency on step_time (agency_id, id);
create trigger step_time_is_kept before update or delete on step_time for each row execute function refuse_change();
create trigger step_times_are_whole before truncate on step_time execute function refuse_change();

-- Who was entrusted with what, and since when: `person_role` knows only today. Of days before this migration nothing is known.
-- Only the trigger below writes here, of rows that name a person.
create table role_change (
  id bigint generated always as identity primary key,
  person_id uuid not null,
  role text not null,
  given boolean not null,
  at timestamptz(0) not null
);
create index role_change_of_person on role_change (person_id, id);
create trigger role_change_is_kept before update or delete on role_change for each row execute function refuse_change();
create trigger role_changes_are_whole before truncate on role_change execute function refuse_change();
insert into role_change (person_id, role, given, at)
  select person_id, role, true, date_trunc('second', clock_timestamp()) from person_role;

create function note_role_change() returns trigger language plpgsql as $$
begin
  insert into role_change (person_id, role, given, at)
    values (coalesce(new.person_id, old.person_id), coalesce(new.role, old.role), tg_op = 'INSERT', date_trunc('second', clock_timestamp()));
  return null;
end $$;
create trigger role_changes_are_noted after insert or delete on person_role for each row execute function note_role_change();

-- The steps of a week are found by their time.
create index dossier_event_of_time on dossier_event (happened_at) include (dossier_id);
