-- Who is away from when to when, and who signs instead: by a mandate of their own, never with the absent person's key. AUTH-3.
-- And whether who compared a paper may sign its copy: only by a rule that the agency wrote down. AUTH-4.

create table absence (
  id uuid primary key,
  agency_id text not null,
  person_id uuid not null,
  from_day date not null,
  to_day date, -- null: until they are back
  substitute_id uuid,
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null,
  ended_at timestamptz(0),
  ended_by uuid references person (id),
  foreign key (person_id, agency_id) references person (id, agency_id),
  foreign key (substitute_id, agency_id) references person (id, agency_id),
  check (from_day <= to_day),
  check (substitute_id <> person_id),
  check ((ended_at is null) = (ended_by is null))
);
create index absence_of_person on absence (person_id) where ended_at is null;
create index absence_of_agency on absence (agency_id, from_day desc);

create function keep_absence() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null or new.ended_at is null
     or (to_jsonb(new) - '{ended_at,ended_by}'::text[]) is distinct from (to_jsonb(old) - '{ended_at,ended_by}'::text[])
  then raise exception 'an absence is only ever ended, once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger absence_only_ends before update on absence for each row execute function keep_absence();
create trigger absence_is_kept before delete on absence for each row execute function refuse_change();
create trigger absences_are_whole before truncate on absence execute function refuse_change();

create function refuse_absent(person uuid, day date) returns void language plpgsql as $$
begin
  if exists (select 1 from absence a where a.person_id = person and a.ended_at is null
      and day >= a.from_day and (a.to_day is null or day <= a.to_day)) then
    raise exception 'AUTH-3: the person is away that day' using errcode = 'check_violation';
  end if;
end $$;

-- The newest rule counts; older ones stay, since lines of the register name them.
create table comparing_policy (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  comparer_signs boolean not null,
  deed_number text not null check (length(deed_number) between 1 and 100),
  deed_date date not null,
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null
);
create index comparing_policy_of_agency on comparing_policy (agency_id, id desc);
create trigger comparing_policy_is_kept before update or delete on comparing_policy for each row execute function refuse_change();
create trigger comparing_policies_are_whole before truncate on comparing_policy execute function refuse_change();

-- Set where the officer is who attested: the rule by which that was so.
alter table certificate add column comparing_policy_id bigint references comparing_policy (id);

create function check_comparer() returns trigger language plpgsql as $$
declare own boolean := exists (select 1 from attestation a where a.dossier_id = new.dossier_id and a.person_id = new.officer_id);
begin
  if not own and new.comparing_policy_id is not null then
    raise exception 'AUTH-4: another person compared' using errcode = 'check_violation';
  end if;
  if own and not exists (select 1 from comparing_policy p where p.id = new.comparing_policy_id and p.agency_id = new.agency_id
      and p.comparer_signs and p.id = (select max(q.id) from comparing_policy q where q.agency_id = new.agency_id)) then
    raise exception 'AUTH-4: who compared does not sign here' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger officer_did_not_compare before insert or update of officer_id, comparing_policy_id on certificate
  for each row execute function check_comparer();

create function officer_is_here() returns trigger language plpgsql as $$
begin
  perform refuse_absent(new.officer_id, new.printed_on);
  return new;
end $$;
create trigger officer_is_here before insert or update of officer_id, printed_on, mandate_id on certificate
  for each row execute function officer_is_here();
create function clerk_is_here() returns trigger language plpgsql as $$
begin
  perform refuse_absent(new.clerk_id, (new.sealed_at at time zone 'Asia/Ho_Chi_Minh')::date);
  return new;
end $$;
create trigger clerk_is_here before update of clerk_id on certificate for each row
  when (new.clerk_id is not null) execute function clerk_is_here();
create function signer_is_here() returns trigger language plpgsql as $$
begin
  perform refuse_absent(new.officer_id, (new.signed_at at time zone 'Asia/Ho_Chi_Minh')::date);
  return new;
end $$;
create trigger notice_by_who_is_here before insert on refusal_notice for each row execute function signer_is_here();
create trigger print_by_who_is_here before insert on register_print for each row execute function signer_is_here();
