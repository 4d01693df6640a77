-- A person on the way to the page of a remote signing service and back (RFC 6749 §4.1, RFC 7636): once, by the person who
-- began it, some minutes at most. State and verifier are made of the service's secret and the visit's id: here lies a hash
-- of the state, so that a copy of the database answers for nobody. The code is forgotten when it is exchanged.
create table remote_visit (
  id uuid primary key,
  prepared_id uuid not null unique references prepared_signature (id),
  person_id uuid not null references person (id),
  state_hash bytea not null unique check (length(state_hash) = 32),
  begun_at timestamptz(0) not null,
  answered_at timestamptz(0),
  code text check (length(code) between 1 and 2048),
  refusal text check (refusal ~ '^[a-z_]{1,40}$'),
  used_at timestamptz(0),
  check (code is null or refusal is null),
  check (answered_at is not null or (code is null and refusal is null and used_at is null))
);
