-- NĐ 23/2015 Art. 9, REFUSE-2: the record of a paper that is suspected to be forged: when and of whom it was taken in, what was seen,
-- what was kept and to whom it was handed over. Never changed: what follows is a further record of the same dossier.
create table forgery_record (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  ordinal integer not null check (ordinal >= 1),
  seen_at timestamptz(0) not null,
  presented_by text not null check (length(presented_by) between 1 and 200),
  seen text not null check (length(seen) between 10 and 2000),
  kept text not null check (length(kept) between 10 and 1000),
  handed_to text check (length(handed_to) between 1 and 400),
  person_id uuid not null references person (id),
  noted_at timestamptz(0) not null,
  check (seen_at <= noted_at),
  unique (dossier_id, ordinal)
);
create trigger forgery_record_is_kept before update or delete on forgery_record for each row execute function refuse_change();
create trigger forgery_records_are_whole before truncate on forgery_record execute function refuse_change();

create function record_suspected_paper() returns trigger language plpgsql as $$
begin
  perform 1 from dossier where id = new.dossier_id for update;
  if not exists (select 1 from dossier d join person p on p.agency_id = d.agency_id left join refusal r on r.dossier_id = d.id
      where d.id = new.dossier_id and p.id = new.person_id
        and (d.status in ('received', 'read') or (d.status = 'refused' and r.ground = 'SUSPECTED_FAKE')
          or exists (select 1 from forgery_record f where f.dossier_id = d.id))) then
    raise exception 'REFUSE-2: of a paper that is not attested, or refused on that ground, or has a record, by somebody of that agency' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger forgery_record_is_of_suspected before insert on forgery_record for each row execute function record_suspected_paper();

-- What has a record is refused, never attested.
create function refuse_to_attest_suspected() returns trigger language plpgsql as $$
begin
  perform 1 from dossier where id = new.dossier_id for update; -- a record that is being made is waited for
  if exists (select 1 from forgery_record f where f.dossier_id = new.dossier_id) then
    raise exception 'REFUSE-2: a paper with a record of suspicion is not attested' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger attested_without_suspicion before insert on attestation for each row execute function refuse_to_attest_suspected();

-- Notices that were signed before stay as they are.
create function require_forgery_record() returns trigger language plpgsql as $$
begin
  if exists (select 1 from refusal r where r.dossier_id = new.dossier_id and r.ground = 'SUSPECTED_FAKE')
     and not exists (select 1 from forgery_record f where f.dossier_id = new.dossier_id) then
    raise exception 'REFUSE-2: the notice says that a record was made' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger notice_after_record before insert on refusal_notice for each row execute function require_forgery_record();
