-- One original, many electronic copies under one number: TT 01/2020 Art. 4(1), ADR 0060. The certificate stays the line of
-- the register and is copy 1; each further copy is a row of its own beside it, with everything that tells a copy apart.

alter table dossier add column electronic_copies integer not null default 1 check (electronic_copies between 1 and 1000);

alter table certificate add constraint certificate_copies check (copies between 1 and 1000);
-- Holds the secret from which the verification codes of further copies follow; null where there are none.
alter table certificate add column further_codes_blob_id uuid references blob (id);
alter table certificate add constraint certificate_further_codes check (copies = 1 or further_codes_blob_id is not null);

create table further_copy (
  id uuid primary key,
  certificate_id uuid not null references certificate (id),
  ordinal integer not null check (ordinal between 2 and 1000),
  -- of one series with those of certificates
  status_index bigint not null unique default nextval('certificate_status_index_seq'),
  code_hash bytea not null unique,
  person_signed_blob_id uuid references blob (id),
  sealed_blob_id uuid references blob (id),
  sealed_at timestamptz(0),
  clerk_id uuid references person (id),
  identity_sha256 text unique,
  identity_length integer,
  unique (certificate_id, ordinal),
  check ((sealed_blob_id is null) = (identity_sha256 is null and identity_length is null and sealed_at is null and clerk_id is null)),
  -- the seal is over the signature: of a sealed copy the bytes before it stand in it, and are not kept twice
  check (person_signed_blob_id is null or sealed_blob_id is null)
);
create trigger further_copy_is_kept before delete on further_copy for each row execute function refuse_change();
create trigger further_copies_are_whole before truncate on further_copy execute function refuse_change();

-- Copies are counted when the number is taken, and never more of them afterwards.
create function begin_further_copy() returns trigger language plpgsql as $$
begin
  if (new.person_signed_blob_id, new.sealed_blob_id) is distinct from (null, null) or not exists (
    select from certificate c join dossier d on d.id = c.dossier_id
    where c.id = new.certificate_id and c.status = 'in_progress' and new.ordinal <= c.copies
      and d.status in ('attested', 'numbered')) then
    raise exception 'a further copy begins with its number' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger further_copy_begins before insert on further_copy for each row execute function begin_further_copy();

-- Signed while the line is numbered, sealed while it is person_signed, by another person than its officer; what is kept then
-- changes only together with the line, when the printed date has passed.
create function keep_further_copy() returns trigger language plpgsql as $$
declare
  line record;
begin
  if (new.id, new.certificate_id, new.ordinal, new.status_index, new.code_hash)
     is distinct from (old.id, old.certificate_id, old.ordinal, old.status_index, old.code_hash) then
    raise exception 'a further copy keeps its place' using errcode = 'check_violation';
  end if;
  select c.status, c.officer_id, d.status as stage into line
    from certificate c join dossier d on d.id = c.dossier_id where c.id = old.certificate_id;
  if line.status <> 'in_progress' or line.stage not in ('numbered', 'person_signed') then
    raise exception 'a further copy of a line that is % is not changed', line.stage using errcode = 'restrict_violation';
  end if;
  if new.person_signed_blob_id is not null and new.person_signed_blob_id is distinct from old.person_signed_blob_id
     and (old.person_signed_blob_id is not null or old.sealed_blob_id is not null or line.stage <> 'numbered') then
    raise exception 'a further copy is signed once, while its line is numbered' using errcode = 'check_violation';
  end if;
  if new.sealed_blob_id is not null and new.sealed_blob_id is distinct from old.sealed_blob_id
     and (old.person_signed_blob_id is null or line.stage <> 'person_signed' or new.clerk_id = line.officer_id) then
    raise exception 'a further copy is sealed once, over its signature, by another person' using errcode = 'check_violation';
  end if;
  if old.sealed_blob_id is not null and new.sealed_blob_id is null and line.stage <> 'numbered' then
    raise exception 'a sealed copy is not taken back' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger further_copy_stays before update on further_copy for each row execute function keep_further_copy();

