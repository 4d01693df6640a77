-- What numbers follow from never falls and is never lost: a series begun again would give a number twice, and the lines'
-- own uniqueness would then stop the whole counter. REG-1; LAW 6 for codes of dossiers.
create function keep_series() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - tg_argv[0] = to_jsonb(old) - tg_argv[0]
     and (to_jsonb(new) ->> tg_argv[0])::bigint >= (to_jsonb(old) ->> tg_argv[0])::bigint then
    return new;
  end if;
  raise exception 'a series never falls' using errcode = 'check_violation';
end $$;
create trigger number_series_is_kept before update or delete on number_series for each row execute function keep_series('last_number');
create trigger number_series_are_whole before truncate on number_series execute function refuse_change();
create trigger dossier_code_series_is_kept before update or delete on dossier_code_series for each row execute function keep_series('last_serial');
create trigger dossier_code_series_are_whole before truncate on dossier_code_series execute function refuse_change();

-- Rows of these are kept one by one already; here all at once.
create trigger credentials_are_whole before truncate on credential execute function refuse_change();
create trigger page_forms_are_whole before truncate on page_form execute function refuse_change();
create trigger page_words_are_whole before truncate on page_words execute function refuse_change();
create trigger page_straights_are_whole before truncate on page_straight execute function refuse_change();
create trigger recipient_keys_are_whole before truncate on recipient_key execute function refuse_change();
create trigger counter_requests_are_whole before truncate on counter_request execute function refuse_change();
