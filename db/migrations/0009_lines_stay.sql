-- An issued or voided line of the register is evidence whole: who signed, when, what for. NĐ 23/2015 Art. 13.

create function keep_closed_line() returns trigger language plpgsql as $$
begin
  if old.status <> 'in_progress' and new is distinct from old then
    raise exception 'a register line that is % is not changed', old.status using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger register_line_stays before update on certificate for each row execute function keep_closed_line();

-- Emptying a table is deleting its rows; the triggers that refuse a deletion do not see it.
create trigger confirmation_is_whole before truncate on confirmation execute function refuse_change();
create trigger attestation_is_whole before truncate on attestation execute function refuse_change();
create trigger refusal_is_whole before truncate on refusal execute function refuse_change();
create trigger page_is_whole before truncate on page execute function refuse_change();
create trigger dossier_is_whole before truncate on dossier execute function refuse_change();
create trigger dossier_event_is_whole before truncate on dossier_event execute function refuse_change();
