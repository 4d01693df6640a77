-- Work to be done after a transaction, and the index of encrypted files. Neither holds anything a person could be known by.

create table job (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind ~ '^[a-z][a-z0-9_]*$'),
  subject uuid not null,
  payload jsonb not null default '{}',
  status text not null default 'waiting' check (status in ('waiting', 'running', 'done', 'failed')),
  progress_done integer not null default 0 check (progress_done >= 0),
  progress_total integer not null default 0 check (progress_total >= 0),
  attempts integer not null default 0 check (attempts >= 0),
  max_attempts integer not null check (max_attempts >= 1),
  -- asked for again while running: it runs once more, since it may have read what was there before
  asked_again boolean not null default false,
  run_after timestamptz not null default clock_timestamp(),
  locked_until timestamptz,
  -- counts takings; a worker whose lease ran out holds an old count and can change nothing any more
  lease bigint not null default 0,
  last_error text check (last_error ~ '^[a-z][a-z0-9_]{0,63}$'), -- a code, never a sentence: sentences hold names
  created_at timestamptz(0) not null default now(),
  finished_at timestamptz(0),
  check ((status = 'running') = (locked_until is not null)),
  check ((status in ('done', 'failed')) = (finished_at is not null))
);
create unique index job_unfinished on job (kind, subject) where finished_at is null;
create index job_due on job (kind, run_after) where finished_at is null;
create index job_of_subject on job (subject, kind, created_at);
create index job_finished on job (finished_at) where finished_at is not null;

-- The agency's key, wrapped by the master key of KEY_FILE: nonce, ciphertext and tag of AES-256-GCM. DESIGN decision 15.
create table agency_key (
  agency_id text primary key,
  master_key_id text not null,
  key_wrapped bytea not null check (octet_length(key_wrapped) = 60),
  created_at timestamptz(0) not null default now()
);

-- The row outlives the content: erasing destroys the wrapped key, digest and size stay as evidence.
create table blob (
  id uuid primary key,
  agency_id text not null references agency_key (agency_id),
  kind text not null check (kind ~ '^[a-z][a-z0-9_]*$'),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes >= 0),
  key_wrapped bytea check (octet_length(key_wrapped) = 60),
  created_at timestamptz(0) not null default now(),
  erased_at timestamptz(0),
  check ((key_wrapped is null) = (erased_at is not null))
);
create index blob_of_agency on blob (agency_id);

create function keep_blob_facts() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.key_wrapped is null
    and (new.id, new.agency_id, new.kind, new.sha256, new.size_bytes, new.created_at)
      = (old.id, old.agency_id, old.kind, old.sha256, old.size_bytes, old.created_at) then
    return new;
  end if;
  raise exception '% on blob is refused: a blob is only ever erased', tg_op using errcode = 'restrict_violation';
end $$;
create trigger blob_is_kept before update or delete on blob for each row execute function keep_blob_facts();
