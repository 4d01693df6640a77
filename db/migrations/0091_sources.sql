-- Where what is said of an original was seen besides the paper itself: shown from VNeID, or asked of a database. NĐ 23/2015
-- Art. 9(8), 9(9) as amended by NĐ 280/2025; R15; SOURCE-1. Which, when, under which transaction, what it said; never changed.
create table source_look_up (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossier (id),
  source text not null check (source in ('vneid', 'database')),
  database text check (database in ('population', 'civil_status', 'land', 'business', 'insurance', 'driving', 'education', 'other')),
  database_name text check (length(database_name) between 1 and 200),
  transaction_id text check (length(transaction_id) between 1 and 100),
  outcome text not null check (outcome in ('same', 'differs', 'not_found')),
  looked_up_at timestamptz(0) not null,
  asked_through text not null check (length(asked_through) between 1 and 100), -- 'official': on another screen, written down here
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null,
  check ((source = 'database') = (database is not null)),
  check (source = 'vneid' or transaction_id is not null),
  check (coalesce(database = 'other', false) = (database_name is not null)),
  check (looked_up_at <= kept_at)
);
create index source_of_dossier on source_look_up (dossier_id, id);
create trigger source_is_kept before update or delete on source_look_up for each row execute function refuse_change();
create trigger sources_are_whole before truncate on source_look_up execute function refuse_change();

-- What was attested was attested upon what was known then.
create function look_up_early() returns trigger language plpgsql as $$
begin
  perform 1 from dossier where id = new.dossier_id and status in ('received', 'read') for update;
  if not found then
    raise exception 'SOURCE-1: a source is looked at before the original is attested' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger source_is_early before insert on source_look_up for each row execute function look_up_early();

-- That VNeID has the paper ends a dossier only with the line that says it was shown.
create function seen_in_vneid() returns trigger language plpgsql as $$
begin
  if new.answer = 'in_vneid' and not exists (select 1 from source_look_up s
      where s.dossier_id = new.dossier_id and s.source = 'vneid' and s.outcome = 'same') then
    raise exception 'SOURCE-1: nobody wrote down that VNeID showed it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger once_seen_in_vneid before insert on give_once for each row execute function seen_in_vneid();
