-- PROC-1: the national list has a procedure for originals of Vietnam's agencies and another for those of abroad, or of both together.
-- Papers that were presented before nobody asked about: the first, as nearly all are.
alter table dossier add column procedure text not null default 'vietnamese' check (procedure in ('vietnamese', 'foreign'));

create function keep_procedure() returns trigger language plpgsql as $$
begin
  if new.procedure <> old.procedure then
    raise exception 'PROC-1: the slip that was given says which procedure it is' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger procedure_is_kept before update of procedure on dossier for each row execute function keep_procedure();
