-- Who cannot read, is old, or speaks another language is helped at the counter; that, by whom, and that the text was read aloud is told once.
alter table submission
  add column help_reason text check (help_reason in ('cannot_read', 'old_age', 'disability', 'minority_language', 'other')),
  add column helped_by text check (length(helped_by) between 1 and 200),
  add column read_aloud boolean not null default false,
  add constraint help_is_whole check ((help_reason is null) = (helped_by is null) and (help_reason is not null or not read_aloud));

create or replace function keep_submission() returns trigger language plpgsql as $$
begin
  if (new.id, new.agency_id, new.code, new.channel, new.identity_kind, new.identity_digits_hash, new.opened_by, new.opened_at,
      new.help_reason, new.helped_by, new.read_aloud)
     is distinct from (old.id, old.agency_id, old.code, old.channel, old.identity_kind, old.identity_digits_hash, old.opened_by, old.opened_at,
      old.help_reason, old.helped_by, old.read_aloud)
  then raise exception 'of a submission only the link is renewed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
