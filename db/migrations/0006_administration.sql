-- What the administrator of an agency sets up, and the line that every such act leaves.

create table admin_event (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  person_id uuid not null references person (id),
  what text not null check (what ~ '^[a-z][a-z0-9_]*$'),
  about text not null default '' check (length(about) <= 400), -- a name, a number of a document; never a secret
  happened_at timestamptz(0) not null default now()
);
create index admin_event_of_agency on admin_event (agency_id, id);
create trigger admin_event_is_kept before update or delete on admin_event for each row execute function refuse_change();
create trigger admin_event_is_whole before truncate on admin_event execute function refuse_change();

-- A password that somebody else has seen opens nothing but the page where it is changed.
alter table person add column password_initial boolean not null default false;

-- On what the right to sign rests, with its dates (LAW 2.1, R3). A certificate's registration ends and is never undone.
alter table credential
  add column authority_from date,
  add column authority_to date,
  add column ended_at timestamptz(0),
  add check (authority_from <= authority_to);
create function keep_credential() returns trigger language plpgsql as $$
begin
  if (new.id, new.agency_id, new.person_id, new.role, new.certificate, new.chain, new.sha256, new.valid_from, new.title_lines,
      new.authority_basis, new.authority_from, new.authority_to, new.pkcs12)
     is distinct from (old.id, old.agency_id, old.person_id, old.role, old.certificate, old.chain, old.sha256, old.valid_from,
      old.title_lines, old.authority_basis, old.authority_from, old.authority_to, old.pkcs12)
     or old.ended_at is not null or new.valid_to > old.valid_to
  then raise exception 'a registered certificate only ever ends' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger credential_only_ends before update on credential for each row execute function keep_credential();
create trigger credential_is_kept before delete on credential for each row execute function refuse_change();

-- Pictures of signatures and of the seal (NĐ 30/2020 Appendix I). The newest counts; older ones stay as history.
create table picture (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  person_id uuid references person (id), -- null: the agency's seal
  blob_id uuid not null references blob (id), -- four bytes a pixel, deflated
  width_px integer not null check (width_px between 1 and 2000),
  height_px integer not null check (height_px between 1 and 2000),
  kept_at timestamptz(0) not null default now()
);
create index picture_of_holder on picture (agency_id, person_id, id);
create trigger picture_is_kept before update or delete on picture for each row execute function refuse_change();

-- A closed book stays closed, with the total that was counted (NĐ 23/2015 Art. 13), and takes no number more.
alter table book
  add column closing_total integer check (closing_total >= 0),
  add check (closing_total is null or closed_at is not null);
create function keep_book() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null
     or (new.id, new.agency_id, new.suffix, new.year, new.ordinal, new.opened_at)
       is distinct from (old.id, old.agency_id, old.suffix, old.year, old.ordinal, old.opened_at)
  then raise exception 'a book is only ever closed, once' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger book_is_only_closed before update on book for each row execute function keep_book();
create trigger book_is_kept before delete on book for each row execute function refuse_change();

-- The lock waits for a closing under way, so that no number slips into a book whose total has been counted.
create function refuse_closed_book() returns trigger language plpgsql as $$
begin
  if (select closed_at is not null from book where id = new.book_id for key share) then
    raise exception 'the book is closed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger number_in_open_book before insert on certificate for each row execute function refuse_closed_book();
