-- Who watches for a province: figures, codes and terms of the agencies that lie in it, nobody's papers. AUTH-5; LAW 6, 10.

-- Which agency is a province's own, said by whoever runs the store (command line) and by no administrator: who could say it of their
-- own agency could look at every neighbour. The newest saying counts; one without an area ends it.
create table province_watch (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  area_code text references area (code),
  said_at timestamptz(0) not null
);
create index province_watch_newest on province_watch (agency_id, id desc);
create trigger province_watch_is_kept before update or delete on province_watch for each row execute function refuse_change();
create trigger province_watches_are_whole before truncate on province_watch execute function refuse_change();

create view province_watch_now as
  select agency_id, area_code from (select distinct on (agency_id) agency_id, area_code from province_watch
    order by agency_id, id desc) newest where area_code is not null;

create function guard_province_watch() returns trigger language plpgsql as $$
begin
  if new.area_code is not null and not exists (select 1 from area_now
    where code = new.area_code and kind in ('tinh', 'thanh_pho') and merged_into is null) then
    raise exception 'AUTH-5: only a province is watched for' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger province_watch_is_lawful before insert on province_watch for each row execute function guard_province_watch();

-- What a merged area is today. 8 mergers one after the other are many.
create function area_today(asked text) returns text language sql stable as $$
  with recursive way (code, steps) as (
    select asked, 0
    union all
    select n.merged_into, w.steps + 1 from way w join area_now n on n.code = w.code
      where n.merged_into is not null and w.steps < 8)
  select code from way order by steps desc limit 1 $$;

-- In which province each agency lies today. Who watches is not watched.
create view agency_in_province as
  select a.id as agency_id, a.name,
    area_today(case when n.kind in ('tinh', 'thanh_pho') then n.code else n.parent_code end) as province_code
  from agency a join area_now n on n.code = area_today(a.area_code)
  where not exists (select 1 from province_watch_now w where w.agency_id = a.id);

alter table person_role drop constraint person_role_role_check;
alter table person_role add constraint person_role_role_check
  check (role in ('receiver', 'comparer', 'signer', 'clerk', 'administrator', 'province'));

-- Who watches does nothing else, and belongs to an agency that watches.
create function guard_province_role() returns trigger language plpgsql as $$
begin
  if exists (select 1 from person_role where person_id = new.person_id and role = 'province') and (
    (select count(*) from person_role where person_id = new.person_id) > 1
    or not exists (select 1 from person p join province_watch_now w on w.agency_id = p.agency_id where p.id = new.person_id)) then
    raise exception 'AUTH-5: who watches for a province belongs to it and has no other duty' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger province_watches_alone after insert or update on person_role for each row execute function guard_province_role();
