-- Finding lines of the register among a million: by name, paper, number, officer and days, with or without tones (LAW 3.3). What
-- stands here follows from lines and corrections by triggers, and can be made anew from them.
create table register_search (
  line_id uuid primary key,
  agency_id text not null references agency (id),
  suffix text not null,
  year integer not null,
  number integer not null,
  printed_on date not null,
  words tsvector not null
);

-- Words in plain small letters, split at blanks and ASCII marks; a word longer than 60 letters is known by its beginning.
create function plain_words(shown text) returns text[] language sql immutable strict parallel safe
  return array(select distinct left(word, 60)
    from regexp_split_to_table(plain_text(shown), '[\s\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f]+') word where word <> '');

-- Beside the words three marks that no word can be, since they hold signs that split words: the book, the officer, the number. With the book in
-- the index, words that half the country bears are looked for among the lines of one agency only.
create function index_line(line uuid) returns void language sql as $$
  insert into register_search (line_id, agency_id, suffix, year, number, printed_on, words)
  select l.id, l.agency_id, l.suffix, l.year, l.number, l.printed_on, array_to_tsvector(
    plain_words(l.applicant_name || ' ' || l.title || ' ' || coalesce(d.document_number, '') || ' ' || coalesce(
      (select string_agg(c.reads, ' ') from register_correction c where c.line_id = l.id and c.part in ('applicant', 'title', 'documentNumber')), ''))
    || array[l.year::text, '@' || l.agency_id || '/' || l.suffix, '@' || l.officer_id::text, '#' || l.number::text])
  from register_line l join dossier d on d.id = l.dossier_id where l.id = line
  on conflict (line_id) do update set printed_on = excluded.printed_on, words = excluded.words;
$$;

create function line_is_found() returns trigger language plpgsql as $$
begin
  perform index_line(new.id);
  return null;
end $$;
create trigger line_is_found after insert or update of printed_on, officer_id on certificate
  for each row execute function line_is_found();
create trigger line_is_found after insert or update of printed_on, officer_id on paper_line
  for each row execute function line_is_found();

create function corrected_line_is_found() returns trigger language plpgsql as $$
begin
  perform index_line(new.line_id);
  return null;
end $$;
create trigger corrected_line_is_found after insert on register_correction for each row execute function corrected_line_is_found();

select index_line(id) from certificate;
select index_line(id) from paper_line;
create index register_search_in_order on register_search (agency_id, suffix, printed_on desc, number desc);
create index register_search_words on register_search using gin (words) with (fastupdate = off); -- a pending list would be read by each search

create function as_lexeme(word text) returns text language sql immutable strict parallel safe
  return '''' || replace(replace(word, '\', '\\'), '''', '''''') || '''';

-- Every word asked for; those of `beginning`, with three letters, may go on. Digits may be the line's own number.
create function register_query(agency text, suffix text, officer text, asked text, beginning text) returns tsquery language sql stable
  return (as_lexeme('@' || agency || '/' || suffix) || coalesce(' & ' || as_lexeme('@' || officer), '') || coalesce(
    (select string_agg(' & ' || case when word ~ '^[0-9]{1,9}$' then '(' || as_lexeme(word) || ' | ' || as_lexeme('#' || word::bigint) || ')'
      when length(word) >= 3 and word = any (plain_words(beginning)) then as_lexeme(word) || ':*' else as_lexeme(word) end, '') from unnest(plain_words(asked)) word), ''))::tsquery;
