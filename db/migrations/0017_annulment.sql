-- TT 01/2020 Art. 7: a copy that was certified against the rules loses its legal value by a decision, which is published.
-- The register line stays `issued` for ever; this row beside it says what became of the copy.
create table annulment (
  certificate_id uuid primary key references certificate (id),
  agency_id text not null references agency (id),
  kind text not null check (kind in ('annulled', 'superseded')),
  decision_number text not null check (length(decision_number) between 1 and 60),
  decision_date date not null,
  decided_by text not null check (length(decided_by) between 1 and 200),
  reason text not null check (length(reason) between 10 and 500),
  successor_id uuid references certificate (id),
  person_id uuid not null references person (id),
  noted_at timestamptz(0) not null,
  check (kind <> 'superseded' or successor_id is not null),
  check (successor_id <> certificate_id)
);
create index annulment_of_agency on annulment (agency_id, decision_date desc);
create trigger annulment_is_kept before update or delete on annulment for each row execute function refuse_change();
create trigger annulments_are_whole before truncate on annulment execute function refuse_change();

-- Only a copy that was issued can lose its value; a number in progress is voided instead.
create function annul_only_issued() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from certificate where id = new.certificate_id and agency_id = new.agency_id and status = 'issued') then
    raise exception 'only an issued copy is annulled' using errcode = 'check_violation';
  end if;
  if new.successor_id is not null
     and not exists (select 1 from certificate where id = new.successor_id and agency_id = new.agency_id and status = 'issued') then
    raise exception 'only an issued copy takes the place of another' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger annulment_of_issued before insert on annulment for each row execute function annul_only_issued();

-- The status list asks for everything that is not in force.
create index certificate_not_issued on certificate (status_index) where status <> 'issued';
