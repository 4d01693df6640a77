import type { Context } from "hono";
import type { GrantId, GrantState, Opening, OpeningId } from "../../core/grant.ts";
import type { Bytes, Instant, LocalDate, Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { HandoverId } from "../../usecases/grants/hand-over.ts";
import type { Visit } from "../grants/world.ts";
import type { WebEnv } from "../route.ts";

type HandoverLine = {
  readonly id: HandoverId;
  readonly procedure: string;
  readonly handedAt: Instant;
  readonly applicantName: string;
  readonly copies: number;
  readonly opened: number;
};

export type InboxView = {
  /** Newest first. */
  readonly handovers: readonly HandoverLine[];
  readonly openings: readonly {
    readonly id: OpeningId;
    readonly openedAt: Instant;
    readonly procedure: string;
    readonly kind: string;
  }[];
};

export type CopyLine = {
  readonly grantId: GrantId;
  readonly kind: string;
  readonly number: number;
  readonly printedOn: LocalDate;
  readonly state: GrantState;
  readonly left: number;
  /** The newest, with what it may still fetch. */
  readonly opening: { readonly id: OpeningId; readonly isOpen: boolean } | null;
};

export type HandoverView = HandoverLine & { readonly lines: readonly CopyLine[] };

/** The inbox of one recipient. What is behind the door wants the visit that a code opened, of this very recipient. */
export type InboxWorld = {
  readonly office: (recipientId: string) => Promise<{ readonly name: string } | null>;
  readonly canMail: boolean;
  readonly outboxFolder: string | null;
  readonly sendCode: (
    c: Context<WebEnv>,
    recipientId: string,
  ) => Promise<Result<{ readonly challenge: string }, Failure>>;
  readonly proveByCode: (challenge: string, code: string) => Promise<Result<Visit, Failure>>;
  readonly view: (recipientId: string, token: string | null) => Promise<Result<InboxView, Failure>>;
  readonly handover: (recipientId: string, token: string | null, id: string) => Promise<Result<HandoverView, Failure>>;
  readonly open: (
    recipientId: string,
    token: string | null,
    at: { readonly handoverId: string; readonly grantId: string },
  ) => Promise<Result<Opening, Failure>>;
  /** The copies of a handover that stand open now, each as it is given out. */
  readonly openCopies: (
    recipientId: string,
    token: string | null,
    id: string,
  ) => Promise<Result<readonly { readonly name: string; readonly read: () => Promise<Bytes> }[], Failure>>;
  readonly leave: (token: string) => Promise<void>;
};
