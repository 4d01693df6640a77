import type { Certificate, Dossier } from "../core/dossier.ts";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

/** What the citizen takes away: the certified copy, or the notice why there is none. */
export type Delivered = "copy" | "notice" | "copies";

/** Which of many copies, from 1, the last one included; `all` of a number with one copy is that copy. */
export type WantedCopies = "all" | { readonly from: number; readonly to: number };

export type Delivery =
  | { readonly pdf: Bytes; readonly what: "copy" | "notice" }
  /** A ZIP archive piece by piece: a thousand copies are more than memory has room for. */
  | { readonly archive: AsyncIterable<Bytes>; readonly what: "copies" };

export type DeliveryWorld = {
  /** By the hash of the secret, unless expired. */
  readonly dossierBySecret: (secret: string) => Promise<Dossier | null>;
  readonly certificate: (dossier: Dossier) => Promise<Certificate | null>;
  /** Counts the attempt first, compares in constant time. */
  readonly checkDigits: (dossier: Dossier, digits: string) => Promise<Result<null, Failure>>;
  readonly sealedCopy: (certificate: Certificate) => Promise<Bytes>;
  /** One of the copies of a number; null where it has none of that ordinal. */
  readonly copyOf: (line: Certificate, ordinal: number) => Promise<Certificate | null>;
  /** COPIES-1: several in one archive; null where they would be too large for one. */
  readonly archiveOf: (
    line: Certificate,
    wanted: { readonly from: number; readonly to: number },
  ) => Promise<AsyncIterable<Bytes> | null>;
  /** The signed notice of a refusal; null while it waits for its signature. */
  readonly notice: (dossier: Dossier) => Promise<Bytes | null>;
  readonly noteDelivery: (dossier: Dossier, what: Delivered) => Promise<void>;
};

/** Of a dossier, what its citizen's link may show to whoever fetches it: the kind of paper, since titles name people. */
export type CitizenState = Pick<Dossier, "id" | "agencyId" | "status" | "kind" | "openedAt" | "dueAt" | "againAt">;

/** What the citizen's link shows. Reading it changes nothing: chat previews and mail scanners fetch links. */
export async function citizenState(
  secret: string,
  world: Pick<DeliveryWorld, "dossierBySecret">,
): Promise<Result<CitizenState, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const { id, agencyId, status, kind, openedAt, dueAt, againAt } = dossier;
  return ok({ id, agencyId, status, kind, openedAt, dueAt, againAt });
}

/** The citizen fetches the copy, or the notice of a refusal, with the last four digits of the identity paper. DESIGN decision 14. */
export async function deliverCopy(
  secret: string,
  digits: string,
  world: DeliveryWorld,
  wanted: WantedCopies = { from: 1, to: 1 },
): Promise<Result<Delivery, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const proven = await world.checkDigits(dossier, digits);
  if (!proven.ok) return proven;
  const delivery = dossier.status === "refused" ? await noticeOf(dossier, world) : await copies(dossier, wanted, world);
  if (delivery.ok) await world.noteDelivery(dossier, delivery.value.what);
  return delivery;
}

async function noticeOf(dossier: Dossier, world: DeliveryWorld): Promise<Result<Delivery, Failure>> {
  const pdf = await world.notice(dossier);
  return pdf === null ? fail({ code: "not_released" }) : ok({ pdf, what: "notice" });
}

const notOne = fail({ code: "malformed_request", field: "copies" } as const);

async function copies(
  dossier: Dossier,
  wanted: WantedCopies,
  world: DeliveryWorld,
): Promise<Result<Delivery, Failure>> {
  const line = dossier.status === "released" ? await world.certificate(dossier) : null;
  if (line === null) return fail({ code: "not_released" });
  const { from, to } = wanted === "all" ? { from: 1, to: line.copies } : wanted;
  if (from < 1 || from > to || to > line.copies) return notOne;
  if (from < to) {
    const archive = await world.archiveOf(line, { from, to });
    return archive === null ? notOne : ok({ archive, what: "copies" });
  }
  const copy = await world.copyOf(line, from);
  return copy === null ? notOne : ok({ pdf: await world.sealedCopy(copy), what: "copy" });
}
