-- A citizen's link is ended without another being given out (DESIGN decision 14). Its hash stays, so that the dead link can say so.
alter table submission
  add column link_ended_at timestamptz(0),
  add constraint ended_link_is_over check (secret_expires_at <= link_ended_at);

create function ended_link_stays() returns trigger language plpgsql as $$
begin
  if old.link_ended_at is not null and new.secret_hash = old.secret_hash and new.link_ended_at is distinct from old.link_ended_at then
    raise exception 'an ended link opens nothing again' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger submission_link_stays_ended before update on submission for each row execute function ended_link_stays();
