-- The procedure of NĐ 45/2020 Art. 10(3) as tables. What the law forbids, the database refuses (STYLE C16).

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: rows are evidence', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

-- DESIGN decision 10: how a store was born is written once and cannot be taken back.
create table store_mark (
  name text primary key,
  value text not null,
  made_at timestamptz(0) not null default now()
);
create trigger store_mark_is_kept before update or delete on store_mark for each row execute function refuse_change();
create trigger store_mark_is_whole before truncate on store_mark execute function refuse_change();

-- Certificates that may sign here: an official's own, or the agency's seal. DESIGN decision 9, LAW R2 and R3.
create table credential (
  id uuid primary key,
  agency_id text not null references agency (id),
  person_id uuid references person (id),
  role text not null check (role in ('official', 'agency_seal')),
  certificate bytea not null,
  chain text[] not null, -- base64 of DER, nearest issuer first
  sha256 text not null unique,
  valid_from timestamptz(0) not null,
  valid_to timestamptz(0) not null,
  title_lines text[] not null default '{}',
  authority_basis text not null default '',
  pkcs12 bytea,
  check ((role = 'official') = (person_id is not null)),
  check (valid_from < valid_to)
);

create table book (
  id uuid primary key,
  agency_id text not null references agency (id),
  suffix text not null,
  year integer not null,
  ordinal integer not null check (ordinal >= 1),
  opened_at timestamptz(0) not null,
  closed_at timestamptz(0),
  unique (agency_id, suffix, year, ordinal)
);

-- One series of numbers per agency, kind of book and year; its row lock is what makes 1..n without gap or twin.
create table number_series (
  agency_id text not null references agency (id),
  suffix text not null,
  year integer not null,
  last_number integer not null default 0 check (last_number >= 0),
  primary key (agency_id, suffix, year)
);

create table dossier (
  id uuid primary key,
  agency_id text not null references agency (id),
  status text not null check (status in ('received', 'read', 'attested', 'numbered', 'person_signed', 'sealed',
    'logged', 'released', 'refused', 'voided')),
  applicant_name text not null,
  identity_digits_hash bytea not null,
  contact text,
  kind text not null,
  title text not null,
  holder_name text not null,
  document_number text,
  issued_by text,
  issued_on text,
  declared_pages integer not null check (declared_pages between 1 and 2000),
  secret_hash bytea not null unique,
  secret_expires_at timestamptz(0) not null,
  opened_by uuid not null references person (id),
  opened_at timestamptz(0) not null
);
create index dossier_waiting on dossier (agency_id, status, opened_at);

create function keep_dossier_order() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (old.status || '>' || new.status = any (array[
    'received>read', 'received>refused', 'read>attested', 'read>refused', 'read>received',
    'attested>numbered', 'attested>refused', 'numbered>person_signed', 'numbered>voided',
    'person_signed>sealed', 'person_signed>numbered', 'person_signed>voided',
    'sealed>logged', 'logged>released'])) then
    raise exception 'a dossier does not go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger dossier_order before update on dossier for each row execute function keep_dossier_order();
create trigger dossier_is_kept before delete on dossier for each row execute function refuse_change();

-- The file as it came; `blob` holds it encrypted. Never changed: a better scan is another original.
create table original (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  ordinal integer not null,
  status text not null check (status in ('waiting', 'read', 'refused')),
  refusal_reason text,
  blob_id uuid not null references blob (id),
  sha256 text not null,
  size_bytes bigint not null,
  file_name text,
  declared_type text,
  received_by uuid not null references person (id),
  received_at timestamptz(0) not null,
  unique (dossier_id, ordinal)
);

create table page (
  original_id uuid not null references original (id),
  index_in_original integer not null check (index_in_original >= 1),
  dossier_id uuid not null references dossier (id),
  blob_id uuid not null references blob (id),
  words_blob_id uuid not null references blob (id),
  sha256 text not null,
  width_px integer not null,
  height_px integer not null,
  dpi double precision not null,
  dpi_source text not null,
  upright_turn integer not null,
  blank boolean not null,
  primary key (original_id, index_in_original)
);
create index page_of_dossier on page (dossier_id);
create trigger page_is_kept before update or delete on page for each row execute function refuse_change();

