-- Finding a dossier among those of its own agency takes as long in a store of a country as in that of a commune: what is looked through
-- stands in an index, an agency's dossiers side by side and in the order of the answer. What stands here follows from
-- dossiers and submissions by triggers, and can be made anew from them. ADR 0083
create table dossier_search (
  dossier_id uuid primary key references dossier (id),
  agency_id text not null references agency (id),
  first_at timestamptz(0) not null, -- when the first paper of the submission was opened: its papers stand together in an answer
  submission_id uuid not null,
  ordinal integer not null,
  plain text not null
) with (autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 5000); -- an index alone answers for rows that a vacuum has seen

create function index_dossier(dossier uuid) returns void language sql as $$
  insert into dossier_search (dossier_id, agency_id, first_at, submission_id, ordinal, plain)
  select d.id, d.agency_id, (select min(o.opened_at) from dossier o where o.submission_id = d.submission_id), d.submission_id, d.ordinal_in_submission,
    plain_text(d.id::text || ' ' || d.applicant_name || ' ' || d.holder_name || ' ' || d.kind || ' ' || d.title || ' ' ||
      coalesce(d.document_number, '') || ' ' || coalesce(d.issued_by, '') || ' ' || coalesce(d.contact, '') || ' ' || s.code)
  from dossier d join submission s on s.id = d.submission_id where d.id = dossier
  on conflict (dossier_id) do update set agency_id = excluded.agency_id, first_at = excluded.first_at, plain = excluded.plain;
$$;

-- A clock that was put back may make a later paper the first one: then the papers before it move too.
create function dossier_is_found() returns trigger language plpgsql as $$
begin
  perform index_dossier(new.id);
  update dossier_search o set first_at = mine.first_at from dossier_search mine
    where mine.dossier_id = new.id and o.first_at <> mine.first_at
      and o.dossier_id in (select id from dossier where submission_id = new.submission_id);
  return null;
end $$;
create trigger dossier_is_found after insert or update of agency_id, opened_at, applicant_name, holder_name, kind, title, document_number, issued_by, contact on dossier
  for each row execute function dossier_is_found();

select index_dossier(id) from dossier;

-- A row of an index holds 2,704 bytes at most; whoever wrote more is looked up in the table.
create index dossier_search_in_order on dossier_search (agency_id, first_at desc, submission_id, ordinal) include (dossier_id, plain)
  where octet_length(plain) <= 2000;
create index dossier_search_long on dossier_search (agency_id, first_at desc, submission_id, ordinal) where octet_length(plain) > 2000;

alter table dossier drop column search_text;
