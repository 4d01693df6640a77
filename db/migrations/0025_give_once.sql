-- Give once: an original that was certified here before is told before it is certified again. NĐ 23/2015 Art. 9(8), ONCE-1.

-- What tells a paper again besides its file: kind and own number, without tones, case, spaces and marks. Null where the
-- number is too short to tell anything: another paper of the kind has it too.
create function paper_key(kind text, document_number text) returns text language sql immutable parallel safe
  return (select case when length(plain) >= 4
      then btrim(regexp_replace(plain_text(kind), '[^a-z0-9]+', ' ', 'g')) || '|' || plain end
    from (select regexp_replace(regexp_replace(translate(regexp_replace(plain_text(document_number),
      '[^a-z0-9/-]+', '', 'g'), '-', '/'), '^(so|no)/?(?=[0-9])', ''), '(^|/)0+(?=[0-9]+/)', '\1', 'g') as plain) number);

alter table dossier add column paper_key text generated always as (paper_key(kind, document_number)) stored;
create index dossier_paper on dossier (agency_id, paper_key) where paper_key is not null;
create index original_file on original (sha256);

-- The official's answer, once a dossier: the earlier copy was given again, the paper is in VNeID, or it is certified again.
create table give_once (
  dossier_id uuid primary key references dossier (id),
  answer text not null check (answer in ('reused', 'in_vneid', 'again')),
  reason text check (reason in ('paper_copies', 'citizen_insists', 'paper_changed', 'another_paper', 'another_applicant')),
  earlier_id uuid references certificate (id),
  person_id uuid not null references person (id),
  answered_at timestamptz(0) not null,
  check ((answer = 'again') = (reason is not null)),
  check (answer <> 'reused' or earlier_id is not null)
);
create index give_once_of_time on give_once (answered_at);
create trigger give_once_is_kept before update or delete on give_once for each row execute function refuse_change();
create trigger give_once_is_whole before truncate on give_once execute function refuse_change();

-- What is given again is a copy of the same agency, issued and in force, of another dossier.
create function reuse_only_own() returns trigger language plpgsql as $$
begin
  if new.earlier_id is not null and not exists (
    select 1 from certificate c join dossier mine on mine.id = new.dossier_id
    where c.id = new.earlier_id and c.agency_id = mine.agency_id and c.dossier_id <> mine.id and c.status = 'issued'
      and not exists (select 1 from annulment a where a.certificate_id = c.id)) then
    raise exception 'only an own copy in force is given again' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger give_once_of_own before insert on give_once for each row execute function reuse_only_own();

alter table dossier drop constraint dossier_status_check;
alter table dossier add constraint dossier_status_check check (status in ('received', 'read', 'attested', 'numbered',
  'person_signed', 'sealed', 'logged', 'released', 'refused', 'voided', 'reused'));

create or replace function keep_dossier_order() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (old.status || '>' || new.status = any (array[
    'received>read', 'received>refused', 'received>reused', 'read>attested', 'read>refused', 'read>received',
    'read>reused', 'attested>numbered', 'attested>refused', 'numbered>person_signed', 'numbered>voided',
    'person_signed>sealed', 'person_signed>numbered', 'person_signed>voided',
    'sealed>logged', 'logged>released'])) then
    raise exception 'a dossier does not go from % to %', old.status, new.status using errcode = 'check_violation';
  end if;
  if new.status = 'reused' and old.status <> 'reused' and not exists (
    select 1 from give_once where dossier_id = new.id and answer in ('reused', 'in_vneid')) then
    raise exception 'a dossier ends as reused only with the answer that says so' using errcode = 'check_violation';
  end if;
  return new;
end $$;
