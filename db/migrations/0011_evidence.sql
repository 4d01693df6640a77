-- Long-term evidence, DESIGN decision 6: what is appended behind a sealed copy, which itself never changes.

-- Each form is told by its tail: the bytes after the sealed copy. The newest has the greatest ordinal.
create table evidence_form (
  certificate_id uuid not null references certificate (id),
  ordinal integer not null check (ordinal >= 1),
  blob_id uuid not null references blob (id),
  sha256 text not null, -- of the whole file
  length_bytes integer not null,
  proven_at timestamptz(0) not null, -- by its newest document timestamp
  made_at timestamptz(0) not null default now(),
  primary key (certificate_id, ordinal)
);
create trigger evidence_form_is_kept before update or delete on evidence_form for each row execute function refuse_change();
create trigger evidence_form_is_whole before truncate on evidence_form execute function refuse_change();

-- When the next form is due. `due_since` stays while attempts fail: how long it is overdue is what the operator must know.
create table evidence_plan (
  certificate_id uuid primary key references certificate (id),
  agency_id text not null references agency (id),
  due_since timestamptz(0) not null,
  next_try_at timestamptz(0) not null,
  failures integer not null default 0 check (failures >= 0),
  last_failure text
);
create index evidence_next on evidence_plan (next_try_at);

-- Copies released before this version wait for their evidence too.
insert into evidence_plan (certificate_id, agency_id, due_since, next_try_at)
  select id, agency_id, now(), now() from certificate where status = 'issued';
