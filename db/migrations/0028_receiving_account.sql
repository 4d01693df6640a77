-- Where an agency's fees are transferred to, as its slips print it. The newest counts; older ones stay: slips were printed with them.
create table receiving_account (
  id bigint generated always as identity primary key,
  agency_id text not null references agency (id),
  bank_bin text not null check (bank_bin ~ '^[0-9]{6}$'),
  account_number text not null check (account_number ~ '^[A-Za-z0-9]{1,19}$'),
  holder text not null check (length(holder) between 1 and 100),
  kept_at timestamptz(0) not null
);
create index receiving_account_of_agency on receiving_account (agency_id, id desc);
create trigger receiving_account_is_kept before update or delete on receiving_account for each row execute function refuse_change();
create trigger receiving_accounts_are_whole before truncate on receiving_account execute function refuse_change();
