import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Failure, RuleId } from "../usecases/failure.ts";
import type { BatchFailure } from "../usecases/recipients/open-batch.ts";
import type { WebhookFailure } from "../usecases/recipients/webhook-endpoints.ts";
import { dayText, waitText } from "./design/time.ts";
import type { Language } from "./language.ts";
import { dongText } from "./pages/receiving/money.ts";
import { problemType } from "./recipients/api-problems.ts";
import type { KeyFailure } from "./recipients/key-guard.ts";
import type { WebEnv } from "./route.ts";
import { failuresEn } from "./words/failures.en.ts";
import { failuresVi } from "./words/failures.vi.ts";
import { rulesEn } from "./words/rules.en.ts";
import { rulesVi } from "./words/rules.vi.ts";

/** What the application expects to fail, and the two things nobody expects: a bug and an outage. */
export type Problem =
  | Failure
  | KeyFailure
  | BatchFailure
  | WebhookFailure
  | { code: "unexpected" }
  | { code: "service_unavailable" };

export type ProblemCode = Problem["code"];

/** The only status codes of failures in the project. A new code does not compile without one. */
export const statusOf: Record<ProblemCode, ContentfulStatusCode> = {
  wrong_password: 401,
  throttled: 429,
  not_signed_in: 401,
  not_allowed: 403,
  csrf_missing: 403,
  malformed_request: 400,
  body_too_large: 413,
  not_found: 404,
  upload_refused: 422,
  upload_cut: 400,
  storage_full: 507,
  reading_failed: 422,
  deadline_moved: 409,
  wrong_stage: 409,
  page_not_found: 404,
  page_changed: 409,
  words_waiting: 409,
  rule_broken: 422,
  pages_differ: 409,
  pages_unconfirmed: 409,
  pages_coarse: 422,
  line_of_another: 409,
  box_full: 503,
  no_open_book: 409,
  clock_behind: 503,
  several_open_books: 409,
  book_name_over: 409,
  no_registered_certificate: 409,
  mandate_missing: 409,
  mandate_not_begun: 409,
  mandate_over: 409,
  mandate_scope: 409,
  signer_away: 409,
  comparer_signs: 403,
  wrong_pin: 403,
  pin_last_try: 403,
  pin_locked: 409,
  key_unavailable: 503,
  key_elsewhere: 409,
  certificate_revoked: 409,
  revocation_unavailable: 503,
  same_person: 403,
  printed_date_passed: 409,
  timestamp_unavailable: 503,
  signing_failed: 502,
  act_under_way: 409,
  act_cut: 503,
  key_elsewhere_for_copies: 409,
  seed_value_unmet: 422,
  examination_failed: 500,
  fee_settled: 409,
  fee_too_much: 409,
  fee_unpaid: 409,
  fee_reversed_by_same: 403,
  fee_too_much_back: 409,
  fee_given_back: 409,
  exemption_own: 403,
  line_decided: 409,
  line_alike: 409,
  exemption_over: 409,
  fee_waived_before: 409,
  period_not_over: 409,
  period_empty: 409,
  numbers_in_progress: 409,
  month_unsigned: 409,
  line_changed: 409,
  already_annulled: 409,
  successor_unknown: 422,
  link_unknown: 404,
  link_ended: 410,
  wrong_digits: 403,
  not_released: 409,
  erased: 410,
  restricted: 403,
  grant_unknown: 404,
  grant_expired: 410,
  grant_revoked: 410,
  grant_exhausted: 410,
  copy_without_value: 409,
  other_recipient: 403,
  grant_made_before: 409,
  too_many_grants: 409,
  submission_over: 409,
  on_paper_only: 409,
  no_paper_wanted: 409,
  too_many_papers: 409,
  not_proven: 401,
  wrong_code: 403,
  code_over: 410,
  wrong_number: 403,
  mail_unavailable: 503,
  development_only: 403,
  key_missing: 401,
  key_unknown: 401,
  key_expired: 401,
  key_revoked: 401,
  recipient_inactive: 403,
  scope_missing: 403,
  idempotency_mismatch: 422,
  batches_waiting: 429,
  webhook_address_refused: 422,
  endpoints_full: 409,
  unexpected: 500,
  service_unavailable: 503,
};

const wordsIn: Record<Language, Record<ProblemCode, string>> = { vi: failuresVi, en: failuresEn };
const rulesIn: Record<Language, Record<RuleId, string>> = { vi: rulesVi, en: rulesEn };

/**
 * The failure as `application/problem+json`, RFC 9457: title says what happened, detail what to do next, in the
 * person's language; `code` and `data` are for programs; `requestId` finds the line in the log.
 */
export function problem(c: Context<WebEnv>, failure: Problem): Response {
  const status = statusOf[failure.code];
  const { language, requestId } = c.var;
  const { code, ...data } = failure; // apart, because failures have a `status` of their own
  const document = { ...typeOf(c, code), status, ...wordsOf(failure, language), code, data, requestId };
  const headers = new Headers({ "content-type": "application/problem+json", "content-language": language });
  if (failure.code === "batches_waiting") headers.set("retry-after", "10");
  if (failure.code === "throttled") headers.set("retry-after", String(failure.retryAfterSeconds));
  return c.body(JSON.stringify(document), status, Object.fromEntries(headers));
}

/** Recipients' programs are given types to branch on and titles in both languages; the officials' pages need neither. */
function typeOf(c: Context<WebEnv>, code: ProblemCode) {
  if (!c.req.path.startsWith("/api/v1/")) return { type: "about:blank" };
  return { type: problemType(c.var.site.address ?? "", code), titles: titlesOf(code) };
}

/** What happened, in both languages. */
export const titlesOf = (code: ProblemCode): Record<Language, string> => {
  const first = (words: string) => words.slice(0, words.indexOf(". ") + 1);
  return { vi: first(wordsIn.vi[code]), en: first(wordsIn.en[code]) };
};

/** Words for a page or a problem document. The title says what happened, the detail what to do next. */
export function wordsOf(failure: Problem, language: Language): { title: string; detail: string } {
  const data = shownData(failure, language);
  const words = wordsIn[language][failure.code];
  const end = words.indexOf(". ") + 1;
  return { title: filled(words.slice(0, end), data), detail: filled(words.slice(end + 1), data) };
}

function shownData(failure: Problem, language: Language): Readonly<Record<string, unknown>> {
  if (failure.code === "rule_broken") return { rule: rulesIn[language][failure.rule] };
  if (failure.code === "mandate_not_begun") return { ...failure, from: dayText(failure.from) };
  if (failure.code === "signer_away") return { until: failure.until === null ? "…" : dayText(failure.until) };
  if (failure.code === "mandate_over") return { ...failure, since: dayText(failure.since) };
  return failure.code === "throttled" ? { wait: waitText(failure.retryAfterSeconds, language) } : withSums(failure);
}

/** Sums as money is written, wherever a failure has one. */
const withSums = (failure: Problem): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(failure).map(([name, value]) => [name, name.endsWith("Dong") ? dongText(Number(value)) : value]),
  );

function filled(words: string, data: Readonly<Record<string, unknown>>): string {
  return words.replaceAll(/\{(\w+)\}/g, (_, name: string) => shown(data[name]));
}

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));
