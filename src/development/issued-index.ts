import { z } from "zod";
import { type Instant, ok, parseInstant, type Result } from "../core/kernel.ts";
import { replacePrivateFile } from "../roof/durable-files.ts";
import { type PkiFailure, readWith } from "./pki-files.ts";

/** CRLReason, RFC 5280 §5.3.1: those an official's token can meet. */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
} as const;
export type RevocationReason = keyof typeof revocationReasons;

/** What the OCSP authority knows of one certificate. */
export type IssuedCertificateEntry = {
  /** INTEGER content octets of the serial number, in hexadecimal. */
  readonly serial: string;
  readonly issuer: string;
  readonly subject: string;
  readonly issuedAt: Instant;
  readonly revoked: { readonly at: Instant; readonly reason: RevocationReason } | null;
};

const instant = z.string().transform((text, context): Instant => {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  context.addIssue("not an instant");
  return z.NEVER;
});
const reasons = ["unspecified", "keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation"] as const;
const IndexFile = z.array(
  z.object({
    serial: z.string().regex(/^([0-9a-f]{2}){1,20}$/),
    issuer: z.string(),
    subject: z.string(),
    issuedAt: instant,
    revoked: z.object({ at: instant, reason: z.enum(reasons) }).nullable(),
  }),
);

/** Every certificate that was issued, oldest first; nothing is ever taken out. */
export function readIndex(file: string): Result<IssuedCertificateEntry[], PkiFailure> {
  return readWith(file, (text) => IndexFile.parse(JSON.parse(text)));
}

export const indexText = (entries: readonly IssuedCertificateEntry[]): string =>
  `${JSON.stringify(entries, null, 1)}\n`;

/**
 * Reads, changes and replaces the index without a pause in between: inside one process no change is lost to another.
 *
 * @returns what `change` gave, or `pki_unreadable`
 */
export function changeIndex(
  file: string,
  change: (entries: readonly IssuedCertificateEntry[]) => IssuedCertificateEntry[],
): Result<null, PkiFailure> {
  const entries = readIndex(file);
  if (!entries.ok) return entries;
  replacePrivateFile(file, indexText(change(entries.value)));
  return ok(null);
}
