import { type Branded, type Bytes, fail, hexOf, ok, type Result } from "./kernel.ts";

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

const randomBytesInId = 10;

/**
 * A UUIDv7 in lower case, RFC 9562 §5.7: what is written one after another lies side by side in each index, so writing
 * costs the same in a book of ten million lines (ADR 99). It says when it was made and guards nothing: secrets are of 128
 * random bits and never an id.
 *
 * @param milliseconds since 1970
 * @param random ten bytes
 */
export function idInOrder(milliseconds: number, random: Bytes): string {
  if (random.length !== randomBytesInId) throw new Error("an id wants ten random bytes");
  const time = milliseconds.toString(16).padStart(12, "0");
  const [version = 0, , variant = 0] = random;
  const bytes = random.with(0, 0x70 | (version & 0x0f)).with(2, 0x80 | (variant & 0x3f));
  const tail = hexOf(bytes);
  return `${time.slice(0, 8)}-${time.slice(8)}-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}`;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function parseDossierId(text: string): Result<DossierId, { code: "not_found" }> {
  return uuid.test(text) ? ok(text as DossierId) : fail({ code: "not_found" });
}
