-- Every list of dossiers asks for the newest line of each, voided ones among them. The partial index of living lines cannot
-- answer that: without this one each listed dossier was looked for among all certificates of the store.
create index certificate_of_dossier on certificate (dossier_id);
