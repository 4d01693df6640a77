-- The citizen's leave for one recipient to take one copy for one procedure, and every use that was made of it.

create table copy_grant (
  id uuid primary key,
  certificate_id uuid not null references certificate (id),
  agency_id text not null references agency (id),
  recipient_id uuid references recipient (id),
  -- what the recipient is called in the citizen's eyes: also of a registered one, as it was called then
  recipient_name text not null check (length(recipient_name) between 2 and 300),
  procedure text not null check (length(procedure) between 2 and 200),
  pages integer[] check (cardinality(pages) between 1 and 2000), -- null: the whole copy
  uses integer not null check (uses between 1 and 10),
  secret_hash bytea unique check (octet_length(secret_hash) = 32), -- null where it was handed over at a counter: there is no link
  made_at timestamptz(0) not null,
  expires_at timestamptz(0) not null,
  revoked_at timestamptz(0),
  check (expires_at > made_at and expires_at <= made_at + interval '30 days'),
  check (secret_hash is not null or recipient_id is not null)
);
create index copy_grant_of_copy on copy_grant (certificate_id, made_at);
create index copy_grant_of_recipient on copy_grant (recipient_id, made_at) where recipient_id is not null;

create function keep_grant() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.revoked_at is null and new.revoked_at is not null
    and (to_jsonb(new) - 'revoked_at') = (to_jsonb(old) - 'revoked_at') then
    return new;
  end if;
  raise exception '% on copy_grant is refused: a grant is only ever revoked', tg_op using errcode = 'restrict_violation';
end $$;
create trigger copy_grant_is_kept before update or delete on copy_grant for each row execute function keep_grant();
create trigger copy_grants_are_whole before truncate on copy_grant execute function refuse_change();

create table grant_opening (
  id uuid primary key,
  grant_id uuid not null references copy_grant (id),
  ordinal integer not null check (ordinal >= 1),
  opened_at timestamptz(0) not null,
  proof text not null check (proof in ('key', 'code', 'confirmation')),
  recipient_id uuid references recipient (id),
  opened_by text not null,
  unique (grant_id, ordinal),
  -- the citizen confirmed who stood there: no recipient was proven
  check ((proof = 'confirmation') = (recipient_id is null))
);
create trigger grant_opening_is_kept before update or delete on grant_opening for each row execute function refuse_change();
create trigger grant_openings_are_whole before truncate on grant_opening execute function refuse_change();

create function open_within_grant() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from copy_grant g where g.id = new.grant_id and new.ordinal <= g.uses and g.revoked_at is null
    and new.opened_at < g.expires_at and (new.recipient_id is null or new.recipient_id = g.recipient_id)) then
    raise exception 'the grant does not allow this opening' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger grant_opening_is_allowed before insert on grant_opening for each row execute function open_within_grant();

-- The audit trail of a grant: what was asked of it, and what was refused.
create table grant_event (
  id bigint generated always as identity primary key,
  grant_id uuid not null references copy_grant (id),
  what text not null check (what ~ '^[a-z_]{1,40}$'),
  happened_at timestamptz(0) not null
);
create index grant_event_of_grant on grant_event (grant_id, id);
create trigger grant_event_is_kept before update or delete on grant_event for each row execute function refuse_change();
create trigger grant_events_are_whole before truncate on grant_event execute function refuse_change();

-- Somebody at a counter asks the citizen to confirm it; the number to compare follows from the id and a secret outside.
create table counter_request (
  id uuid primary key,
  grant_id uuid not null references copy_grant (id),
  asked_at timestamptz(0) not null,
  expires_at timestamptz(0) not null,
  confirmed_at timestamptz(0),
  opening_id uuid unique references grant_opening (id),
  check (opening_id is null or confirmed_at is not null)
);
create index counter_request_of_grant on counter_request (grant_id, expires_at);

-- A code sent to a recipient's registered address; the digits follow from the id and a secret outside.
create table recipient_code (
  id uuid primary key,
  recipient_id uuid not null references recipient (id),
  sent_at timestamptz(0) not null,
  expires_at timestamptz(0) not null,
  tries integer not null default 0 check (tries between 0 and 5),
  spent_at timestamptz(0)
);
create index recipient_code_age on recipient_code (expires_at);

-- Who proved itself for a while without an account: a citizen by the digits, a recipient by a code, a counter by the citizen.
create table guest_session (
  id_hash bytea primary key check (octet_length(id_hash) = 32),
  dossier_id uuid references dossier (id),
  recipient_id uuid references recipient (id),
  counter_request_id uuid references counter_request (id),
  created_at timestamptz(0) not null,
  expires_at timestamptz(0) not null,
  check (num_nonnulls(dossier_id, recipient_id, counter_request_id) = 1)
);
create index guest_session_expiry on guest_session (expires_at);

-- Mail to recipients. None fails in silence: a row is waiting, sent or failed, and says why.
create table outbox_mail (
  id uuid primary key,
  kind text not null check (kind ~ '^[a-z_]{1,40}$'),
  recipient_id uuid not null references recipient (id),
  subject uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  last_error text check (last_error ~ '^[a-z][a-z0-9_]{0,63}$'),
  made_at timestamptz(0) not null,
  ended_at timestamptz(0),
  check ((state = 'waiting') = (ended_at is null))
);
create index outbox_mail_not_sent on outbox_mail (made_at) where state <> 'sent';
