-- The result goes to the citizen: by e-mail, and into the own store at the portal. NĐ 45/2020 Art. 10(3), last step. DISPATCH-1.

-- Where to, for all papers presented together; the citizen's own, so it goes with the contact (KEEP-1). The number of the account at the portal lies encrypted.
create table dispatch_address (
  submission_id uuid primary key references submission (id),
  email text check (length(email) between 6 and 254 and email ~ '^[!-?A-~]+@[!-?A-~]+$'),
  account_blob_id uuid references blob (id),
  given_by uuid references person (id), -- null: the citizen, by the own link
  given_at timestamptz(0) not null
);

-- One sending of one result by one way. None fails in silence: what did not arrive says why, and stands on a list.
create table dispatch (
  id uuid primary key,
  dossier_id uuid not null references dossier (id),
  agency_id text not null references agency (id),
  way text not null check (way in ('email', 'store')),
  what text not null check (what in ('copy', 'notice')),
  state text not null default 'waiting'
    check (state in ('waiting', 'deferred', 'sent', 'refused', 'given_up', 'withdrawn')),
  attempts integer not null default 0 check (attempts >= 0),
  reason text check (reason ~ '^[a-z][a-z0-9_]{0,63}$'),
  next_try_at timestamptz(0),
  -- of the link in the letter, which follows from this row's id, the citizen's link and a secret outside
  link_hash bytea unique check (octet_length(link_hash) = 32),
  made_at timestamptz(0) not null,
  ended_at timestamptz(0),
  check ((state in ('waiting', 'deferred')) = (ended_at is null)),
  check ((ended_at is null) = (next_try_at is not null)),
  check (state <> 'deferred' or reason is not null),
  check (state not in ('refused', 'given_up') or reason is not null),
  check (way = 'email' or what = 'copy')
);
create index dispatch_of_dossier on dispatch (dossier_id, made_at);
create index dispatch_not_arrived on dispatch (agency_id, made_at) where state in ('deferred', 'refused', 'given_up');
create index dispatch_under_way on dispatch (next_try_at) where ended_at is null;

create index certificate_released on certificate (agency_id, released_at) where status = 'issued';

create function keep_dispatch() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.id, old.dossier_id, old.agency_id, old.way, old.what, old.made_at)
      = (new.id, new.dossier_id, new.agency_id, new.way, new.what, new.made_at)
    and (old.ended_at is null or (to_jsonb(new) - 'link_hash' = to_jsonb(old) - 'link_hash' and new.link_hash is null))
    and new.attempts >= old.attempts then
    return new;
  end if;
  raise exception '% on dispatch is refused: what ended stays as it ended', tg_op using errcode = 'restrict_violation';
end $$;
create trigger dispatch_is_kept before update or delete on dispatch for each row execute function keep_dispatch();
create trigger dispatches_are_whole before truncate on dispatch execute function refuse_change();

-- Nothing goes out before there is something to send.
create function dispatch_only_results() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from dossier d where d.id = new.dossier_id and d.agency_id = new.agency_id
    and case new.what when 'copy' then d.status = 'released'
      else d.status = 'refused' and exists (select 1 from refusal_notice n where n.dossier_id = d.id) end) then
    raise exception 'there is no such result to send' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger dispatch_of_result before insert on dispatch for each row execute function dispatch_only_results();

-- No way worked, or none was given, and an official reached the citizen otherwise.
create table dispatch_settling (
  id bigint generated always as identity primary key,
  dossier_id uuid not null references dossier (id),
  person_id uuid not null references person (id),
  how text not null check (how in ('called', 'handed_over', 'not_reached')),
  settled_at timestamptz(0) not null
);
create index dispatch_settling_of_dossier on dispatch_settling (dossier_id, settled_at);
create trigger dispatch_settling_is_kept before update or delete on dispatch_settling for each row execute function refuse_change();
create trigger dispatch_settlings_are_whole before truncate on dispatch_settling execute function refuse_change();

-- Whether an agency's letters carry the copy itself, and up to which size: the newest line counts, without one they carry
-- a link only.
create table dispatch_policy (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  attaches boolean not null,
  most_bytes integer not null check (most_bytes between 100000 and 20000000),
  set_at timestamptz(0) not null
);
create trigger dispatch_policy_is_kept before update or delete on dispatch_policy for each row execute function refuse_change();
create trigger dispatch_policies_are_whole before truncate on dispatch_policy execute function refuse_change();

-- The number of the account goes when the contact goes.
create or replace view personal_blob as
  select dossier_id, 'scan' as part, blob_id from original
  union all select dossier_id, 'scan', blob_id from page
  union all select dossier_id, 'scan', words_blob_id from page where words_blob_id is not null
  union all select p.dossier_id, 'scan', w.blob_id from page_words w join page p using (original_id, index_in_original)
  union all select p.dossier_id, 'scan', w.straight_blob_id from page_words w
    join page p using (original_id, index_in_original) where w.straight_blob_id is not null
  union all select p.dossier_id, 'scan', s.blob_id from page_straight s join page p using (original_id, index_in_original)
  union all select dossier_id, 'scan', person_signed_blob_id from certificate where person_signed_blob_id is not null
  union all select dossier_id, 'copy', sealed_blob_id from certificate where sealed_blob_id is not null
  union all select c.dossier_id, 'copy', f.blob_id from evidence_form f join certificate c on c.id = f.certificate_id
  union all select d.id, 'contact', a.account_blob_id from dispatch_address a join dossier d using (submission_id)
    where a.account_blob_id is not null;
