-- What the counter writes down besides: paper copies are charged and registered apart, so only their count is kept here.
alter table dossier
  add column identity_kind text check (identity_kind in ('identity_card', 'electronic_identity', 'passport', 'other')),
  add column paper_copies integer not null default 0 check (paper_copies between 0 and 1000);

-- What an official should look at on a page (ocr/pages.ts, PageWarning); none of it refuses.
alter table page add column warnings text[] not null default '{}';
