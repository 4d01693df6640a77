import { z } from "zod";
import type { CertifiedCopyVerdict, NotReason, UnknownReason } from "../core/certified-copy.ts";
import { type Instant, parseInstant, parseSha256, type Sha256 } from "../core/kernel.ts";
import type { FiledReport, NotExamined, ReportOfFiles } from "../web/verification/filed-report.ts";

// Keys stand in the order of `examine --json`, version 1: zod gives them back in the order of the shape.

const Text = z.string().max(4000);
const Whole = z.int().min(0);
const Digest = z
  .string()
  .refine((text) => parseSha256(text).ok)
  .transform((text) => text as Sha256);
const Time = z
  .string()
  .refine((text) => parseInstant(text).ok)
  .transform((text) => text as Instant);

const Signature = z.object({
  signer: z.object({ name: Text, subject: Text, issuer: Text, certificateSha256: Digest }).nullable(),
  role: z.enum(["official", "agency_seal", "timestamp", "public"]).nullable(),
  claimedTime: Time.nullable(),
  provenTime: Time.nullable(),
  level: Text.nullable(),
  intact: z.boolean(),
  trusted: z.boolean(),
  revocation: z.object({ status: Text, source: Text.nullable(), thisUpdate: Time.nullable() }),
  revision: z.object({ from: Whole, to: Whole }).nullable(),
  laterChanges: z.array(z.object({ kind: Text, class: Text, at: z.union([Text, z.number()]).nullable() })).max(2000),
});

const Status = z.enum(["PASSED", "INDETERMINATE", "FAILED"]).nullable();
const document = z.object({ status: Status, subIndication: Text.nullable(), reason: Text.nullable() });
const signatures = z.array(Signature).max(64);

/** What the process that read a stranger's file says for a report; the rest is not its business. */
export const ExaminedForReport = z.object({
  documentSha256: Digest,
  document,
  policy: Text,
  checkedAt: Time,
  signatures,
});

const notReasons = [
  "not_signed",
  "signed_content_changed",
  "changed_after_sealing",
  "not_two_signatures",
  "officer_not_listed",
  "seal_not_listed",
  "agencies_differ",
  "record_of_another_copy",
] as const satisfies readonly NotReason[];
const unknownReasons = [
  "signer_not_recognised",
  "time_not_proven",
  "signature_not_passed",
  "record_missing",
  "status_unknown",
  "identity_missing",
] as const satisfies readonly UnknownReason[];

const certifiedCopy = z.discriminatedUnion("status", [
  z.object({
    status: z.enum(["issued_here", "issued_by", "annulled", "superseded"]),
    reason: z.null(),
    agencyId: Text,
    agencyName: Text,
    number: Whole,
    sealedAt: Time,
  }),
  z.object({ status: z.literal("not_a_certified_copy"), reason: z.enum(notReasons) }),
  z.object({ status: z.literal("unknown"), reason: z.enum(unknownReasons) }),
]) satisfies z.ZodType<CertifiedCopyVerdict>;

const FiledReportShape = z.object({
  version: z.literal(1),
  documentSha256: Digest,
  code: Text,
  document,
  certifiedCopy,
  policy: Text,
  trustListSequence: Whole.nullable(),
  checkedAt: Time,
  signatures,
}) satisfies z.ZodType<FiledReport>;

const notExamined = [
  "empty",
  "too_large",
  "too_many",
  "out_of_time",
  "busy",
  "stopped",
  "record_unproven",
  "too_long",
] as const satisfies readonly NotExamined[];

const InBoth = z.object({ vi: Text, en: Text });

const Against = z.object({
  log: z.object({ origin: Text, treeSize: Whole, rootHash: Text, leafIndex: Whole }),
  status: z.object({ list: Text, index: Whole, asOf: Time.nullable() }),
});

const File = z.object({
  name: z.string().max(400),
  sha256: Digest.nullable(),
  lengthBytes: Whole.nullable(),
  notExamined: z.enum(notExamined).nullable(),
  says: InBoth,
  against: Against.nullable(),
  report: FiledReportShape.nullable(),
});

/** The payload of an envelope. */
export const ReportOfFilesShape = z.object({
  version: z.literal(2),
  checkedAt: Time,
  checkedBy: z.string().max(400).nullable(),
  duty: InBoth,
  files: z.array(File).min(1).max(200),
}) satisfies z.ZodType<ReportOfFiles>;