-- Who confirmed which bytes, when. The evidence of the comparison.
create table confirmation (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossier (id),
  page integer not null,
  stream_sha256 text not null,
  person_id uuid not null references person (id),
  confirmed_at timestamptz(0) not null
);
create index confirmation_of_dossier on confirmation (dossier_id);
create trigger confirmation_is_kept before update or delete on confirmation for each row execute function refuse_change();

create table attestation (
  dossier_id uuid primary key references dossier (id),
  person_id uuid not null references person (id),
  original_presented boolean not null check (original_presented),
  pages integer not null,
  attested_at timestamptz(0) not null
);
create trigger attestation_is_kept before update or delete on attestation for each row execute function refuse_change();

create table refusal (
  dossier_id uuid primary key references dossier (id),
  ground text not null check (ground in ('A22_1', 'A22_2', 'A22_3', 'A22_4', 'A22_5', 'A22_6')),
  reason text not null check (length(reason) >= 10),
  page integer,
  person_id uuid not null references person (id),
  refused_at timestamptz(0) not null
);
create trigger refusal_is_kept before update or delete on refusal for each row execute function refuse_change();

-- A line of the register (NĐ 23/2015 form SCT/BS) and the certificate it stands for.
create table certificate (
  id uuid primary key,
  agency_id text not null references agency (id),
  book_id uuid not null references book (id),
  suffix text not null,
  year integer not null,
  number integer not null check (number >= 1),
  dossier_id uuid not null references dossier (id),
  status text not null check (status in ('in_progress', 'issued', 'voided')),
  printed_on date not null,
  numbered_at timestamptz(0) not null,
  officer_id uuid not null references person (id),
  signer_name text not null,
  signer_title text[] not null,
  applicant_name text not null,
  title text not null,
  copies integer not null default 1,
  fee_dong integer not null,
  status_index bigint generated always as identity unique,
  code_hash bytea not null unique,
  code_blob_id uuid not null references blob (id),
  person_signed_blob_id uuid references blob (id),
  person_signed_at timestamptz(0),
  clerk_id uuid references person (id),
  sealed_blob_id uuid references blob (id),
  sealed_at timestamptz(0),
  identity_sha256 text unique,
  identity_length integer,
  released_at timestamptz(0),
  voided_by uuid references person (id),
  voided_at timestamptz(0),
  void_reason text,
  unique (agency_id, suffix, year, number),
  check (officer_id <> clerk_id),
  check ((status = 'voided') = (void_reason is not null and voided_at is not null)),
  check (status <> 'issued' or (sealed_blob_id is not null and identity_sha256 is not null and clerk_id is not null))
);
create unique index one_living_certificate on certificate (dossier_id) where status <> 'voided';

create function keep_register_line() returns trigger language plpgsql as $$
begin
  if (new.id, new.agency_id, new.book_id, new.suffix, new.year, new.number, new.dossier_id, new.code_hash)
     is distinct from (old.id, old.agency_id, old.book_id, old.suffix, old.year, old.number, old.dossier_id, old.code_hash)
  then raise exception 'a register line keeps its number' using errcode = 'check_violation';
  end if;
  if old.status <> 'in_progress' and new.status <> old.status then
    raise exception 'a register line is % for ever', old.status using errcode = 'check_violation';
  end if;
  if old.sealed_blob_id is not null and new.sealed_blob_id is distinct from old.sealed_blob_id then
    raise exception 'a sealed copy is not replaced' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger register_line_keeps_number before update on certificate for each row execute function keep_register_line();
create trigger register_line_is_kept before delete on certificate for each row execute function refuse_change();
create trigger register_is_whole before truncate on certificate execute function refuse_change();

-- The append-only log: leaf i stands at index i, without gap.
create table log_entry (
  index bigint primary key check (index >= 0),
  event text not null,
  certificate_id uuid references certificate (id),
  book_id uuid not null references book (id),
  leaf bytea not null,
  salt bytea,
  logged_at timestamptz(0) not null
);
create unique index log_entry_once on log_entry (event, coalesce(certificate_id, book_id));
create trigger log_entry_is_kept before update or delete on log_entry for each row execute function refuse_change();
create trigger log_is_whole before truncate on log_entry execute function refuse_change();

-- Step trace of each dossier: what happened, when, by whom.
create table dossier_event (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossier (id),
  what text not null,
  person_id uuid references person (id),
  happened_at timestamptz(0) not null
);
create index event_of_dossier on dossier_event (dossier_id, id);
create trigger dossier_event_is_kept before update or delete on dossier_event for each row execute function refuse_change();
