-- What statistics are counted from is found by agency and day, without reading the rows themselves where the index has it all. STAT-1.
create index certificate_counted on certificate (agency_id, printed_on) include (dossier_id, copies, fee_dong) where status = 'issued';
create index paper_line_counted on paper_line (agency_id, printed_on) include (dossier_id, copies, fee_dong) where status = 'issued';
create index paper_line_handed_over on paper_line (agency_id, handed_over_at) where status = 'issued';
create index certificate_voided on certificate (agency_id, voided_at) where status = 'voided';
create index paper_line_voided on paper_line (agency_id, voided_at) where status = 'voided';
create index annulment_noted on annulment (agency_id, noted_at);
create index refusal_of_time on refusal (refused_at);
create index refusal_notice_of_time on refusal_notice (signed_at);
create index withdrawal_of_time on withdrawal (withdrawn_at);
create index grant_opening_of_time on grant_opening (opened_at);
create index petition_answer_of_time on petition_answer (answered_at);
create index dossier_promised on dossier (agency_id, due_at) where status not in ('released', 'voided', 'reused', 'handed_over', 'withdrawn');
create index dossier_of_declared_pages on dossier (id) include (declared_pages, on_paper_only);
