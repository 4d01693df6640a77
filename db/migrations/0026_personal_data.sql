-- Luật 91/2025/QH15, LAW 8.2: who reached the content of a paper, what its holder asks of us, and the proof of erasing.

-- To the minute, so that a page that is looked at twice is one line. `person_id` null: the holder of the citizen's link.
create table access_entry (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossier (id),
  what text not null check (what in ('pages_seen', 'scan_taken', 'copy_seen', 'copy_taken', 'notice_taken', 'data_taken')),
  person_id uuid references person (id),
  duties text[] not null default '{}', -- what the citizen is told instead of the name
  purpose text not null check (purpose in ('certify', 'hand_over', 'own_copy', 'own_data')),
  basis text not null check (basis in ('ND45_10', 'LAW91_RIGHTS')),
  happened_at timestamptz(0) not null check (extract(epoch from happened_at)::bigint % 60 = 0),
  unique nulls not distinct (dossier_id, what, person_id, happened_at)
);
create index access_by_age on access_entry using brin (happened_at);

create function keep_access_entry() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.happened_at < now() - interval '1 year' then return old; end if;
  end if;
  raise exception '% on access_entry is refused within a year', tg_op using errcode = 'restrict_violation';
end $$;
create trigger access_entry_is_kept before update or delete on access_entry for each row execute function keep_access_entry();
create trigger access_entries_are_whole before truncate on access_entry execute function refuse_change();

-- What the holder asked by the own link and the four digits. DATA-2.
create table data_request (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  agency_id text not null references agency (id),
  kind text not null check (kind in ('export', 'erase', 'erase_all')),
  asked_at timestamptz(0) not null,
  due_at timestamptz(0) not null,
  check (due_at > asked_at)
);
create index data_request_of_dossier on data_request (dossier_id);
create index data_request_due on data_request (agency_id, due_at);
create trigger data_request_is_kept before update or delete on data_request for each row execute function refuse_change();
create trigger data_requests_are_whole before truncate on data_request execute function refuse_change();

-- One answer a request; `items` says of each thing whether it was erased, and if not, why. Null person: at once, by the service.
create table data_answer (
  request_id uuid primary key references data_request (id),
  person_id uuid references person (id),
  items jsonb not null,
  answered_at timestamptz(0) not null
);
create trigger data_answer_is_kept before update or delete on data_answer for each row execute function refuse_change();
create trigger data_answers_are_whole before truncate on data_answer execute function refuse_change();

-- Stands in the transaction that destroyed the keys: by which rule, how many things, SHA-256 over their ids. KEEP-1.
create table erasure_proof (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  rule text not null check (rule in ('scan', 'contact', 'copy', 'access')),
  request_id uuid references data_request (id), -- null: its term had passed
  things integer not null check (things > 0),
  ids_sha256 text not null check (ids_sha256 ~ '^[0-9a-f]{64}$'),
  erased_at timestamptz(0) not null
);
create index erasure_proof_of_agency on erasure_proof (agency_id, id desc);
create trigger erasure_proof_is_kept before update or delete on erasure_proof for each row execute function refuse_change();
create trigger erasure_proofs_are_whole before truncate on erasure_proof execute function refuse_change();

-- The files in which the content of a paper lies, by what they are to its holder. The notice of a refusal is none: it stays.
create view personal_blob as
  select dossier_id, 'scan' as part, blob_id from original
  union all select dossier_id, 'scan', blob_id from page
  union all select dossier_id, 'scan', words_blob_id from page where words_blob_id is not null
  union all select p.dossier_id, 'scan', w.blob_id from page_words w join page p using (original_id, index_in_original)
  union all select p.dossier_id, 'scan', w.straight_blob_id from page_words w
    join page p using (original_id, index_in_original) where w.straight_blob_id is not null
  union all select p.dossier_id, 'scan', s.blob_id from page_straight s join page p using (original_id, index_in_original)
  union all select dossier_id, 'scan', person_signed_blob_id from certificate where person_signed_blob_id is not null
  union all select dossier_id, 'copy', sealed_blob_id from certificate where sealed_blob_id is not null
  union all select c.dossier_id, 'copy', f.blob_id from evidence_form f join certificate c on c.id = f.certificate_id;

-- When a dossier came to its end; the terms of its content run from there.
create view dossier_end as
  select d.id as dossier_id, d.agency_id, max(e.happened_at) as ended_at from dossier d join dossier_event e on e.dossier_id = d.id
  where d.status in ('released', 'refused', 'voided', 'reused')
    and e.what in ('released', 'refused', 'notice_signed', 'voided', 'reused', 'found_in_vneid', 'given_again')
  group by d.id;
