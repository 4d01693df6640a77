-- Pages of a scan that are no pages of the original: it was scanned twice there, or its back is blank. COPY-1. The newest
-- decision counts; what was scanned is kept, and the page can be taken back until the original is attested.
create table page_left_out (
  id bigint generated always as identity primary key,
  original_id uuid not null,
  index_in_original integer not null,
  left_out boolean not null,
  person_id uuid not null references person (id),
  decided_at timestamptz(0) not null,
  foreign key (original_id, index_in_original) references page (original_id, index_in_original)
);
create index left_out_of_page on page_left_out (original_id, index_in_original, id);
create trigger page_left_out_is_kept before update or delete on page_left_out for each row execute function refuse_change();
create trigger pages_left_out_are_whole before truncate on page_left_out execute function refuse_change();

-- What was attested was attested of these pages.
create function left_out_early() returns trigger language plpgsql as $$
begin
  perform 1 from dossier d join page p on p.dossier_id = d.id
    where p.original_id = new.original_id and p.index_in_original = new.index_in_original and d.status = 'read' for update of d;
  if not found then
    raise exception 'COPY-1: a page is left out before the original is attested' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger page_is_left_out_early before insert on page_left_out for each row execute function left_out_early();

-- The pages that a copy would have.
create view standing_page as
  select p.* from page p where not coalesce((select l.left_out from page_left_out l
    where l.original_id = p.original_id and l.index_in_original = p.index_in_original order by l.id desc limit 1), false);
