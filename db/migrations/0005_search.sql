-- Finding a dossier by anything that is known of it, with or without tones.

-- Vietnamese in plain small letters: marks fall off, đ becomes d. Marks first: `lower` knows only ASCII under some locales.
create function plain_text(shown text) returns text language sql immutable strict parallel safe
  return lower(translate(regexp_replace(normalize(shown, nfd), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dd'));

-- Generated, so that it can never say anything else than the dossier does.
alter table dossier add column search_text text not null generated always as (plain_text(
  id::text || ' ' || applicant_name || ' ' || holder_name || ' ' || kind || ' ' || title || ' ' ||
  coalesce(document_number, '') || ' ' || coalesce(issued_by, '') || ' ' || coalesce(contact, ''))) stored;

create index dossier_newest on dossier (agency_id, opened_at desc, id);
create index certificate_of_day on certificate (agency_id, suffix, printed_on, number);
