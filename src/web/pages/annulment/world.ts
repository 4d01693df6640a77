import type { Actor } from "../../../core/dossier.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Bytes, Instant, LocalDate, Result } from "../../../core/kernel.ts";
import type { AnnulmentKind, AnnulmentList, ToldRecipient } from "../../../core/status/annulment.ts";
import type { AnnulmentRequest } from "../../../usecases/annul-certificate.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { DeskWorld } from "../signing/world.ts";

/** As far as it was typed. */
export type DraftOfDecision = {
  readonly kind: AnnulmentKind;
  readonly number: string;
  readonly date: LocalDate | null;
  readonly by: string;
  readonly reason: string;
  readonly successor: { readonly number: number; readonly year: number } | null;
};

/** Decisions about copies that were issued; `annul` checks the actor's agency. */
export type AnnulmentWorld = Pick<DeskWorld, "desk"> & {
  readonly now: () => Instant;
  readonly annul: (id: DossierId, request: AnnulmentRequest, actor: Actor) => Promise<Result<null, Failure>>;
  /** Who is known to have the copy, and how far the news of its annulment came. */
  readonly told: (id: DossierId, actor: Actor) => Promise<readonly ToldRecipient[]>;
  /** The decision as a paper to be signed by hand; what is not typed yet is left open. */
  readonly draft: (id: DossierId, typed: DraftOfDecision, actor: Actor) => Promise<Result<Bytes, Failure>>;
  /** Of every agency, the newest first; or an older part, null where there is none. */
  readonly annulments: (part: number | null) => Promise<AnnulmentList | null>;
  /** One agency's as a paper; where none is named, of the only agency. */
  readonly annulmentsPaper: (agencyId: string | null, part: number | null) => Promise<Result<Bytes, Failure>>;
};
