-- Sites that pass themselves off as this one, as visitors reported them: strangers' text, and nothing of who sent it. They
-- are about the whole site, so they belong to no agency. ADR 42.
create table look_alike_report (
  id bigint generated always as identity primary key,
  address text not null check (length(address) between 1 and 500),
  seen text not null check (length(seen) <= 2000),
  reported_at timestamptz(0) not null
);
create trigger look_alike_report_is_kept before update or delete on look_alike_report for each row execute function refuse_change();
create trigger look_alike_reports_are_whole before truncate on look_alike_report execute function refuse_change();

-- Closed once, by an administrator of any agency, who says what was done.
create table look_alike_closing (
  report_id bigint primary key references look_alike_report (id),
  person_id uuid not null references person (id),
  note text not null check (length(note) between 1 and 300),
  closed_at timestamptz(0) not null
);
create trigger look_alike_closing_is_kept before update or delete on look_alike_closing for each row execute function refuse_change();
create trigger look_alike_closings_are_whole before truncate on look_alike_closing execute function refuse_change();
