import type { Actor } from "../../../core/dossier.ts";
import type { FeeAccount, FeeExemption } from "../../../core/fee-account.ts";
import type { DossierId } from "../../../core/ids.ts";
import type { Bytes, Result } from "../../../core/kernel.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { PaymentRequest } from "../../../usecases/fees/book-payment.ts";
import type { GivingBackRequest } from "../../../usecases/fees/give-back.ts";
import type { OfficialsWorld } from "../../officials/world.ts";

type Answer<T> = Promise<Result<T, Failure>>;

/** The fee of papers presented together, from the page of any of them. */
export type FeeDesk = Pick<OfficialsWorld, "dossier"> & {
  /** For a form that books a payment: sent twice, it books one. */
  readonly newFormId: () => string;
  readonly account: (id: DossierId, actor: Actor) => Answer<FeeAccount>;
  /** Those that hold for the day of the request. */
  readonly exemptionsFor: (id: DossierId, actor: Actor) => Promise<readonly FeeExemption[]>;
  readonly book: (id: DossierId, payment: PaymentRequest, actor: Actor) => Answer<null>;
  readonly reverse: (
    id: DossierId,
    reversal: { readonly paymentId: string; readonly reason: string },
    actor: Actor,
  ) => Answer<null>;
  readonly giveBack: (id: DossierId, given: GivingBackRequest, actor: Actor) => Answer<null>;
  readonly undoGivenBack: (
    id: DossierId,
    undone: { readonly givenId: string; readonly reason: string },
    actor: Actor,
  ) => Answer<null>;
  readonly waive: (
    id: DossierId,
    waiver: { readonly exemptionId: string; readonly evidence: string },
    actor: Actor,
  ) => Answer<null>;
  readonly endWaiver: (id: DossierId, reason: string, actor: Actor) => Answer<null>;
  readonly receipt: (id: DossierId, paymentId: string, actor: Actor) => Answer<Bytes>;
};
