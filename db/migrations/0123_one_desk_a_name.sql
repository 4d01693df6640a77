-- Two desks of one name that go on cannot be told apart on a slip. Those that stand already stay: an index would refuse them.
create function reception_has_own_name() returns trigger language plpgsql as $$
begin
  perform 1 from agency where id = new.agency_id for update;
  if exists (select 1 from reception where agency_id = new.agency_id and ended_at is null and plain_text(name) = plain_text(new.name)) then
    raise exception 'a desk of that name goes on';
  end if;
  return new;
end $$;
create trigger reception_has_own_name before insert on reception for each row execute function reception_has_own_name();
