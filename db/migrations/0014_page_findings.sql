-- What an official should look at on a page, each with its place in shares of the page; and what tells the page again.
alter table page
  add column findings jsonb not null default '[]',
  add column fingerprint bytea;

-- Words come after the page: its picture and what is wrong with it do not wait for them.
alter table page alter column words_blob_id drop not null;
create table page_words (
  original_id uuid not null,
  index_in_original integer not null,
  blob_id uuid not null references blob (id),
  straight_blob_id uuid references blob (id),
  printed_number integer,
  printed_total integer,
  primary key (original_id, index_in_original),
  foreign key (original_id, index_in_original) references page (original_id, index_in_original)
);
create trigger page_words_are_kept before update or delete on page_words for each row execute function refuse_change();

-- A photograph of a sheet as seen from above. It stands in the copy only where an official chose it.
create table page_straight (
  original_id uuid not null,
  index_in_original integer not null,
  blob_id uuid not null references blob (id),
  sha256 text not null,
  width_px integer not null,
  height_px integer not null,
  dpi double precision not null,
  corners jsonb not null,
  primary key (original_id, index_in_original),
  foreign key (original_id, index_in_original) references page (original_id, index_in_original)
);
create trigger page_straight_is_kept before update or delete on page_straight for each row execute function refuse_change();

-- Which form of a page stands in the copy; the newest choice counts, as taken where there is none. A confirmation is over
-- bytes, so that another choice needs another one.
create table page_form (
  id bigint generated always as identity primary key,
  original_id uuid not null,
  index_in_original integer not null,
  form text not null check (form in ('as_taken', 'straightened')),
  person_id uuid not null references person (id),
  chosen_at timestamptz(0) not null,
  foreign key (original_id, index_in_original) references page (original_id, index_in_original)
);
create index form_of_page on page_form (original_id, index_in_original, id);
create trigger page_form_is_kept before update or delete on page_form for each row execute function refuse_change();
