import type { Certificate, Dossier } from "../core/dossier.ts";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

/** What the citizen takes away: the certified copy, or the notice why there is none. */
export type Delivered = "copy" | "notice";

export type DeliveryWorld = {
  /** By the hash of the secret, unless expired. */
  readonly dossierBySecret: (secret: string) => Promise<Dossier | null>;
  readonly certificate: (dossier: Dossier) => Promise<Certificate | null>;
  /** Counts the attempt first, compares in constant time. */
  readonly checkDigits: (dossier: Dossier, digits: string) => Promise<Result<null, Failure>>;
  readonly sealedCopy: (certificate: Certificate) => Promise<Bytes>;
  /** The signed notice of a refusal; null while it waits for its signature. */
  readonly notice: (dossier: Dossier) => Promise<Bytes | null>;
  readonly noteDelivery: (dossier: Dossier, what: Delivered) => Promise<void>;
};

/** Of a dossier, what its citizen's link may show to whoever fetches it: the kind of paper, since titles name people. */
export type CitizenState = Pick<Dossier, "id" | "agencyId" | "status" | "kind" | "openedAt">;

/** What the citizen's link shows. Reading it changes nothing: chat previews and mail scanners fetch links. */
export async function citizenState(
  secret: string,
  world: Pick<DeliveryWorld, "dossierBySecret">,
): Promise<Result<CitizenState, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const { id, agencyId, status, kind, openedAt } = dossier;
  return ok({ id, agencyId, status, kind, openedAt });
}

/** The citizen fetches the copy, or the notice of a refusal, with the last four digits of the identity paper. DESIGN decision 14. */
export async function deliverCopy(
  secret: string,
  digits: string,
  world: DeliveryWorld,
): Promise<Result<{ pdf: Bytes; what: Delivered }, Failure>> {
  const dossier = await world.dossierBySecret(secret);
  if (dossier === null) return fail({ code: "link_unknown" });
  const proven = await world.checkDigits(dossier, digits);
  if (!proven.ok) return proven;
  const what: Delivered = dossier.status === "refused" ? "notice" : "copy";
  const pdf = what === "notice" ? await world.notice(dossier) : await releasedCopy(dossier, world);
  if (pdf === null) return fail({ code: "not_released" });
  await world.noteDelivery(dossier, what);
  return ok({ pdf, what });
}

async function releasedCopy(dossier: Dossier, world: DeliveryWorld): Promise<Bytes | null> {
  const certificate = dossier.status === "released" ? await world.certificate(dossier) : null;
  return certificate === null ? null : world.sealedCopy(certificate);
}
