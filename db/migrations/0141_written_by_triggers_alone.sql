-- The service's role only reads these three tables: what their triggers write is written with the owner's rights. The path is
-- fixed, and temporary tables come last: nobody can put a table of the same name before ours.
alter function note_role_change() security definer set search_path = pg_catalog, public, pg_temp;
alter function write_receipt() security definer set search_path = pg_catalog, public, pg_temp;
alter function remember_line() security definer set search_path = pg_catalog, public, pg_temp;
