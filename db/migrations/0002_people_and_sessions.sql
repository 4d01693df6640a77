-- Who may do what, who is signed in, and who has tried too often. DESIGN decision 9: a person, not an account, is the unit.

create table agency (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null check (name <> ''),
  province text not null check (province <> ''),
  code text not null unique check (code <> ''),
  development boolean not null,
  created_at timestamptz(0) not null
);

create table person (
  id uuid primary key,
  agency_id text not null references agency (id),
  -- lower case only: `Lan` and `lan` must be one line here and one counter in `throttle`
  user_name text not null unique check (user_name ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
  full_name text not null check (full_name <> ''),
  password_hash text not null check (password_hash like '$argon2id$%'),
  active boolean not null default true,
  created_at timestamptz(0) not null
);
create index person_of_agency on person (agency_id);

create table person_role (
  person_id uuid not null references person (id),
  role text not null check (role in ('receiver', 'comparer', 'signer', 'clerk', 'administrator')),
  primary key (person_id, role)
);

-- A stolen copy of this table opens no session: the token itself is only in the cookie.
create table session (
  id_hash bytea primary key check (octet_length(id_hash) = 32),
  person_id uuid not null references person (id),
  created_at timestamptz(0) not null,
  expires_at timestamptz(0) not null,
  last_seen timestamptz(0) not null,
  check (created_at < expires_at)
);
create index session_of_person on session (person_id);
create index session_expiry on session (expires_at);

-- Attempts counted per user name and per address. The key is an HMAC that changes every day: no address, no name.
create table throttle (
  key_hash bytea primary key check (octet_length(key_hash) = 32),
  window_start timestamptz(0) not null,
  count integer not null check (count >= 0),
  blocked_until timestamptz(0)
);
create index throttle_age on throttle (window_start);
