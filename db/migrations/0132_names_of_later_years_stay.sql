-- REG-5: names hold until the next naming, so lines of the later years that they hold for keep them too, not only those of their own year.
create or replace function keep_book_names() returns trigger language plpgsql as $$
declare
  now_called record;
  next_named integer;
begin
  perform 1 from agency where id = new.agency_id for update;
  select * into now_called from book_names(new.agency_id, new.year);
  select coalesce(min(n.year), 10000) into next_named from book_naming n where n.agency_id = new.agency_id and n.year > new.year;
  if names_contradict(new.agency_id, new.year, new.electronic, new.paper)
     or ((now_called.electronic, now_called.paper) is distinct from (new.electronic, new.paper)
       and not names_contradict(new.agency_id, new.year, now_called.electronic, now_called.paper)
       and (exists (select 1 from register_line l where l.agency_id = new.agency_id and l.year >= new.year and l.year < next_named)
         or exists (select 1 from book b where b.agency_id = new.agency_id and b.closed_at is null
           and b.year >= new.year and b.year < next_named))) then
    raise exception 'REG-5: books in use keep their names' using errcode = 'check_violation';
  end if;
  return new;
end $$;
