-- Copies that a citizen handed over at a counter: one act, one recipient, one procedure, a grant for each copy.
create table handover (
  id uuid primary key,
  recipient_id uuid not null references recipient (id),
  procedure text not null check (length(procedure) between 2 and 200),
  handed_at timestamptz(0) not null
);
create index handover_of_recipient on handover (recipient_id, handed_at desc);
create trigger handover_is_kept before update or delete on handover for each row execute function refuse_change();
create trigger handovers_are_whole before truncate on handover execute function refuse_change();

alter table copy_grant add column handover_id uuid references handover (id);
create index copy_grant_of_handover on copy_grant (handover_id) where handover_id is not null;
