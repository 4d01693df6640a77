-- A notice of refusal waits for a key elsewhere as a copy does; no number is taken for it, so no certificate stands behind it.
alter table prepared_signature alter column certificate_id drop not null;
alter table prepared_signature drop constraint prepared_signature_act_check;
alter table prepared_signature add constraint prepared_signature_act_check check (act in ('sign', 'seal', 'notice'));
alter table prepared_signature add constraint prepared_signature_certificate_check
  check ((act = 'notice') = (certificate_id is null));
