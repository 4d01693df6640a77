import { findCertificate } from "../../db/stores/certificates.ts";
import { evidencePlan, keepForm, newestForm, postponeEvidence } from "../../db/stores/evidence.ts";
import type { CollectingFailure } from "../../signing/seal/collect.ts";
import { type ExtendedPdf, extendToLongTerm } from "../../signing/seal/extend.ts";
import { measureTimestampReservation } from "../../signing/seal/measure.ts";
import { renewalDue } from "../../signing/seal/renewal.ts";
import type { Certificate } from "../core/dossier.ts";
import { type Bytes, concatBytes, fail, hexOf, type Result, type Sha256 } from "../core/kernel.ts";
import type { EvidenceWorld } from "../usecases/extend-evidence.ts";
import { examineExtended } from "./examining.ts";
import { type House, keepBlob, randomOf, readBlob } from "./house.ts";
import { anchorsOf, forgetSample, sampleToken, timestamps } from "./timestamps.ts";

export const evidenceWorld = (house: House): EvidenceWorld<ExtendedPdf> => ({
  now: house.now,
  certificate: (id) => findCertificate(house.sql, id),
  plan: (id) => evidencePlan(house.sql, id),
  newest: (certificate) => newestCopy(house, certificate),
  extend: (pdf) => extend(house, pdf),
  // Signing and sealing come first: a person waits for those.
  examine: async ({ pdf }, certificate) => {
    const found = await house.atTheDesk(() => examineExtended(house, pdf, certificate));
    return found.ok || found.failure.code !== "examination_failed" ? found : fail({ code: found.failure.reason });
  },
  keep: (certificate, ordinal, extended) => keep(house, certificate, ordinal, extended),
  postpone: async ({ id }, { code }, until) => {
    await postponeEvidence(house.sql, id, code, until);
    house.log.warn("evidence_postponed", { certificateId: id, code });
  },
});

/** The copy as it is handed out: sealed, with whatever evidence was appended since. DESIGN decisions 5 and 6. */
export async function newestCopy(house: House, certificate: Certificate): Promise<Bytes> {
  if (certificate.sealedBlobId === null) throw new Error("a released copy has no bytes");
  const sealed = await readBlob(house, certificate.sealedBlobId);
  const form = await newestForm(house.sql, certificate.id);
  return form === null ? sealed : concatBytes(sealed, await readBlob(house, form.blobId));
}

export const evidenceOf = async (house: House, { id }: Certificate): Promise<"pending" | "lasting"> =>
  (await newestForm(house.sql, id)) === null ? "pending" : "lasting";

async function extend(house: House, pdf: Bytes): Promise<Result<ExtendedPdf, { readonly code: string }>> {
  const sample = await sampleToken(house);
  if (sample === null) return fail({ code: "timestamp_unavailable" });
  const extended = await extendToLongTerm(pdf, {
    post: house.http.post,
    get: house.http.get,
    nonce: () => randomOf(16),
    now: house.now,
    anchors: anchorsOf(house),
    timestamps: timestamps(house, "evidence: timestamp received"),
    reservedBytes: measureTimestampReservation(sample),
    primitives: house.primitives,
  });
  // The authority's tokens have grown beyond the sample: the next attempt weighs a new one.
  if (!extended.ok && extended.failure.code === "signature_larger_than_reserved") forgetSample(house);
  return extended.ok ? extended : fail({ code: codeOf(extended.failure) });
}

/** Why, as far as one word can tell; whom it is about stands in no log. */
function codeOf(failure: CollectingFailure): string {
  if (failure.code === "timestamp_unavailable") return `timestamp_${failure.attempts.at(-1)?.reason ?? "unavailable"}`;
  return "reason" in failure ? `${failure.code}:${failure.reason.split(",")[0]}` : failure.code;
}

/** Only what follows the sealed copy is stored: the copy itself stands once, and no form can differ from it. */
async function keep(
  house: House,
  certificate: Certificate,
  ordinal: number,
  { pdf, provenTime, token }: ExtendedPdf,
): Promise<boolean> {
  const nextDue = renewalDue(token);
  if (certificate.identity === null || nextDue === null) throw new Error("an examined form has identity and authority");
  const tail = pdf.subarray(certificate.identity.length);
  const { blobId } = await keepBlob(house, certificate.agencyId, "evidence", tail);
  await house.pass("evidence: bytes stored");
  const sha256 = hexOf(house.primitives.digest("sha256", pdf)) as Sha256;
  const form = { blobId, sha256, lengthBytes: pdf.length, provenAt: provenTime };
  const kept = await keepForm(house.sql, certificate.id, ordinal, form, nextDue);
  if (!kept) await house.blobs.erase(blobId);
  await house.pass("evidence: kept");
  if (kept) house.log.info("evidence_added", { certificateId: certificate.id, count: ordinal });
  return kept;
}
