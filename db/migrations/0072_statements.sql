-- Bank statements that fees are reconciled with (ADR 0061). A line is kept once, however often its file comes, and is never
-- changed; that it pays a fee is an entry that names it.

create table statement_columns (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  day text not null check (length(day) <= 100),
  amount text not null check (length(amount) <= 100),
  content text not null check (length(content) <= 100),
  reference text not null check (length(reference) <= 100),
  kept_at timestamptz(0) not null
);
create trigger statement_columns_are_kept before update or delete on statement_columns for each row execute function refuse_change();
create trigger statement_columns_are_whole before truncate on statement_columns execute function refuse_change();

create table statement_import (
  id uuid primary key,
  agency_id text not null references agency (id),
  incoming integer not null check (incoming >= 0), -- lines of money coming in, in the file
  added integer not null check (added between 0 and incoming), -- of them, those that were not known
  outgoing integer not null check (outgoing >= 0),
  unread integer[] not null, -- lines of the file whose sum could not be read
  person_id uuid not null references person (id),
  imported_at timestamptz(0) not null
);
create index statement_import_of_agency on statement_import (agency_id, imported_at desc);
create trigger statement_import_is_kept before update or delete on statement_import for each row execute function refuse_change();
create trigger statement_imports_are_whole before truncate on statement_import execute function refuse_change();

create table statement_line (
  id uuid primary key,
  agency_id text not null references agency (id),
  import_id uuid not null references statement_import (id),
  ordinal integer not null check (ordinal >= 1),
  digest bytea not null, -- of day, sum, content, reference, and which of several alike in a file it is
  day date not null,
  amount_dong bigint not null check (amount_dong > 0),
  content text not null check (length(content) <= 500),
  reference text not null check (length(reference) <= 100),
  unique (agency_id, digest),
  unique (import_id, ordinal)
);
create trigger statement_line_is_kept before update or delete on statement_line for each row execute function refuse_change();
create trigger statement_lines_are_whole before truncate on statement_line execute function refuse_change();

-- No fee, or money to be sent back: a person said so, and why.
create table statement_set_aside (
  line_id uuid primary key references statement_line (id),
  reason text not null check (length(reason) between 10 and 1000),
  person_id uuid not null references person (id),
  set_aside_at timestamptz(0) not null
);
create trigger statement_set_aside_is_kept before update or delete on statement_set_aside for each row execute function refuse_change();
create trigger statement_set_asides_are_whole before truncate on statement_set_aside execute function refuse_change();

alter table fee_entry add column statement_line_id uuid references statement_line (id);
create index fee_entry_of_line on fee_entry (statement_line_id) where statement_line_id is not null;

-- FEE-7: a line pays once while its payment stands, by transfer, at its own agency, and no more than came in.
create function pay_by_line() returns trigger language plpgsql as $$
begin
  if new.statement_line_id is null then return new; end if;
  perform 1 from statement_line l where l.id = new.statement_line_id and l.agency_id = new.agency_id
    and new.way = 'transfer' and new.kind = 'payment' and new.amount_dong <= l.amount_dong for update;
  if not found then
    raise exception 'a line of a statement pays by transfer, and no more than came in' using errcode = 'check_violation';
  end if;
  if exists (select 1 from fee_entry e where e.statement_line_id = new.statement_line_id
      and not exists (select 1 from fee_entry back where back.reverses = e.id)) then
    raise exception 'a line of a statement pays once' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger fee_of_line before insert on fee_entry for each row execute function pay_by_line();

-- What a transfer says, to find the dossier by (`purposeOf` in src/core/vietqr.ts).
create function squashed_code(code text) returns text language sql immutable as
  $$ select right(replace(replace(code, '.', ''), '-', ''), 22) $$;
create index submission_by_transfer on submission (agency_id, squashed_code(code));
create index submission_of_time on submission (agency_id, opened_at);
