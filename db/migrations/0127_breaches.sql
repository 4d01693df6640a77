-- DATA-4: a breach of personal data, as an administrator noted it when it was found, and each step that followed: who was told, when.
-- Notes are never changed: what turns out otherwise is a later step. Luật Bảo vệ dữ liệu cá nhân 2025 Art. 23: told within 72 hours.
create table data_breach (
  id uuid primary key,
  agency_id text not null references agency (id),
  found_at timestamptz(0) not null,
  happened text not null check (length(happened) between 10 and 1000),
  concerns text not null check (length(concerns) between 10 and 1000),
  done text not null check (length(done) between 10 and 1000),
  person_id uuid not null references person (id),
  noted_at timestamptz(0) not null,
  check (found_at <= noted_at)
);
create index data_breach_of_agency on data_breach (agency_id, found_at desc);
create trigger data_breach_is_kept before update or delete on data_breach for each row execute function refuse_change();
create trigger data_breaches_are_whole before truncate on data_breach execute function refuse_change();

create table data_breach_step (
  id uuid primary key,
  breach_id uuid not null references data_breach (id),
  what text not null check (what in ('told_authority', 'told_people', 'other')),
  step_at timestamptz(0) not null,
  says text not null check (length(says) between 10 and 1000),
  person_id uuid not null references person (id),
  noted_at timestamptz(0) not null,
  check (step_at <= noted_at)
);
create index data_breach_step_of_breach on data_breach_step (breach_id, step_at);
create function step_of_own_breach() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from data_breach b join person p on p.agency_id = b.agency_id
      where b.id = new.breach_id and p.id = new.person_id and new.step_at >= b.found_at) then
    raise exception 'DATA-4: a step follows what was found, by somebody of that agency' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger breach_step_follows before insert on data_breach_step for each row execute function step_of_own_breach();
create trigger data_breach_step_is_kept before update or delete on data_breach_step for each row execute function refuse_change();
create trigger data_breach_steps_are_whole before truncate on data_breach_step execute function refuse_change();
