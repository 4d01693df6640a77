-- ANNUL-1, ADR 0092: beside the record of a copy that was replaced a file names the copy in its place. Of decisions that were entered
-- before it is written by the job that published them: it finds all the rest done.
insert into job (kind, subject, max_attempts)
select 'publish_annulment', certificate_id, 2147483647 from annulment where successor_id is not null
on conflict (kind, subject) where finished_at is null do nothing;
