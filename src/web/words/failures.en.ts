import type { ProblemCode } from "../problem.ts";

/** First sentence: what happened. The rest: what to do next. `{name}` is filled from the failure's data. */
export const failuresEn: Record<ProblemCode, string> = {
  wrong_password: "The user name or the password does not fit. Check both and enter them again.",
  throttled: "Too many attempts. Wait {wait} and try again.",
  not_signed_in: "You are not signed in, or your session has ended. Sign in and do it again.",
  not_allowed:
    "This task is not among yours. Ask a colleague who is entrusted with it, or your agency's administrator.",
  csrf_missing: "The request did not come from the open page. Reload the page and do it again.",

  malformed_request: "Something sent is missing or not in the right form. Check the fields and send them again.",
  body_too_large:
    "What was sent is too large. The limit is {limitBytes} bytes; scan at a lower resolution or send several files.",
  not_found: "There is no such page or dossier. Check the address.",

  upload_refused: "This file cannot be taken. Send an undamaged JPEG, PNG, TIFF, WebP or PDF file without a password.",
  upload_cut: "The connection broke before the whole file arrived. Send the file again.",
  storage_full:
    "The server has no room left, the file was not kept. Tell the system administrator and send it again later.",
  reading_failed: "The scan could not be read. Scan it again and send it again.",

  deadline_moved: "Somebody has just changed the appointment. Look at the new one, then decide again.",
  wrong_stage: "The dossier has not come to this step, or is past it. Reload the dossier to see what comes next.",
  page_not_found: "The dossier has no page {page}. Reload the dossier and choose the page again.",
  words_waiting: "The words of the pages are still being read. Try again in a few seconds.",
  page_changed: "Page {page} was scanned again after you looked at it. Compare the new page and confirm it again.",
  rule_broken: "The rules of certification do not allow this yet. {rule}",
  pages_differ:
    "The original was declared with {declared} pages but {scanned} were scanned. Scan what is missing, or correct the declared number.",
  pages_unconfirmed: "Pages not yet compared: {pages}. Compare each with the original and confirm it.",
  pages_coarse:
    "Pages scanned below 200 dpi: {pages}. Scan them again; if that cannot be, write why, 10 to 500 characters.",

  clock_behind:
    "This number was given in a later year than the service's clock shows, so the clock is wrong. Tell who runs the service, and do it again once the clock is right.",
  no_open_book: "The agency has not opened this year's register. Ask the administrator to open it and do it again.",
  several_open_books: "The agency has several open books of this kind. Choose the one to number in.",
  book_name_over:
    "The agency calls this book otherwise now. Load the page again, then open the book under its new name.",
  no_registered_certificate:
    "No signing certificate is registered for the signer or the agency. Ask the administrator to register one that is in force.",
  mandate_missing:
    "No document of this agency gives you the right to sign. Ask an administrator to enter the authorisation or assignment, or leave it to somebody who may sign.",
  mandate_not_begun:
    "The right to sign under {deed} has not begun. It holds from {from}; until then leave it to somebody who may sign.",
  mandate_over:
    "The right to sign under {deed} is over. It ended on {since}; ask an administrator to enter the new document, or leave it to somebody who may sign.",
  mandate_scope:
    "The right to sign under {deed} does not cover this. Leave it to who may sign this kind of paper, or ask for a document that covers it.",
  signer_away:
    "You are recorded as away until {until}. Your substitute signs with an own key; if you are back, ask an administrator to note it, then sign.",
  comparer_signs:
    "You compared this dossier, so you cannot sign it. Leave it to another signer; a small agency may allow it by a document, which the administrator enters under Agency.",
  wrong_pin: "The PIN of the signing key does not fit. Enter it again; too many wrong entries may lock the device.",
  pin_last_try:
    "The PIN does not fit and the device allows one more try. Make sure of the PIN; another wrong one locks the device.",
  pin_locked:
    "The device has locked its PIN after too many wrong tries. Take it to the authority that issued the certificate.",
  key_unavailable:
    "The device or service that holds the signing key cannot be used now ({reason}). Check that it is plugged in, then try again.",
  key_elsewhere:
    "The signing key is on a USB device at the signer's own computer. Plug it in, start the signing program there and sign from this page.",
  certificate_revoked:
    "The signing certificate has been revoked. Stop using this key and contact the authority that issued it.",
  revocation_unavailable:
    "It could not be checked whether the signing certificate is still in force. Try again in a few minutes.",
  same_person: "The officer who signs and the clerk who seals must be two persons. Ask the clerk to seal.",
  printed_date_passed:
    "The date printed on the copy has passed. Compose the copy again with today's date and sign it again.",
  timestamp_unavailable: "No timestamp could be obtained. The dossier is kept; try again in a few minutes.",
  act_under_way:
    "Copies of this number are being signed or sealed right now. Watch how far they are; no PIN is needed.",
  act_cut: "Going through the copies was cut. The copies that were done stand; type the PIN to go on.",
  key_elsewhere_for_copies:
    "A signing service that asks on its own page signs one copy at a time. Sign a dossier of many copies with a signing device at your computer or a key at the server, or open dossiers of one copy each.",
  seed_value_unmet:
    "The signature field asks for something that these signatures are not (its author set conditions). Ask for the file again without them, or sign another field.",
  signing_failed: "It could not be signed. The dossier is kept; check the signing device and try again.",
  examination_failed:
    "The signed file did not pass our own examination and was not released. Tell the system administrator.",

  fee_settled: "Nothing is left to pay for this dossier. Reload the page to see what was paid.",
  fee_too_much:
    "The sum is more than what is left to pay ({outstandingDong} VND). Book the fee only and give the rest back.",
  fee_unpaid:
    "The fee is not paid yet, {outstandingDong} VND are left. Take the fee, then hand over the result: the agency's rule says so.",
  fee_reversed_by_same:
    "Whoever booked an entry or waived a fee neither takes it back nor gives it back alone. Ask a colleague or the head to do it.",
  fee_too_much_back:
    "The sum is more than can go back of this receipt ({mostDong} VND). Write down what was given back.",
  fee_given_back:
    "Some of this payment was given back, so it is not taken back. If that entry is wrong, undo it first.",
  exemption_over: "This exemption does not hold for the day of the request. Choose another one, or take the whole fee.",
  exemption_own: "Whoever entered an exemption does not use it. Ask another receiver.",
  line_decided: "Somebody has just decided on this line. Look at it again, then decide.",
  line_alike:
    "This line says the same as one of another statement that is booked. If these are two transfers, tick the box, then book it.",
  fee_waived_before: "The fee of this dossier was waived before. Reload the page to see it.",
  period_not_over: "This period is not over, so it cannot be printed and signed yet. Come back after its last day.",
  period_empty: "There is no number in this period. Choose another one.",
  numbers_in_progress:
    "There are {count} unfinished numbers in this period. Sign them or void them, then sign the print.",
  month_unsigned:
    "The print of month {month} is not signed. Sign the prints of all months with numbers before the year is closed.",
  line_changed: "The register was corrected or signed while you looked at it. Look again, then repeat.",

  already_annulled: "A decision about this copy stands already and cannot be changed. Open the dossier to read it.",
  successor_unknown:
    "The agency's register has no issued copy of that number. Check number and year of the copy that replaces it.",

  link_unknown: "This link is wrong or has expired. Check it, or ask the agency that certified the copy for a new one.",
  link_ended:
    "This link was ended, as its holder wished. For a new one bring your identity paper to where the dossier was handed in; how far it is can still be looked up by the code on the slip.",
  wrong_digits:
    "The four digits do not fit. Enter the last four of the identity paper shown when the dossier was handed in, or the four chosen then.",
  not_released: "The copy or notice is not ready yet. Come back later, or ask where the dossier was handed in.",
  erased:
    "This content was erased. Its term had passed, or the citizen asked for it. The line of the register stands, and copies can be checked as before.",
  restricted:
    "The holder of this paper asked for a restriction, so officials do not see its content. The holder lifts it on the own data page. The register and checks of the copy go on as before.",

  grant_unknown: "This link opens nothing. Check it, or ask whoever sent it for a new one.",
  grant_expired: "This link has expired. Ask whoever sent it for a new one.",
  grant_revoked: "Whoever sent this link has revoked it. Ask for a new one.",
  grant_exhausted: "This link has been opened as often as it may be. Ask whoever sent it for a new one.",
  copy_without_value: "This copy has no legal value any more. Ask whoever sent the link for another copy.",
  other_recipient: "This link is for another recipient. Ask whoever sent it for one made out to your office.",
  grant_made_before:
    "This link was made before and is shown once only. If you could not keep it, revoke it and make another.",
  on_paper_only: "This paper is certified on paper only. Sign and seal it by hand, from its page for paper copies.",
  no_paper_wanted: "No copies on paper were asked for. If they are wanted, add the paper again with their number.",
  line_of_another:
    "Another person took this number and may have signed by hand. That person dates it anew; or give it up with a reason and take another.",
  box_full:
    "The agency has taken as much as it can today without a dossier. Send it tomorrow, say it at the counter, or use the private link of a dossier.",
  submission_over: "The day has changed since the first paper was presented. Receive this paper as a new dossier.",
  too_many_papers: "One dossier takes {most} papers. Receive the others as a new dossier.",
  too_many_grants: "There are {most} open links for this copy. Revoke some, then make another.",
  not_proven: "Your visit is over or has not begun. Open the link again and prove who you are.",
  wrong_code: "That code is not right. Look at the newest mail and type its six digits.",
  code_over: "This code is of no use any more: ten minutes are over, or five tries were wrong. Ask for a new one.",
  wrong_number: "Nobody is waiting with this number. Ask again which number the official's screen shows.",
  mail_unavailable: "This service cannot send mail now. Confirm at the counter together, or try again later.",

  development_only: "This can be done on a development store only. Use a development installation.",
  key_missing: "The request carries no key. Send the key in Authorization: Bearer.",
  key_unknown: "The key is not right. Check the key, or ask the agency that issued it.",
  key_expired: "The key has expired. Use the new key, or ask the agency that issued it.",
  key_revoked: "The key has been revoked. Use the new key, or ask the agency that issued it.",
  recipient_inactive: "This recipient is not active. Ask the agency that registered it.",
  scope_missing: "This key may not do that. Ask for a key with the scope “{scope}”.",
  idempotency_mismatch: "This Idempotency-Key came with something else before. Use another one for new content.",
  batches_waiting:
    "Too many batches are not done yet. A recipient has at most {most} at a time; wait until one is done, then send the next.",
  webhook_address_refused:
    "Nothing can be told at this address. Use a public https address without a name, a password or a fragment.",
  endpoints_full: "There are as many addresses as a recipient may have. Remove one of the {most} first.",

  unexpected:
    "Something went wrong and this could not be done. Try again; if it stays so, tell the administrator the request id.",
  service_unavailable:
    "The service cannot answer for the moment. Try again in a few minutes; what was confirmed before is still there.",
};
