-- Where the key under a registered certificate lies; it never changes, as nothing of a registration does.
alter table credential
  add column key_place jsonb not null default '{"kind": "file"}',
  add check (key_place ->> 'kind' in ('file', 'token', 'remote', 'agent')),
  add check (key_place ->> 'kind' = 'file' or pkcs12 is null);
create or replace function keep_credential() returns trigger language plpgsql as $$
begin
  if (new.id, new.agency_id, new.person_id, new.role, new.certificate, new.chain, new.sha256, new.valid_from, new.title_lines,
      new.authority_basis, new.authority_from, new.authority_to, new.pkcs12, new.key_place)
     is distinct from (old.id, old.agency_id, old.person_id, old.role, old.certificate, old.chain, old.sha256, old.valid_from,
      old.title_lines, old.authority_basis, old.authority_from, old.authority_to, old.pkcs12, old.key_place)
     or old.ended_at is not null or new.valid_to > old.valid_to
  then raise exception 'a registered certificate only ever ends' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

-- A copy that lacks only its signature, while the key signs somewhere else. Used once, by the person for whom it was
-- prepared, on the day that is printed on it (DESIGN decision 8).
create table prepared_signature (
  id uuid primary key,
  agency_id text not null references agency (id),
  dossier_id uuid not null references dossier (id),
  certificate_id uuid not null references certificate (id),
  act text not null check (act in ('sign', 'seal')),
  person_id uuid not null references person (id),
  credential_id uuid not null references credential (id),
  blob_id uuid not null references blob (id),
  to_be_signed bytea not null check (length(to_be_signed) <= 4096),
  prepared_at timestamptz(0) not null,
  used_at timestamptz(0)
);
create index prepared_signature_of_dossier on prepared_signature (dossier_id, act);
