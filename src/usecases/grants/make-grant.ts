import type { Certificate, Dossier } from "../../core/dossier.ts";
import { type Grant, type Grantee, type GrantId, grantBounds, parsePages } from "../../core/grant.ts";
import type { RecipientId } from "../../core/ids.ts";
import { type Bytes, fail, type Instant, instantOfSeconds, ok, type Result, secondsOf } from "../../core/kernel.ts";
import type { Failure } from "../failure.ts";

/** What the citizen chose. */
export type GrantWish = {
  /** Given with the form: the same form sent twice makes one grant. */
  readonly id: GrantId;
  /** A registered recipient; null where the office is only named. */
  readonly recipientId: string | null;
  readonly recipientName: string | null;
  readonly procedure: string;
  /** `1, 3-5`; null for the whole copy. */
  readonly pages: string | null;
  readonly days: number;
  readonly uses: number;
};

export type GrantingWorld = {
  readonly now: () => Instant;
  readonly certificate: (dossier: Dossier) => Promise<Certificate | null>;
  readonly hasLostItsValue: (certificate: Certificate) => Promise<boolean>;
  /** Its bytes are gone: a link would open nothing. */
  readonly isErased: (certificate: Certificate) => Promise<boolean>;
  /** Pages of the original. */
  readonly pageCount: (dossier: Dossier) => Promise<number>;
  /** One that may receive what this dossier's agency certified; null else. */
  readonly recipient: (
    id: string,
    dossier: Dossier,
  ) => Promise<{ readonly id: RecipientId; readonly name: string } | null>;
  readonly newSecret: () => { readonly text: string; readonly hash: Bytes };
  /** Kept with its audit entry. @returns false where a grant of that id was kept before, or too many stand open */
  readonly keepGrant: (grant: Grant, secretHash: Bytes) => Promise<"kept" | "kept_before" | "too_many">;
};

const daySeconds = 86_400;

/** A link for one recipient and one procedure. Its secret is told once; only a hash of it is kept. */
export async function makeGrant(
  dossier: Dossier,
  wish: GrantWish,
  world: GrantingWorld,
): Promise<Result<{ grant: Grant; secret: string }, Failure>> {
  const certificate = dossier.status === "released" ? await world.certificate(dossier) : null;
  if (certificate === null) return fail({ code: "not_released" });
  if (await world.hasLostItsValue(certificate)) return fail({ code: "copy_without_value" });
  if (await world.isErased(certificate)) return fail({ code: "erased" });
  const chosen = await choicesOf(dossier, wish, world);
  if (!chosen.ok) return chosen;
  const madeAt = world.now();
  const grant: Grant = {
    id: wish.id,
    certificateId: certificate.id,
    agencyId: dossier.agencyId,
    ...chosen.value,
    used: 0,
    madeAt,
    expiresAt: instantOfSeconds(secondsOf(madeAt) + wish.days * daySeconds),
    revokedAt: null,
  };
  const secret = world.newSecret();
  const kept = await world.keepGrant(grant, secret.hash);
  if (kept === "too_many") return fail({ code: "too_many_grants", most: grantBounds.mostOpenGrants });
  return kept === "kept_before" ? fail({ code: "grant_made_before" }) : ok({ grant, secret: secret.text });
}

type Choices = Pick<Grant, "grantee" | "procedure" | "pages" | "uses">;

async function choicesOf(
  dossier: Dossier,
  wish: GrantWish,
  world: Pick<GrantingWorld, "pageCount" | "recipient">,
): Promise<Result<Choices, Failure>> {
  const { procedure, uses, days } = wish;
  const { mostDays, mostUses, mostLetters } = grantBounds;
  if (!isWhole(days, mostDays)) return malformed("days");
  if (!isWhole(uses, mostUses)) return malformed("uses");
  if (procedure.length < 2 || procedure.length > mostLetters) return malformed("procedure");
  const pages = wish.pages === null ? null : parsePages(wish.pages, await world.pageCount(dossier));
  if (wish.pages !== null && pages === null) return malformed("pages");
  const grantee = await granteeOf(dossier, wish, world);
  return grantee === null ? malformed("recipient") : ok({ grantee, procedure, pages, uses });
}

const isWhole = (number: number, most: number): boolean => Number.isInteger(number) && number >= 1 && number <= most;
const malformed = (field: string) => fail({ code: "malformed_request", field } as const);

async function granteeOf(
  dossier: Dossier,
  { recipientId, recipientName }: GrantWish,
  world: Pick<GrantingWorld, "recipient">,
): Promise<Grantee | null> {
  if (recipientId !== null) return world.recipient(recipientId, dossier);
  const name = recipientName ?? "";
  return name.length < 2 || name.length > grantBounds.mostLetters ? null : { id: null, name };
}
