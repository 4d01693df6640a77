import type { Bytes, Instant, Result } from "../../src/core/kernel.ts";
import { ok } from "../../src/core/kernel.ts";
import { type CollectingFailure, type CollectingWorld, collectEvidence } from "./collect.ts";
import { appendDocumentTimestamp } from "./document-timestamp.ts";
import { appendEvidence } from "./evidence.ts";
import type { TimestampWorld } from "./timestamp.ts";

/** @property token of the document timestamp, DER: how long it lasts is told by `renewalDue` */
export type ExtendedPdf = { readonly pdf: Bytes; readonly provenTime: Instant; readonly token: Bytes };

export type ExtendingWorld = CollectingWorld & {
  readonly timestamps: Omit<TimestampWorld, "primitives" | "now">;
  /** Room for the token, see `measureTimestampReservation`. */
  readonly reservedBytes: number;
};

/**
 * Brings every signature of the file to B-LTA, or renews it: evidence for all that stands, then a document timestamp over
 * it. EN 319 142-1 §5.4.3. The bytes given are a prefix of what comes back.
 */
export async function extendToLongTerm(
  pdf: Bytes,
  world: ExtendingWorld,
): Promise<Result<ExtendedPdf, CollectingFailure>> {
  const evidence = await collectEvidence(pdf, world);
  if (!evidence.ok) return evidence;
  const stored = appendEvidence(pdf, evidence.value, world.primitives);
  if (!stored.ok) return stored;
  const { timestamps, reservedBytes, now, primitives } = world;
  const dated = await appendDocumentTimestamp(stored.value.pdf, reservedBytes, { ...timestamps, now, primitives });
  return dated.ok ? ok(dated.value) : dated;
}
