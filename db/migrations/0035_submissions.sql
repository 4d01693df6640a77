-- What one applicant presents at one time: one code, one secret link, one pair of digits; each of its papers keeps a way
-- and a number of its own (TT 01/2020 Art. 4(1)). ADR 0057.

-- One serial an agency and day; its row lock makes each code once. A gap does no harm: a code is no number of a register.
create table dossier_code_series (
  agency_id text not null references agency (id),
  day date not null,
  last_serial integer not null check (last_serial between 1 and 999999),
  primary key (agency_id, day)
);

create table submission (
  id uuid primary key,
  agency_id text not null references agency (id),
  code text not null check (code ~ '^([0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?[A-Z][0-9]{2}(\.[0-9]{1,3})*-[0-9]{6}-[0-9]{4,6}$'),
  channel text not null check (channel in ('counter', 'post', 'portal', 'vneid')),
  identity_kind text check (identity_kind in ('identity_card', 'electronic_identity', 'passport', 'other')),
  identity_digits_hash bytea not null,
  secret_hash bytea not null unique,
  secret_expires_at timestamptz(0) not null,
  opened_by uuid not null references person (id),
  opened_at timestamptz(0) not null,
  unique (agency_id, code)
);

-- Every dossier that stands is a submission of its own, under its own id: its digits are hashed under that.
insert into submission (id, agency_id, code, channel, identity_kind, identity_digits_hash, secret_hash, secret_expires_at,
  opened_by, opened_at)
select id, agency_id,
  case when prefix ~ '^([0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?[A-Z][0-9]{2}(\.[0-9]{1,3})*$' then prefix else 'H00' end
    || to_char(day, '-YYMMDD-') || lpad(serial::text, greatest(4, length(serial::text)), '0'),
  'counter', identity_kind, identity_digits_hash, secret_hash, secret_expires_at, opened_by, opened_at
from (select d.*, a.code as prefix, local.day, row_number() over (partition by d.agency_id, local.day order by opened_at, d.id) as serial
  from dossier d join agency a on a.id = d.agency_id,
    lateral (select (d.opened_at at time zone 'Asia/Ho_Chi_Minh')::date as day) local) standing;
insert into dossier_code_series (agency_id, day, last_serial)
  select agency_id, (opened_at at time zone 'Asia/Ho_Chi_Minh')::date, count(*) from submission group by 1, 2;

alter table dossier
  add column submission_id uuid references submission (id),
  add column ordinal_in_submission integer not null default 1 check (ordinal_in_submission between 1 and 200),
  add column form_id uuid; -- the form that opened it: the same one sent twice opens one dossier
update dossier set submission_id = id;
alter table dossier
  alter column submission_id set not null,
  alter column ordinal_in_submission drop default,
  add constraint place_in_submission unique (submission_id, ordinal_in_submission),
  add constraint dossier_of_form unique (opened_by, form_id),
  drop column identity_kind,
  drop column identity_digits_hash,
  drop column secret_hash,
  drop column secret_expires_at;

create function keep_submission() returns trigger language plpgsql as $$
begin
  if (new.id, new.agency_id, new.code, new.channel, new.identity_kind, new.identity_digits_hash, new.opened_by, new.opened_at)
     is distinct from (old.id, old.agency_id, old.code, old.channel, old.identity_kind, old.identity_digits_hash, old.opened_by, old.opened_at)
  then raise exception 'of a submission only the link is renewed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger submission_stays before update on submission for each row execute function keep_submission();
create trigger submission_is_kept before delete on submission for each row execute function refuse_change();
create trigger submission_is_whole before truncate on submission execute function refuse_change();

-- DOS-1: whoever opens the link sees every paper of it, so all are of one applicant, at one agency, of one day.
create function join_submission() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from submission s where s.id = new.submission_id and s.agency_id = new.agency_id
      and (s.opened_at at time zone 'Asia/Ho_Chi_Minh')::date = (new.opened_at at time zone 'Asia/Ho_Chi_Minh')::date) then
    raise exception 'a paper joins a submission of its own agency and day' using errcode = 'check_violation';
  end if;
  if exists (select 1 from dossier d where d.submission_id = new.submission_id and d.applicant_name <> new.applicant_name) then
    raise exception 'the papers of a submission have one applicant' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger dossier_joins before insert on dossier for each row execute function join_submission();

create function keep_place_in_submission() returns trigger language plpgsql as $$
begin
  if (new.submission_id, new.ordinal_in_submission, new.applicant_name, new.form_id)
     is distinct from (old.submission_id, old.ordinal_in_submission, old.applicant_name, old.form_id) then
    raise exception 'a paper stays in its submission' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger dossier_stays_in_submission before update on dossier for each row execute function keep_place_in_submission();
