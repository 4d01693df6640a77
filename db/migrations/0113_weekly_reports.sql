-- What an agency, or a province, was told of a week once it was over: as it was counted then, never changed. What is counted otherwise
-- later is told by the report of the next week. STAT-5.
create table weekly_report (
  agency_id text not null references agency (id),
  week text not null check (week ~ '^20[0-9]{2}-W[0-9]{2}$'),
  kind text not null check (kind in ('agency', 'province')),
  content jsonb not null,
  counted_at timestamptz(0) not null,
  primary key (agency_id, week)
);
create trigger weekly_report_is_kept before update or delete on weekly_report for each row execute function refuse_change();
create trigger weekly_reports_are_whole before truncate on weekly_report execute function refuse_change();
