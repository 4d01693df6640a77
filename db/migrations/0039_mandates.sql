-- By what right a person signs: an office, or a deed with number, days and scope. NĐ 23/2015 Art. 2(9) and Art. 5 as amended
-- by NĐ 280/2025; LAW 2.1, R3; AUTH-2. A mandate is never changed, only ended, so the register says for ever what held that day.

alter table person add unique (id, agency_id);

create table mandate (
  id uuid primary key,
  agency_id text not null,
  person_id uuid not null,
  kind text not null check (kind in ('office', 'authorisation', 'assignment')),
  deed_number text check (length(deed_number) between 1 and 100),
  deed_date date,
  issued_by text check (length(issued_by) between 1 and 200),
  valid_from date not null,
  valid_to date,
  works text[] not null check (works <@ array['copies', 'signatures', 'translations', 'transactions'] and cardinality(works) > 0),
  paper_kinds text[] check (cardinality(paper_kinds) between 1 and 60), -- null: every kind
  post text not null check (length(post) between 1 and 120),
  title_lines text[] not null check (cardinality(title_lines) between 1 and 3),
  carried boolean not null default false, -- from a registration of before mandates: its deed's day and issuer were not asked for
  kept_by uuid references person (id),
  kept_at timestamptz(0) not null,
  ended_at timestamptz(0),
  ended_by uuid references person (id),
  end_reason text check (length(end_reason) between 1 and 500),
  foreign key (person_id, agency_id) references person (id, agency_id),
  check (valid_from <= valid_to),
  check (carried or kept_by is not null),
  check (carried or kind = 'office' or (deed_number is not null and deed_date is not null and issued_by is not null)),
  check (deed_number is not null or (deed_date is null and issued_by is null)),
  check ((ended_at is null) = (end_reason is null))
);
create index mandate_of_person on mandate (person_id, valid_from desc);
create index mandate_of_agency on mandate (agency_id, valid_from desc);

create function keep_mandate() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null or new.ended_at is null
     or (to_jsonb(new) - '{ended_at,ended_by,end_reason}'::text[]) is distinct from (to_jsonb(old) - '{ended_at,ended_by,end_reason}'::text[])
  then raise exception 'a mandate is only ever ended, once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger mandate_only_ends before update on mandate for each row execute function keep_mandate();
create trigger mandate_is_kept before delete on mandate for each row execute function refuse_change();
create trigger mandates_are_whole before truncate on mandate execute function refuse_change();

-- What stood beside registered certificates goes on to hold. Nobody asked then whether it was an office: what names no document is one.
insert into mandate (id, agency_id, person_id, kind, deed_number, valid_from, valid_to, works, post, title_lines, carried, kept_at)
select distinct on (person_id, authority_basis, title_lines, authority_from, authority_to)
  gen_random_uuid(), agency_id, person_id, case when authority_basis = '' then 'office' else 'assignment' end,
  nullif(left(authority_basis, 100), ''), coalesce(authority_from, (valid_from at time zone 'Asia/Ho_Chi_Minh')::date), authority_to, array['copies'],
  coalesce(nullif(left(array_to_string(title_lines, ' '), 120), ''), '?'),
  case when cardinality(title_lines) between 1 and 3 then title_lines else array['?'] end, true, date_trunc('second', clock_timestamp())
from credential where role = 'official' and ended_at is null and valid_to > clock_timestamp();

-- The lock waits for an ending under way, so that nothing is signed under a mandate that has just ended.
create function require_mandate(mandate_id uuid, signer uuid, agency text, day date, paper_kind text) returns void
language plpgsql as $$
declare held mandate%rowtype;
begin
  select * into held from mandate m where m.id = mandate_id for share;
  if held.id is null or held.person_id is distinct from signer or held.agency_id is distinct from agency then
    raise exception 'AUTH-2: no mandate of that person' using errcode = 'check_violation';
  end if;
  if held.ended_at is not null or day < held.valid_from or day > held.valid_to then
    raise exception 'AUTH-2: the mandate does not hold on that day' using errcode = 'check_violation';
  end if;
  if not 'copies' = any (held.works) or (held.paper_kinds is not null and (paper_kind is null
      or not plain_text(paper_kind) = any (select plain_text(kind) from unnest(held.paper_kinds) as kind))) then
    raise exception 'AUTH-2: the mandate is not for this' using errcode = 'check_violation';
  end if;
end $$;

-- Null only on lines from before.
alter table certificate add column mandate_id uuid references mandate (id);

-- When the number is taken, when it is taken up again, and when the signature is kept. Later steps are not the officer's.
create function certify_under_mandate() returns trigger language plpgsql as $$
begin
  perform require_mandate(new.mandate_id, new.officer_id, new.agency_id, new.printed_on,
    (select kind from dossier where id = new.dossier_id));
  return new;
end $$;
create trigger certified_under_mandate before insert or update of officer_id, printed_on, mandate_id on certificate
  for each row execute function certify_under_mandate();
create trigger signed_under_mandate before update of person_signed_blob_id on certificate for each row
  when (new.person_signed_blob_id is not null) execute function certify_under_mandate();

alter table refusal_notice add column mandate_id uuid references mandate (id);
create function notify_under_mandate() returns trigger language plpgsql as $$
declare refused dossier%rowtype;
begin
  select * into refused from dossier where id = new.dossier_id;
  perform require_mandate(new.mandate_id, new.officer_id, refused.agency_id, (new.signed_at at time zone 'Asia/Ho_Chi_Minh')::date, refused.kind);
  return new;
end $$;
create trigger notice_under_mandate before insert on refusal_notice for each row execute function notify_under_mandate();

alter table register_print add column mandate_id uuid references mandate (id);
create function print_under_mandate() returns trigger language plpgsql as $$
begin
  perform require_mandate(new.mandate_id, new.officer_id, new.agency_id, (new.signed_at at time zone 'Asia/Ho_Chi_Minh')::date, null);
  return new;
end $$;
create trigger print_under_mandate before insert on register_print for each row execute function print_under_mandate();

-- What waits for a key elsewhere is completed under the very mandate that is printed on it.
alter table prepared_signature add column mandate_id uuid references mandate (id);
