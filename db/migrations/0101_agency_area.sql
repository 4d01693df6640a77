-- Which commune or province an agency is of, as its administrator named it (each naming leaves its line in admin_event), and
-- what is said of every area now. Copies and the log name an agency by itself and do not look here. LAW 2.1.

alter table agency add column area_code text references area (code);

create view area_now as
  select distinct on (code) code, name, kind, parent_code, merged_into from area_saying order by code, id desc;
