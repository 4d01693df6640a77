import { type Branded, fail, ok, type Result } from "./kernel.ts";

export type AgencyId = Branded<string, "AgencyId">;
export type PersonId = Branded<string, "PersonId">;
export type DossierId = Branded<string, "DossierId">;
export type OriginalId = Branded<string, "OriginalId">;
export type CertificateId = Branded<string, "CertificateId">;
export type BookId = Branded<string, "BookId">;
export type BlobId = Branded<string, "BlobId">;
export type RecipientId = Branded<string, "RecipientId">;
export type RecipientKeyId = Branded<string, "RecipientKeyId">;
export type BatchId = Branded<string, "BatchId">;
export type WebhookEndpointId = Branded<string, "WebhookEndpointId">;
export type WebhookDeliveryId = Branded<string, "WebhookDeliveryId">;
export type DispatchId = Branded<string, "DispatchId">;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function parseDossierId(text: string): Result<DossierId, { code: "not_found" }> {
  return uuid.test(text) ? ok(text as DossierId) : fail({ code: "not_found" });
}