create function keep_copies_counted() returns trigger language plpgsql as $$
begin
  if (new.copies, new.further_codes_blob_id) is distinct from (old.copies, old.further_codes_blob_id) then
    raise exception 'how many copies a number has is told once' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger copies_are_counted before update on certificate for each row execute function keep_copies_counted();

-- The line moves last: when it is signed, or sealed, every further copy is.
create function keep_copies_together() returns trigger language plpgsql as $$
begin
  if new.status in ('person_signed', 'sealed') and new.status <> old.status and exists (
    select from certificate c
    where c.dossier_id = new.id and c.status = 'in_progress' and c.copies - 1 <> (
      select count(*) from further_copy f where f.certificate_id = c.id
        and case new.status when 'sealed' then f.sealed_blob_id is not null else f.person_signed_blob_id is not null end)) then
    raise exception 'copies of this number are not % yet', new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger copies_stay_together before update on dossier for each row execute function keep_copies_together();

-- Every copy, the first and the further ones, with what they share. `line_id` is the certificate that they are copies of.
create view certified_copy as
  select c.id, c.id as line_id, 1 as copy, c.copies, c.agency_id, c.dossier_id, c.book_id, c.suffix, c.year, c.number,
    c.status, c.printed_on, c.numbered_at, c.officer_id, c.signer_name, c.signer_title, c.mandate_id, c.status_index, c.code_hash,
    c.code_blob_id, c.person_signed_blob_id, c.sealed_blob_id, c.sealed_at, c.identity_sha256, c.identity_length
  from certificate c
  union all
  select f.id, c.id, f.ordinal, c.copies, c.agency_id, c.dossier_id, c.book_id, c.suffix, c.year, c.number,
    c.status, c.printed_on, c.numbered_at, c.officer_id, c.signer_name, c.signer_title, c.mandate_id, f.status_index, f.code_hash,
    c.further_codes_blob_id, f.person_signed_blob_id, f.sealed_blob_id, f.sealed_at, f.identity_sha256, f.identity_length
  from further_copy f join certificate c on c.id = f.certificate_id;

-- A leaf is of one copy of a line; leaves of books and of decisions are of the whole.
alter table log_entry add column copy integer not null default 1 check (copy between 1 and 1000);
drop index log_entry_once;
create unique index log_entry_once on log_entry (event, coalesce(certificate_id, book_id), copy);

-- Evidence is of a copy: the certificate that is named may be a further copy.
alter table evidence_form drop constraint evidence_form_certificate_id_fkey;
alter table evidence_plan drop constraint evidence_plan_certificate_id_fkey;
create function evidence_of_a_copy() returns trigger language plpgsql as $$
begin
  if not exists (select from certified_copy where id = new.certificate_id) then
    raise exception 'evidence is of a copy' using errcode = 'foreign_key_violation';
  end if;
  return new;
end $$;
create trigger evidence_form_of_copy before insert on evidence_form for each row execute function evidence_of_a_copy();
create trigger evidence_plan_of_copy before insert on evidence_plan for each row execute function evidence_of_a_copy();

-- The files of further copies in which the content of a paper lies, beside those of `personal_blob`.
create view further_personal_blob as
  select c.dossier_id, 'scan' as part, f.person_signed_blob_id as blob_id from further_copy f
    join certificate c on c.id = f.certificate_id where f.person_signed_blob_id is not null
  union all select c.dossier_id, 'copy', f.sealed_blob_id from further_copy f
    join certificate c on c.id = f.certificate_id where f.sealed_blob_id is not null
  union all select c.dossier_id, 'copy', e.blob_id from evidence_form e join further_copy f on f.id = e.certificate_id
    join certificate c on c.id = f.certificate_id;

-- Who signs or seals the copies of a line at this moment, copy by copy. Told anew at every copy: where it has not been for a
-- while, the act was cut, and whoever began it types the PIN again.
create table copies_act (
  certificate_id uuid not null references certificate (id),
  act text not null check (act in ('sign', 'seal')),
  run uuid not null,
  person_id uuid not null references person (id),
  beat_at timestamptz not null,
  ended_at timestamptz,
  failure jsonb, -- of the act that ended without doing all; codes and figures, nothing about a person
  primary key (certificate_id, act)
);
