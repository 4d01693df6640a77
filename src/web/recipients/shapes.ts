import { z } from "zod";
import { keyScopes } from "../../core/recipients.ts";
import { mostCopies } from "../../core/verification-batch.ts";

// What recipients' programs send and get. The OpenAPI document is made from these, so they are the only word about it.

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.uuid();

const reference = z.string().min(1).max(100).optional();
const lengthBytes = z.int().min(1).max(1_000_000_000);

/** One copy, told by its code, its link, or its digest and length. */
export const CopyToVerify = z.union([
  z.strictObject({ code: z.string().min(1).max(60), reference }),
  z.strictObject({ link: z.string().min(1).max(400), reference }),
  z.strictObject({ sha256: digest, lengthBytes, reference }),
]);

export const BatchToVerify = z.strictObject({ items: z.array(CopyToVerify).min(1).max(mostCopies) });

export const KeyAnswer = z.strictObject({
  id,
  recipient: z.string(),
  scopes: z.array(z.enum(keyScopes)),
  expiresAt: instant,
});

const CopyFacts = z.strictObject({
  agency: z.strictObject({ id: z.string(), name: z.string() }),
  number: z.int(),
  book: z.string(),
  sealedAt: instant,
  signer: z.strictObject({ name: z.string(), title: z.string() }),
  paper: z.strictObject({
    kind: z.string(),
    numberMasked: z.string(),
    issuedOn: date.nullable(),
    issuedBy: z.string(),
  }),
  holderInitials: z.string(),
  pageCount: z.int(),
  identity: z.strictObject({ sha256: digest, lengthBytes: z.int() }),
  statusIndex: z.int(),
  statusAsOf: instant.nullable(),
  decision: z.strictObject({ number: z.string(), date }).nullable(),
  /** The copy that stands in its place, where the decision names one. Left out where it could not be read now, and in answers kept before. */
  successor: z.strictObject({ number: z.int(), book: z.string(), date }).nullable().optional(),
  development: z.boolean(),
});

/** `issued`: in force now. `unknown`: nobody here issued it. Everything else is not to be relied on as it stands. */
const copyOutcomes = [
  "issued",
  "annulled",
  "superseded",
  "status_unknown",
  "unknown",
  "malformed",
  "unproven",
] as const;

export const CopyAnswer = z.strictObject({
  outcome: z.enum(copyOutcomes),
  reference,
  copy: CopyFacts.nullable(),
});

const fileOutcomes = [
  "good",
  "annulled",
  "superseded",
  "altered",
  "damaged",
  "changed_after",
  "unknown_issuer",
  "not_certified",
  "another_copy",
  "needs_code",
  "needs_network",
  "status_unknown",
  "undecided",
  "unsigned",
  "unreadable",
] as const;

export const FileAnswer = z.strictObject({
  outcome: z.enum([...fileOutcomes, "unproven", "stopped", "empty"]),
  sha256: digest,
  lengthBytes: z.int(),
  copy: CopyFacts.nullable(),
});

/** What the citizen sent: the whole link, or only its secret. */
export const LinkToOpen = z.union([
  z.strictObject({
    link: z
      .string()
      .max(400)
      .regex(/^(?:https?:\/\/[^/?#\s]+)?\/g\/[\w-]{22}$/),
  }),
  z.strictObject({ secret: z.string().regex(/^[\w-]{22}$/) }),
]);

/** The use that was made of a link, what it leaves, and where the same recipient fetches what was opened. */
export const OpeningAnswer = z.strictObject({
  id,
  openedAt: instant,
  procedure: z.string(),
  /** Numbers of the original's pages; null for the whole copy. */
  pages: z.array(z.int()).nullable(),
  link: z.strictObject({ expiresAt: instant, uses: z.int(), used: z.int() }),
  /** Until when the files below are given; the receipt stays. */
  fetchUntil: instant,
  closed: z.enum(["over", "revoked", "annulled"]).nullable(),
  files: z.array(z.strictObject({ page: z.int().nullable(), url: z.string() })),
  copy: z.strictObject({
    kind: z.string(),
    agencyName: z.string(),
    number: z.int(),
    bookText: z.string(),
    printedOn: date,
    sha256: digest,
    lengthBytes: z.int(),
    verificationLink: z.string(),
  }),
  /** Flattened JWS, RFC 7515 §7.2.2; null where this service has no valid key for reports. */
  receipt: z.strictObject({ payload: z.string(), protected: z.string(), signature: z.string() }).nullable(),
  /** SD-JWT VC of the paper's fields; null for chosen pages, once closed, and where this service has no key for it. */
  credential: z.string().nullable(),
});

export const BatchAnswer = z.strictObject({
  id,
  state: z.enum(["running", "done"]),
  total: z.int(),
  done: z.int(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});

export const ResultsAnswer = z.strictObject({
  results: z.array(CopyAnswer),
  /** `from` of the next page; null where this is the last that there is now. */
  next: z.int().nullable(),
});

export const ResultsAsked = z.strictObject({
  from: z.coerce.number().int().min(0).max(mostCopies).default(0),
  limit: z.coerce.number().int().min(1).max(mostCopies).default(100),
});
