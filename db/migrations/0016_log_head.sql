-- What must survive so that the log is never forked (ADR 0034).

-- The newest tree that this store ever promised, written before its checkpoint is signed. A public folder from an old
-- backup is told from a database from an old backup by it.
create table log_head (
  single boolean primary key default true check (single),
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  promised_at timestamptz(0) not null default now()
);

create function keep_log_head() returns trigger language plpgsql as $$
begin
  if new.size < old.size or (new.size = old.size and new.root <> old.root) then
    raise exception 'the log has promised % leaves before', old.size using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger log_head_never_falls before update on log_head for each row execute function keep_log_head();
create trigger log_head_is_kept before delete on log_head for each row execute function refuse_change();
create trigger log_head_is_whole before truncate on log_head execute function refuse_change();

-- Leaves taken back from published tiles after a restore. A leaf whose register line was lost names neither line nor book.
alter table log_entry add column rebuilt boolean not null default false;
alter table log_entry alter column book_id drop not null;
alter table log_entry add constraint log_entry_has_book check (book_id is not null or rebuilt);

-- A number that the public log holds already is neither sealed nor voided a second time, whatever the old line says.
create function keep_rebuilt_numbers() returns trigger language plpgsql as $$
begin
  if exists (select from log_entry where certificate_id = new.id and rebuilt and event in ('issued', 'voided')
      and event <> new.status)
    and (new.status <> old.status or new.sealed_blob_id is distinct from old.sealed_blob_id) then
    raise exception 'number % stands in the public log since before the restore', new.number
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger rebuilt_number_is_kept before update on certificate for each row execute function keep_rebuilt_numbers();
