-- AUTH-2, AUTH-3: further copies of a number ask as its line does, each when its signature or seal is kept. Else what was signed
-- or sealed in the minutes of an absence would stand once the person is back and goes on with the copies that are left.
create function copy_under_mandate() returns trigger language plpgsql as $$
declare line record;
begin
  select c.mandate_id, c.officer_id, c.agency_id, c.printed_on, d.kind into line
    from certificate c join dossier d on d.id = c.dossier_id where c.id = new.certificate_id;
  perform require_mandate(line.mandate_id, line.officer_id, line.agency_id, line.printed_on, line.kind);
  perform refuse_absent(line.officer_id, line.printed_on);
  return new;
end $$;
create trigger further_copy_under_mandate before update of person_signed_blob_id on further_copy for each row
  when (new.person_signed_blob_id is not null and new.person_signed_blob_id is distinct from old.person_signed_blob_id)
  execute function copy_under_mandate();
create trigger further_copy_with_clerk_here before update of clerk_id on further_copy for each row
  when (new.clerk_id is not null) execute function clerk_is_here();
