-- FEE-7: a line is set aside, or pays: who comes second sees what the first did, under the line's row lock (which a payment takes too).
create function set_line_aside() returns trigger language plpgsql as $$
begin
  perform 1 from statement_line where id = new.line_id for update;
  if exists (select 1 from fee_entry e where e.statement_line_id = new.line_id
      and not exists (select 1 from fee_entry back where back.reverses = e.id)) then
    raise exception 'FEE-7: a line that pays is not set aside' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger line_that_waits before insert on statement_set_aside for each row execute function set_line_aside();

-- The same money in another statement, whose file was laid out another way: same day and sum, and the same reference, or one without
-- any that says the same.
create function squashed_words(words text) returns text language sql immutable as
  $$ select regexp_replace(upper(words), '[^A-Z0-9]', '', 'g') $$;
create function alike_lines(one statement_line, other statement_line) returns boolean language sql immutable as $$
  select one.id <> other.id and one.import_id <> other.import_id
    and case when one.reference <> '' and other.reference <> '' then squashed_words(one.reference) = squashed_words(other.reference)
      else squashed_words(one.content) <> '' and squashed_words(other.content) <> ''
        and (strpos(squashed_words(one.content), squashed_words(other.content)) > 0
          or strpos(squashed_words(other.content), squashed_words(one.content)) > 0) end $$;
create index statement_line_of_money on statement_line (agency_id, day, amount_dong);

-- FEE-5: by two people: who entered an exemption does not use it. Else one person with both duties could waive any fee alone.
create function waive_by_another() returns trigger language plpgsql as $$
begin
  if exists (select 1 from fee_exemption x where x.id = new.exemption_id and x.kept_by = new.person_id) then
    raise exception 'FEE-5: who entered an exemption does not use it' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fee_is_waived_by_another before insert on fee_waiver for each row execute function waive_by_another();

-- What was compared is written with the attestation, in its transaction, and never behind it.
create function attest_field_at_once() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from attestation a where a.dossier_id = new.dossier_id and a.xmin = pg_current_xact_id()::xid) then
    raise exception 'COPY-2: what was compared is told with the attestation' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger field_is_attested_at_once before insert on attested_field for each row execute function attest_field_at_once();

create function choose_form_early() returns trigger language plpgsql as $$
begin
  perform 1 from dossier d join page p on p.dossier_id = d.id
    where p.original_id = new.original_id and p.index_in_original = new.index_in_original and d.status = 'read' for update of d;
  if not found then
    raise exception 'COPY-2: the form of a page is chosen before the original is attested' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger form_is_chosen_early before insert on page_form for each row execute function choose_form_early();

-- The bytes that a copy would have of each page, under its number; as `pagesOf` in db/stores/pages.ts reads them.
create view page_as_chosen as
  select p.dossier_id, row_number() over (partition by p.dossier_id order by o.ordinal, p.index_in_original)::int as number,
    case when s.sha256 is not null and (select f.form from page_form f where f.original_id = p.original_id
        and f.index_in_original = p.index_in_original order by f.id desc limit 1) = 'straightened' then s.sha256 else p.sha256 end as sha256
  from standing_page p join original o on o.id = p.original_id
    left join page_straight s on s.original_id = p.original_id and s.index_in_original = p.index_in_original;

-- COPY-2, but for copies on paper only, which are compared by hand: a page whose form was chosen, or that was left out, in the moment of the attestation is not as it was confirmed: attested so, its
-- dossier could neither be signed nor compared again.
create function attest_what_was_confirmed() returns trigger language plpgsql as $$
begin
  perform 1 from dossier where id = new.dossier_id for update;
  if exists (select 1 from page_as_chosen p join dossier d on d.id = p.dossier_id
      where p.dossier_id = new.dossier_id and not d.on_paper_only and not exists (select 1 from confirmation c
      where c.dossier_id = p.dossier_id and c.page = p.number and c.stream_sha256 = p.sha256)) then
    raise exception 'COPY-2: each page is confirmed as it stands' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger attested_as_confirmed before insert on attestation for each row execute function attest_what_was_confirmed();
