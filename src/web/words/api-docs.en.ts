import type { apiDocsVi } from "./api-docs.vi.ts";

export const apiDocsEn: Readonly<Record<keyof typeof apiDocsVi, string>> = {
  title: "API for recipients of copies",
  lead: "A recipient's programs check certified electronic copies with this API. Every answer is JSON; a failure is problem+json (RFC 9457).",
  operations: "Requests",
  request: "Request",
  does: "Does",
  scope: "Scope",
  keys: "Keys",
  keysLead: "An administrator of the certifying agency issues the key, with scopes ({scopes}) and an end.",
  limits: "A key has 600 requests in 60 seconds; RateLimit tells what is left, Retry-After how long to wait.",
  batches: "Batches",
  batchesLead:
    "A batch has 1 to 1,000 copies. Sent with an Idempotency-Key, sending it again opens no second one. Ask how far it is, wait as Retry-After says, then take the answers a page at a time. They are kept for 7 days, and only who sent the batch sees them.",
  problems: "Problems",
  problemsLead: "The member type leads to the problem's line here; the member code is the same at every installation.",
  means: "Means",
};
