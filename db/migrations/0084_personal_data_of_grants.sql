-- What a citizen lent out tells for what: procedures, and names that the citizen wrote, are erased with the copy or in
-- their own term (KEEP-1, DATA-2). Which registered recipient received stays, since it must hear of an annulment.
alter table copy_grant add column erased_at timestamptz(0);

create or replace function keep_grant() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.revoked_at is null and new.revoked_at is not null
    and (to_jsonb(new) - 'revoked_at') = (to_jsonb(old) - 'revoked_at') then
    return new;
  end if;
  if tg_op = 'UPDATE' and old.erased_at is null and new.erased_at is not null
    and (new.revoked_at is not null or new.expires_at <= new.erased_at)
    and new.procedure = '–––' and new.recipient_name = (case when old.recipient_id is null then '–––' else old.recipient_name end)
    and (to_jsonb(new) - '{erased_at,procedure,recipient_name}'::text[]) = (to_jsonb(old) - '{erased_at,procedure,recipient_name}'::text[]) then
    return new;
  end if;
  raise exception '% on copy_grant is refused: a grant is only ever revoked, and erased once it is over', tg_op
    using errcode = 'restrict_violation';
end $$;

create function keep_opening() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.recipient_id is null and new.opened_by = '–––'
    and (to_jsonb(new) - 'opened_by') = (to_jsonb(old) - 'opened_by')
    and exists (select 1 from copy_grant g where g.id = old.grant_id and g.erased_at is not null) then
    return new;
  end if;
  raise exception '% on grant_opening is refused: an opening is evidence', tg_op using errcode = 'restrict_violation';
end $$;
drop trigger grant_opening_is_kept on grant_opening;
create trigger grant_opening_is_kept before update or delete on grant_opening for each row execute function keep_opening();

create function keep_handover() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.procedure = '–––' and (to_jsonb(new) - 'procedure') = (to_jsonb(old) - 'procedure')
    and not exists (select 1 from copy_grant g where g.handover_id = old.id and g.erased_at is null) then
    return new;
  end if;
  raise exception '% on handover is refused: a handover is evidence', tg_op using errcode = 'restrict_violation';
end $$;
drop trigger handover_is_kept on handover;
create trigger handover_is_kept before update or delete on handover for each row execute function keep_handover();

alter table erasure_proof drop constraint erasure_proof_rule_check;
alter table erasure_proof add constraint erasure_proof_rule_check check (rule in ('scan', 'contact', 'copy', 'access', 'grant'));

-- A check by a recipient's program; still never by whom.
alter table copy_check drop constraint copy_check_door_check;
alter table copy_check add constraint copy_check_door_check check (door in ('link', 'file', 'key'));
