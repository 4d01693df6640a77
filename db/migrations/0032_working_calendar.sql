-- Working time of an agency, a table a year. Bộ luật Lao động 2019 Art. 111(3), 112; LAW 8.1.
-- Every change is a whole new version: what counted when a dossier was received stays to be read.
create table working_year (
  agency_id text not null references agency (id),
  year integer not null check (year between 2020 and 2100),
  ordinal integer not null check (ordinal >= 1),
  content jsonb not null check (jsonb_typeof(content -> 'hours') = 'array' and jsonb_array_length(content -> 'hours') >= 1
    and jsonb_typeof(content -> 'days') = 'array' and jsonb_array_length(content -> 'days') <= 60),
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null,
  primary key (agency_id, year, ordinal)
);
create trigger working_year_is_kept before update or delete on working_year for each row execute function refuse_change();
create trigger working_years_are_whole before truncate on working_year execute function refuse_change();

-- Versions follow one another: two administrators at once do not write over each other.
create function keep_working_year_order() returns trigger language plpgsql as $$
declare last integer;
begin
  perform 1 from agency where id = new.agency_id for update;
  select coalesce(max(ordinal), 0) into last from working_year where agency_id = new.agency_id and year = new.year;
  if new.ordinal <> last + 1 then
    raise exception 'version % of % does not follow version %', new.ordinal, new.year, last using errcode = 'check_violation';
  end if;
  if not exists (select 1 from person where id = new.kept_by and agency_id = new.agency_id) then
    raise exception 'the calendar is changed by people of the agency' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger working_year_order before insert on working_year for each row execute function keep_working_year_order();
