-- Certified elsewhere than at the office: who asked, on what ground and by which document of the agency, where, and the day, hour
-- and minute. NĐ 23/2015 Art. 10(2); OFFSITE-1; ADR 0073. Of a submission, whose papers are presented at one time. Lines are
-- added, never changed: the newest counts.
create table off_site (
  id bigint generated always as identity primary key,
  submission_id uuid not null references submission (id),
  elsewhere boolean not null, -- false: it is certified at the office after all
  ground text check (ground in ('old_weak', 'cannot_travel', 'detained', 'other')),
  ground_note text check (length(ground_note) between 1 and 300),
  deed text check (length(deed) between 1 and 200),
  asked_by text check (length(asked_by) between 1 and 200),
  place text check (length(place) between 1 and 200),
  act_at timestamptz(0), -- null while the visit is to come
  kept_by uuid not null references person (id),
  kept_at timestamptz(0) not null,
  check (num_nonnulls(ground, deed, asked_by, place) = case when elsewhere then 4 else 0 end),
  check (elsewhere or (act_at is null and ground_note is null)),
  check ((ground = 'other') = (ground_note is not null)),
  check (act_at <= kept_at and extract(second from act_at) = 0)
);
create index off_site_of_submission on off_site (submission_id, id desc);
create trigger off_site_is_kept before update or delete on off_site for each row execute function refuse_change();
create trigger off_sites_are_whole before truncate on off_site execute function refuse_change();

-- What was compared stands as it was said then; the lock makes whoever attests at this moment wait, or be waited for.
create function keep_off_site() returns trigger language plpgsql as $$
declare received timestamptz;
begin
  select opened_at into received from submission where id = new.submission_id for update;
  if exists (select 1 from attestation a join dossier d on d.id = a.dossier_id where d.submission_id = new.submission_id) then
    raise exception 'OFFSITE-1: where it was certified is told before the first paper is attested' using errcode = 'check_violation';
  end if;
  if new.act_at < received - interval '7 days' then
    raise exception 'OFFSITE-1: not that long before the papers were received' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger off_site_is_early before insert on off_site for each row execute function keep_off_site();

create function require_off_site() returns trigger language plpgsql as $$
declare told off_site%rowtype;
begin
  perform 1 from submission s join dossier d on d.submission_id = s.id where d.id = new.dossier_id for share of s;
  select o.* into told from off_site o join dossier d on d.submission_id = o.submission_id
    where d.id = new.dossier_id order by o.id desc limit 1;
  if told.elsewhere and told.act_at is null then
    raise exception 'OFFSITE-1: hour and minute of what is certified elsewhere' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger attested_where before insert on attestation for each row execute function require_off_site();
create trigger certified_where before insert or update of sealed_blob_id on certificate for each row execute function require_off_site();
create trigger certified_where before insert on paper_line for each row execute function require_off_site();
