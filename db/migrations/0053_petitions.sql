-- What citizens say of the service: one rating a submission, and petitions that are answered within a term. VOICE-1, VOICE-2.

-- That a submission was rated stands apart from what was said: no row of the one leads to a row of the other.
create table rating_given (
  submission_id uuid primary key references submission (id)
);
create table rating (
  id uuid primary key,
  agency_id text not null references agency (id),
  steps integer not null check (steps between 1 and 5),
  reason text check (reason in ('time', 'attitude', 'guidance', 'trips', 'website', 'other')),
  words text check (length(words) between 1 and 500),
  rated_on date not null -- the day only: an hour would tell whose it is
);
create index rating_of_agency on rating (agency_id, rated_on);

create function rate_after_return() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from dossier d where d.submission_id = new.submission_id
    and d.status in ('released', 'refused', 'voided', 'reused')) then
    raise exception 'what has not been returned is not rated' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger rating_after_return before insert on rating_given for each row execute function rate_after_return();
create trigger rating_given_is_kept before update or delete on rating_given for each row execute function refuse_change();
create trigger ratings_given_are_whole before truncate on rating_given execute function refuse_change();
create trigger rating_is_kept before update or delete on rating for each row execute function refuse_change();
create trigger ratings_are_whole before truncate on rating execute function refuse_change();

create table petition (
  id uuid primary key,
  -- running, for officials; the citizen's code is another, of which only a keyed hash is kept
  number bigint generated always as identity unique,
  agency_id text not null references agency (id),
  submission_id uuid references submission (id),
  kind text not null check (kind in ('feedback', 'petition')),
  words text not null check (length(words) between 10 and 2000),
  contact text check (length(contact) between 1 and 200),
  code_hash bytea not null unique check (octet_length(code_hash) = 32),
  form_hash bytea not null unique check (octet_length(form_hash) = 32), -- the same form sent twice is one petition
  received_at timestamptz(0) not null,
  due_at timestamptz(0) not null,
  check (due_at > received_at)
);
create index petition_of_agency on petition (agency_id, due_at);
create function keep_petition() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.contact is not null and new.contact is null
    and to_jsonb(new) - 'contact' = to_jsonb(old) - 'contact' then
    return new; -- the contact goes when its term has passed
  end if;
  raise exception '% on petition is refused: what was said stays', tg_op using errcode = 'restrict_violation';
end $$;
create trigger petition_is_kept before update or delete on petition for each row execute function keep_petition();
create trigger petitions_are_whole before truncate on petition execute function refuse_change();

-- One answer, by a person of the same agency.
create table petition_answer (
  petition_id uuid primary key references petition (id),
  person_id uuid not null references person (id),
  words text not null check (length(words) between 10 and 4000),
  answered_at timestamptz(0) not null
);
create function answer_own_petition() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from petition p join person o on o.id = new.person_id and o.agency_id = p.agency_id
    where p.id = new.petition_id and new.answered_at >= p.received_at) then
    raise exception 'a petition is answered by its own agency' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger petition_answer_of_own before insert on petition_answer for each row execute function answer_own_petition();
create trigger petition_answer_is_kept before update or delete on petition_answer for each row execute function refuse_change();
create trigger petition_answers_are_whole before truncate on petition_answer execute function refuse_change();

-- Who lost the link asks by the code of the slip.
create index submission_by_code on submission (code);
