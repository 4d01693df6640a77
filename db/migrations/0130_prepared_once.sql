-- Whole files, one for each preparation, lay until the next day, as often as somebody asked for the same signature again. Of one copy
-- (or notice), act and person one waits: who begins anew lets go of what was prepared before (ADR 0080).
update prepared_signature p set used_at = now()
  where used_at is null and exists (select from prepared_signature later
    where (later.dossier_id, later.act, later.person_id) = (p.dossier_id, p.act, p.person_id) and later.used_at is null
      and later.certificate_id is not distinct from p.certificate_id and (later.prepared_at, later.id) > (p.prepared_at, p.id));
create unique index prepared_signature_waits_once on prepared_signature (dossier_id, act, person_id, coalesce(certificate_id, dossier_id))
  where used_at is null;
