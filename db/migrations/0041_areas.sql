-- Provinces and communes as they were said to be, time after time: the newest saying counts, none is taken back, so that a
-- renamed or merged commune keeps its history. Past copies name their agency as it was and do not look here. LAW 2.1.

create table area (
  code text primary key check (code ~ '^[0-9A-Z]{1,10}(\.[0-9A-Z]{1,10}){0,3}$')
);
create trigger area_is_kept before update or delete on area for each row execute function refuse_change();
create trigger areas_are_whole before truncate on area execute function refuse_change();

create table area_saying (
  id bigint generated always as identity primary key,
  code text not null references area (code),
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('tinh', 'thanh_pho', 'xa', 'phuong', 'dac_khu')),
  parent_code text references area (code),
  merged_into text references area (code),
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'), -- of the list that said so
  said_at timestamptz(0) not null,
  check ((kind in ('tinh', 'thanh_pho')) = (parent_code is null)),
  check (merged_into <> code)
);
create index area_saying_newest on area_saying (code, id desc);
create trigger area_saying_is_kept before update or delete on area_saying for each row execute function refuse_change();
create trigger area_sayings_are_whole before truncate on area_saying execute function refuse_change();
