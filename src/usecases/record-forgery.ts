import type { Actor, Dossier } from "../core/dossier.ts";
import { type ForgeryRecord, forgeryBounds, mayBeRecorded } from "../core/forgery.ts";
import type { AgencyId, DossierId } from "../core/ids.ts";
import { fail, type Instant, type Result } from "../core/kernel.ts";
import type { KeptRefusal } from "../core/refusal-grounds.ts";
import type { Failure } from "./failure.ts";

/** @param id of the form: sent twice it is one record */
export type NewForgeryRecord = ForgeryRecord & { readonly id: string };

export type ForgeryWorld = {
  readonly now: () => Instant;
  readonly dossier: (id: DossierId, agencyId: AgencyId) => Promise<Dossier | null>;
  readonly refusal: (id: DossierId) => Promise<KeptRefusal | null>;
  readonly isRecorded: (id: DossierId) => Promise<boolean>;
  readonly isPrintable: (text: string) => boolean;
  /**
   * One transaction; the same again changes nothing. Refused where something else stands under that id, and where the
   * paper was attested or ended meanwhile.
   */
  readonly keepRecord: (
    dossier: Dossier,
    record: NewForgeryRecord,
    actor: Actor,
    at: Instant,
  ) => Promise<Result<null, Failure>>;
};

type Text = "presentedBy" | "seen" | "kept" | "handedTo";

/**
 * The record (*biên bản*) of a paper that is suspected to be forged: before it is attested, or once it is refused on that
 * ground, and always before the notice is signed, which says that there is one. What has a record is not attested; what is
 * attested is refused first. What follows, as a later handing over, is a further record, however the dossier ended.
 * NĐ 23/2015 Art. 9, REFUSE-2.
 */
export async function recordForgery(
  dossierId: DossierId,
  typed: NewForgeryRecord,
  actor: Actor,
  world: ForgeryWorld,
): Promise<Result<null, Failure>> {
  const dossier = await world.dossier(dossierId, actor.agencyId);
  if (dossier === null) return fail({ code: "not_found" });
  if (!(await isForThis(dossier, world))) return fail({ code: "wrong_stage", status: dossier.status });
  const record = tidied(typed);
  const now = world.now();
  const field = record.seenAt > now ? "day" : faultyText(record, world);
  if (field !== null) return fail({ code: "malformed_request", field });
  return world.keepRecord(dossier, record, actor, now);
}

async function isForThis(
  { id, status }: Dossier,
  world: Pick<ForgeryWorld, "refusal" | "isRecorded">,
): Promise<boolean> {
  const refusal = status === "refused" ? await world.refusal(id) : null;
  return mayBeRecorded({ status, ground: refusal?.ground ?? null, isRecorded: await world.isRecorded(id) });
}

const tidy = (text: string): string => text.normalize("NFC").trim();

const tidied = (typed: NewForgeryRecord): NewForgeryRecord => ({
  ...typed,
  presentedBy: tidy(typed.presentedBy),
  seen: tidy(typed.seen),
  kept: tidy(typed.kept),
  handedTo: tidy(typed.handedTo ?? "") || null,
});

function faultyText(record: NewForgeryRecord, { isPrintable }: Pick<ForgeryWorld, "isPrintable">): Text | null {
  const { least } = forgeryBounds;
  const isFit = (field: Text, from: number) => {
    const text = (record[field] ?? "").replace(/\s+/gu, " ");
    return text.length >= from && text.length <= forgeryBounds[field] && isPrintable(text);
  };
  const bounds = [["presentedBy", 1], ["seen", least], ["kept", least], ["handedTo", 0]] as const; // biome-ignore format: one line
  return bounds.find(([field, from]) => !isFit(field, from))?.[0] ?? null;
}
