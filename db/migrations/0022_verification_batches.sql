-- Up to a thousand copies that a recipient asks about in one call. What was asked lies encrypted in a blob, since a
-- verification code opens a record; the answers are facts that any holder of those codes may read, and go after a week.
create table verification_batch (
  id uuid primary key,
  recipient_id uuid not null references recipient (id),
  -- the caller's Idempotency-Key under the store's keyed hash, and the digest of what came with it
  idempotency_hash bytea check (octet_length(idempotency_hash) = 32),
  request_sha256 text not null check (request_sha256 ~ '^[0-9a-f]{64}$'),
  blob_id uuid not null references blob (id),
  total integer not null check (total between 1 and 1000),
  created_at timestamptz(0) not null,
  finished_at timestamptz(0),
  unique (recipient_id, idempotency_hash)
);
create index verification_batch_by_age on verification_batch (created_at);

create table verification_result (
  batch_id uuid not null references verification_batch (id) on delete cascade,
  ordinal integer not null check (ordinal between 0 and 999),
  result jsonb not null,
  primary key (batch_id, ordinal)
);
