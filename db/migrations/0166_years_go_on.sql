-- REG-1: what gave up its number of a later year is never numbered in an earlier one. A clock that goes back over New Year would
-- else void numbers of the new year, and date papers in a year that is over. The raised insert takes the void back too.
create function refuse_earlier_year() returns trigger language plpgsql as $$
begin
  if exists (select 1 from certificate c where c.dossier_id = new.dossier_id and c.year > new.year)
     or exists (select 1 from paper_line p where p.dossier_id = new.dossier_id and p.year > new.year) then
    raise exception 'REG-1: this paper had a number of a later year' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger certificate_year_goes_on before insert on certificate for each row execute function refuse_earlier_year();
create trigger paper_line_year_goes_on before insert on paper_line for each row execute function refuse_earlier_year();
