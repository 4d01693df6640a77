-- The written notice of a refusal, signed by the person certifying: NĐ 23/2015 Art. 9, REFUSE-1. One a refusal, for ever.
create table refusal_notice (
  dossier_id uuid primary key references refusal (dossier_id),
  blob_id uuid not null references blob (id),
  officer_id uuid not null references person (id),
  signer_name text not null check (signer_name <> ''),
  signer_title text[] not null,
  signed_at timestamptz(0) not null -- proven by the timestamp in the signature
);
create trigger refusal_notice_is_kept before update or delete on refusal_notice for each row execute function refuse_change();
create trigger refusal_notice_is_whole before truncate on refusal_notice execute function refuse_change();
