-- That a copy was checked: which, in what minute, by which door. Never by whom: there is no column for it.
-- One line a copy, door and minute, so that reloading a page does not fill the store.
create table copy_check (
  certificate_id uuid not null references certificate (id),
  checked_at timestamptz(0) not null check (extract(epoch from checked_at)::bigint % 60 = 0),
  door text not null check (door in ('link', 'file')),
  primary key (certificate_id, checked_at, door)
);
create index copy_check_by_age on copy_check using brin (checked_at);
