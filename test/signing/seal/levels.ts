import { setTimeout as after } from "node:timers/promises";
import { parseCertificate } from "../../../signing/format/certificate.ts";
import type { AnchorPurpose } from "../../../signing/format/chain.ts";
import type { KeyHolder } from "../../../signing/keys/key-holder.ts";
import { type CollectingWorld, collectEvidence } from "../../../signing/seal/collect.ts";
import { appendDocumentTimestamp } from "../../../signing/seal/document-timestamp.ts";
import { appendEvidence } from "../../../signing/seal/evidence.ts";
import { sealSignature } from "../../../signing/seal/seal.ts";
import type { Bytes, Instant } from "../../../src/core/kernel.ts";
import type { HttpClient } from "../../../src/http.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";
import { sealingBy, value } from "./sealing.ts";
import type { ThrowawayPki } from "./throwaway-pki.ts";

export const levels = ["B-B", "B-T", "B-LT", "B-LTA"] as const;
export type Level = (typeof levels)[number];

export const nowInstant = (): Instant => `${new Date().toISOString().slice(0, 19)}Z` as Instant;

/** The root of the throwaway authority, trusted for everything. */
export const anchorsOf = (pki: ThrowawayPki) => {
  const certificate = value(parseCertificate(pki.der("root")));
  const purposes: readonly AnchorPurpose[] = ["public", "timestamp"];
  return purposes.map((purpose) => ({ purpose, certificate }));
};

export const collectingBy = (pki: ThrowawayPki, http: HttpClient): CollectingWorld => ({
  post: http.post,
  get: http.get,
  nonce: () => crypto.getRandomValues(new Uint8Array(16)),
  now: nowInstant,
  anchors: anchorsOf(pki),
  primitives: nodePrimitives,
});

/** Seconds are the grain of every clock here: an answer is newer than a timestamp only in a later second. */
export const nextSecond = (): Promise<void> => after(1050 - (Date.now() % 1000));

/** The file at each level, each made of the one before; two signatures by the same key in added fields. */
export async function atEveryLevel(
  pdf: Bytes,
  key: KeyHolder,
  pki: ThrowawayPki,
  http: HttpClient,
): Promise<Record<Level, Bytes>> {
  const { world, request, timestamps } = sealingBy(pki, http);
  const { appearance: _, ...invisible } = request(pdf, "second");
  const first = { ...request(pdf, "first"), place: { page: 1, rectangle: [50, 100, 250, 200] as const } };
  const sealed = async (options: { dated: boolean }) => {
    const by = options.dated ? world(key) : { ...world(key), timestamps: null };
    const one = value(await sealSignature(first, by)).pdf;
    return value(await sealSignature({ ...invisible, pdf: one, place: { page: 1, rectangle: null } }, by)).pdf;
  };
  const basic = await sealed({ dated: false });
  const dated = await sealed({ dated: true });
  await nextSecond();
  const evidence = value(await collectEvidence(dated, collectingBy(pki, http)));
  const stored = value(appendEvidence(dated, evidence, nodePrimitives)).pdf;
  const world2 = { ...timestamps(), primitives: nodePrimitives };
  const archived = value(await appendDocumentTimestamp(stored, 6000, world2)).pdf;
  return { "B-B": basic, "B-T": dated, "B-LT": stored, "B-LTA": archived };
}
