-- What a holder may ask besides data and erasing: that something be put right, that officials no longer look at the content,
-- and that they may again. One extension of a term, told with its reason. DATA-3.
alter table data_request drop constraint data_request_kind_check;
alter table data_request add constraint data_request_kind_check
  check (kind in ('export', 'erase', 'erase_all', 'correct', 'restrict', 'lift'));
alter table data_answer add column outcome text check (outcome in ('done', 'declined')); -- of corrections and restrictions

-- In the holder's words and the administrator's. Apart, since they go with the contact while request and answer stay.
create table data_request_words (
  request_id uuid primary key references data_request (id),
  asked text not null check (length(asked) between 10 and 1000),
  answered text check (length(answered) between 10 and 1000)
);
create function keep_request_words() returns trigger language plpgsql as $$
begin
  if old.answered is null and new.answered is not null and new.asked = old.asked and new.request_id = old.request_id then
    return new;
  end if;
  raise exception '% on data_request_words is refused: words are answered once', tg_op using errcode = 'restrict_violation';
end $$;
create trigger data_request_words_are_kept before update on data_request_words for each row execute function keep_request_words();

create table data_extension (
  request_id uuid primary key references data_request (id), -- one a request
  person_id uuid not null references person (id),
  reason text not null check (length(reason) between 10 and 500),
  due_at timestamptz(0) not null,
  extended_at timestamptz(0) not null
);
create function extend_once_in_time() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from data_request r where r.id = new.request_id and new.extended_at <= r.due_at and new.due_at > r.due_at)
    or exists (select 1 from data_answer a where a.request_id = new.request_id) then
    raise exception 'a term is extended before it ends, while nothing is answered' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger data_extension_is_timely before insert on data_extension for each row execute function extend_once_in_time();
create trigger data_extension_is_kept before update or delete on data_extension for each row execute function refuse_change();
create trigger data_extensions_are_whole before truncate on data_extension execute function refuse_change();

create table data_restriction (
  request_id uuid primary key references data_request (id),
  dossier_id uuid not null references dossier (id),
  since timestamptz(0) not null,
  lifted_at timestamptz(0)
);
create unique index data_restriction_in_force on data_restriction (dossier_id) where lifted_at is null;
create function keep_restriction() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.lifted_at is null and new.lifted_at is not null
    and (to_jsonb(new) - 'lifted_at') = (to_jsonb(old) - 'lifted_at') then
    return new;
  end if;
  raise exception '% on data_restriction is refused: a restriction is only ever lifted', tg_op using errcode = 'restrict_violation';
end $$;
create trigger data_restriction_is_kept before update or delete on data_restriction for each row execute function keep_restriction();
create trigger data_restrictions_are_whole before truncate on data_restriction execute function refuse_change();
