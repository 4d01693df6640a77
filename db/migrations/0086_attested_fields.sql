-- Which of the declared facts the official compared with the original, one by one, with the attestation. Facts do not change
-- once they are attested.
create table attested_field (
  dossier_id uuid not null references attestation (dossier_id),
  field text not null check (field in ('kind', 'title', 'documentNumber', 'holderName', 'issuedBy', 'issuedOn')),
  primary key (dossier_id, field)
);
create trigger attested_field_is_kept before update or delete on attested_field for each row execute function refuse_change();
create trigger attested_fields_are_whole before truncate on attested_field execute function refuse_change();
