-- What is signed elsewhere may be a further copy of a number (COPIES-1, ADR 0080): a row that is named is a copy of its dossier.
alter table prepared_signature drop constraint prepared_signature_certificate_id_fkey;
create function prepared_for_a_copy() returns trigger language plpgsql as $$
begin
  if new.certificate_id is not null and not exists (
    select from certified_copy where id = new.certificate_id and dossier_id = new.dossier_id) then
    raise exception 'what is prepared is a copy of its dossier' using errcode = 'foreign_key_violation';
  end if;
  return new;
end $$;
create trigger prepared_signature_of_copy before insert or update of certificate_id, dossier_id on prepared_signature
  for each row execute function prepared_for_a_copy();
