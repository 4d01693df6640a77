-- Four digits are ten thousand and a link lives for a year: five guesses an hour would find them within weeks. After so
-- many wrong ones the link opens nothing until the counter gives out another; whoever guesses at `/look-up` by the code,
-- which many people may read, shuts that way only. DESIGN decision 14, VOICE-3.
alter table submission
  add column wrong_by_link integer not null default 0 check (wrong_by_link >= 0),
  add column wrong_by_code integer not null default 0 check (wrong_by_code >= 0);
