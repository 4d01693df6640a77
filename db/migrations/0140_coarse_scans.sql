-- SCAN-1 (NĐ 30/2020 Appendix I): what measures below 200 dpi is attested with a reason, by who attests. Dossiers that were attested
-- before have none.
create or replace view page_as_chosen as
  select c.dossier_id, c.number, case when c.straight then c.s_sha256 else c.sha256 end as sha256,
    case when c.straight then c.s_dpi else c.dpi end as dpi
  from (select p.dossier_id, row_number() over (partition by p.dossier_id order by o.ordinal, p.index_in_original)::int as number,
      p.sha256, p.dpi, s.sha256 as s_sha256, s.dpi as s_dpi,
      s.sha256 is not null and coalesce((select f.form from page_form f where f.original_id = p.original_id
        and f.index_in_original = p.index_in_original order by f.id desc limit 1), 'as_taken') = 'straightened' as straight
    from standing_page p join original o on o.id = p.original_id
      left join page_straight s on s.original_id = p.original_id and s.index_in_original = p.index_in_original) c;

create table coarse_scan (
  dossier_id uuid primary key references dossier (id),
  pages integer[] not null check (cardinality(pages) > 0),
  reason text not null check (length(btrim(reason)) between 10 and 500),
  person_id uuid not null references person (id),
  told_at timestamptz(0) not null
);
create trigger coarse_scan_is_kept before update or delete on coarse_scan for each row execute function refuse_change();
create trigger coarse_scans_are_whole before truncate on coarse_scan execute function refuse_change();

create function tell_coarse_scan_early() returns trigger language plpgsql as $$
begin
  perform 1 from dossier where id = new.dossier_id for update;
  if exists (select 1 from attestation where dossier_id = new.dossier_id) then
    raise exception 'SCAN-1: the reason is told before the original is attested' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger coarse_scan_is_told_early before insert on coarse_scan for each row execute function tell_coarse_scan_early();

-- Copies on paper only have no scan to be coarse.
create function attest_fine_or_told() returns trigger language plpgsql as $$
declare coarse integer[];
begin
  select coalesce(array_agg(p.number order by p.number), '{}') into coarse
    from page_as_chosen p join dossier d on d.id = p.dossier_id
    where p.dossier_id = new.dossier_id and not d.on_paper_only and p.dpi < 196;
  if coarse <> coalesce((select pages from coarse_scan where dossier_id = new.dossier_id and person_id = new.person_id), '{}') then
    raise exception 'SCAN-1: pages below 200 dpi are attested with a reason that names them' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger attested_fine_or_told before insert on attestation for each row execute function attest_fine_or_told();
