-- The news that a copy lost its value goes to the citizen's e-mail too, as a dispatch like every other. ANNUL-1, DISPATCH-1.
alter table dispatch drop constraint dispatch_what_check,
  add constraint dispatch_what_check check (what in ('copy', 'notice', 'annulled'));

-- One at a time on its way to a citizen, whoever asks for it twice.
create unique index dispatch_of_annulment on dispatch (dossier_id) where what = 'annulled' and ended_at is null;

create or replace function dispatch_only_results() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from dossier d where d.id = new.dossier_id and d.agency_id = new.agency_id
    and case new.what when 'copy' then d.status = 'released'
      when 'annulled' then d.status = 'released' and exists (select 1 from annulment a
        join certificate c on c.id = a.certificate_id where c.dossier_id = d.id)
      else d.status = 'refused' and exists (select 1 from refusal_notice n where n.dossier_id = d.id) end) then
    raise exception 'there is no such result to send' using errcode = 'check_violation';
  end if;
  return new;
end $$;
