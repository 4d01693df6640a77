-- Bodies that receive copies, and the keys of their programs.

create table recipient (
  id uuid primary key,
  agency_id text not null references agency (id),
  name text not null check (length(name) between 2 and 200),
  email text not null check (length(email) between 3 and 254),
  domain text check (domain ~ '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$'),
  active boolean not null default true,
  registered_by uuid not null references person (id),
  registered_at timestamptz(0) not null,
  unique (agency_id, name)
);
create function keep_recipient() returns trigger language plpgsql as $$
begin
  if (new.id, new.agency_id, new.registered_by, new.registered_at)
     is distinct from (old.id, old.agency_id, old.registered_by, old.registered_at)
  then raise exception 'who registered a recipient stays' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger recipient_stays_registered before update on recipient for each row execute function keep_recipient();
create trigger recipient_is_kept before delete on recipient for each row execute function refuse_change();

-- Of a key's 256-bit secret only an HMAC under the store's secret is kept: this table opens nothing, here or elsewhere.
create table recipient_key (
  id uuid primary key,
  recipient_id uuid not null references recipient (id),
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  scopes text[] not null check (cardinality(scopes) > 0 and scopes <@ array['verify', 'pull', 'webhooks']),
  replaces uuid unique references recipient_key (id),
  created_by uuid not null references person (id),
  created_at timestamptz(0) not null,
  expires_at timestamptz(0) not null check (created_at < expires_at),
  last_used_at timestamptz(0),
  revoked_at timestamptz(0)
);
create index recipient_key_of_recipient on recipient_key (recipient_id, created_at desc);
-- A rotation with no overlap ends the old key at once, even in the second of its birth: hence revoked, not expired.
create function keep_recipient_key() returns trigger language plpgsql as $$
begin
  if (new.id, new.recipient_id, new.secret_hash, new.scopes, new.replaces, new.created_by, new.created_at)
     is distinct from (old.id, old.recipient_id, old.secret_hash, old.scopes, old.replaces, old.created_by, old.created_at)
     or new.expires_at > old.expires_at
     or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at)
  then raise exception 'a key only ever ends' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger recipient_key_only_ends before update on recipient_key for each row execute function keep_recipient_key();
create trigger recipient_key_is_kept before delete on recipient_key for each row execute function refuse_change();
