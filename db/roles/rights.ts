/** What the service's role may do in a table. Nobody but the owner truncates, refers to, or puts a trigger on one. */
export type Right = "select" | "insert" | "update" | "delete";

type Use = { readonly rights: readonly Right[]; readonly tables: string };

/** Made by the owner, by views, or by triggers that run with the owner's rights (migration 0141). */
const seen: Use = {
  rights: ["select"],
  tables: `agency_in_province area_now certified_copy dossier_end fee_balance fee_charge fee_receipt further_personal_blob
    migration off_site_words page_as_chosen payment_words personal_blob province_watch_now register_change register_line
    register_line_before restricted_submission role_change standing_page`,
};

/** A row once written stays as it is: the register's evidence, the log, what happened, what was decided. */
const kept: Use = {
  rights: ["select", "insert"],
  tables: `admin_event agency_key annulment area area_saying attestation attested_field book_naming coarse_scan
    comparing_policy confirmation data_answer data_breach data_breach_step data_extension data_request deadline_step
    dispatch_policy dispatch_settling dossier_event erasure_proof evidence_form fee_exemption fee_exemption_end fee_policy
    forgery_record give_once grant_event log_entry look_alike_closing look_alike_report page page_form page_left_out
    page_straight page_words petition_answer picture province_watch rating rating_given receiving_account reception_post
    refusal refusal_notice register_correction register_print source_look_up statement_columns statement_import step_time
    store_mark verification_result weekly_report withdrawal working_year`,
};

/** Rows go on, as far as their triggers let them: a line gets its copy, a dossier its status, a name is erased in time. */
const changed: Use = {
  rights: ["select", "insert", "update"],
  tables: `absence agency blob book certificate copies_act copy_grant credential data_restriction dispatch dispatch_address
    dossier dossier_code_series dossier_search fee_entry fee_waiver fee_waiver_end further_copy grant_opening handover
    log_head mandate number_series off_site original outbox_mail paper_line person petition prepared_signature reception
    recipient recipient_key register_search remote_visit statement_line statement_set_aside submission webhook_endpoint`,
};

/** Forgotten when their time is over, or taken from somebody; never changed. */
const ended: Use = {
  rights: ["select", "insert", "delete"],
  tables: "access_entry copy_check guest_session person_role",
};

/** Of use for a while only. */
const passing: Use = {
  rights: ["select", "insert", "update", "delete"],
  tables: `counter_request data_request_words evidence_plan job recipient_code session throttle verification_batch
    webhook_delivery`,
};

const stated = [seen, kept, changed, ended, passing].flatMap(({ rights, tables }) =>
  tables.split(/\s+/).map((table) => [table, rights] as const),
);

/** Every table and view with the rights of the service's role. One that a migration adds is refused to it until it stands here. */
export const rightsByTable: ReadonlyMap<string, readonly Right[]> = new Map(stated);

/** Sequences that a column's default draws from by name; one that belongs to an identity wants no right. */
export const drawnByName: readonly string[] = ["certificate_status_index_seq"];
