-- One-stop desks of an agency, who works at which, and at which a submission was received. The newest post of a person counts.

create table reception (
  id uuid primary key,
  agency_id text not null references agency (id),
  name text not null check (length(name) between 2 and 120),
  place text not null check (length(place) between 2 and 200),
  opened_at timestamptz(0) not null,
  ended_at timestamptz(0)
);
create index reception_of_agency on reception (agency_id);
create function keep_reception() returns trigger language plpgsql as $$
begin
  if old.ended_at is not null or to_jsonb(new) - 'ended_at' <> to_jsonb(old) - 'ended_at' then
    raise exception 'a desk only ever ends' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger reception_only_ends before update on reception for each row execute function keep_reception();
create trigger reception_is_kept before delete on reception for each row execute function refuse_change();
create trigger receptions_are_whole before truncate on reception execute function refuse_change();

create table reception_post (
  id bigint generated always as identity primary key,
  person_id uuid not null references person (id),
  reception_id uuid references reception (id), -- null: at none from now on
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null
);
create index reception_post_newest on reception_post (person_id, id desc);
create trigger reception_post_is_kept before update or delete on reception_post for each row execute function refuse_change();
create trigger reception_posts_are_whole before truncate on reception_post execute function refuse_change();
create function post_in_own_agency() returns trigger language plpgsql as $$
begin
  if new.reception_id is not null and not exists (select 1 from reception r join person p on p.agency_id = r.agency_id
      where r.id = new.reception_id and r.ended_at is null and p.id = new.person_id) then
    raise exception 'a person works at a desk of the own agency that has not ended' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger post_is_in_own_agency before insert on reception_post for each row execute function post_in_own_agency();

-- Whoever opens a submission, by page or program: it was received where that person works then, and that stays.
alter table submission add column reception_id uuid references reception (id);
create function note_reception() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    new.reception_id := old.reception_id;
  else
    select r.id into new.reception_id from (select reception_id from reception_post where person_id = new.opened_by
      order by id desc limit 1) p join reception r on r.id = p.reception_id and r.ended_at is null and r.agency_id = new.agency_id;
  end if;
  return new;
end $$;
create trigger submission_notes_reception before insert or update of reception_id on submission
  for each row execute function note_reception();
