-- Where recipients' programs are told what became of copies that they received, and each telling of it.

create table webhook_endpoint (
  id uuid primary key,
  recipient_id uuid not null references recipient (id),
  url text not null check (length(url) between 8 and 500),
  -- the signing secret follows from this and a secret outside: this table signs nothing, here or elsewhere
  secret_salt bytea not null check (octet_length(secret_salt) = 32),
  previous_salt bytea check (octet_length(previous_salt) = 32),
  previous_until timestamptz(0),
  created_at timestamptz(0) not null,
  deleted_at timestamptz(0),
  check ((previous_salt is null) = (previous_until is null))
);
create index webhook_endpoint_of_recipient on webhook_endpoint (recipient_id) where deleted_at is null;

create table webhook_delivery (
  id uuid primary key,
  sequence bigint generated always as identity unique,
  endpoint_id uuid not null references webhook_endpoint (id),
  certificate_id uuid not null references certificate (id),
  event_id uuid not null,
  type text not null check (type in ('copy.annulled', 'copy.superseded', 'copy.delivered')),
  payload text not null check (length(payload) between 2 and 4000), -- byte for byte what is signed, so that a replay is the same
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0 check (attempts >= 0),
  next_try_at timestamptz(0),
  last_status integer check (last_status between 100 and 999),
  last_error text check (last_error ~ '^[a-z][a-z0-9_]{0,63}$'),
  created_at timestamptz(0) not null,
  ended_at timestamptz(0),
  unique (endpoint_id, event_id),
  check ((state = 'waiting') = (ended_at is null)),
  check ((state = 'waiting') = (next_try_at is not null))
);
create index webhook_delivery_waiting on webhook_delivery (endpoint_id, certificate_id, sequence) where state = 'waiting';
create index webhook_delivery_by_age on webhook_delivery (created_at);
