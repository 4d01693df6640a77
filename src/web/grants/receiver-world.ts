import type { Context } from "hono";
import type { Grant, GrantState, Opening, OpeningId } from "../../core/grant.ts";
import type { Bytes, Instant, LocalDate, Result, Sha256 } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { Language } from "../language.ts";
import type { WebEnv } from "../route.ts";
import type { Visit } from "./world.ts";

/** Who sits at the receiver's browser, as far as this link is concerned. */
export type ReceiverHere =
  | { readonly kind: "nobody" }
  /** Signed in by a code; `isMeant` when the link is for this recipient. */
  | { readonly kind: "recipient"; readonly name: string; readonly isMeant: boolean }
  /** Waits at a counter for the citizen's word. */
  | { readonly kind: "counter"; readonly number: string; readonly standing: "waiting" | "confirmed" | "over" };

/** What a link tells before it is opened; of one that opens nothing only why. No personal data. */
export type ReceiverView =
  | { readonly state: Exclude<GrantState, "open"> }
  | {
      readonly state: "open";
      readonly grant: Pick<Grant, "procedure" | "pages" | "uses" | "used" | "expiresAt" | "grantee">;
      readonly kind: string;
      readonly agencyName: string;
      /** Whether a code can be sent to the recipient's registered address. */
      readonly canMail: boolean;
      readonly here: ReceiverHere;
    };

/** What a receiver has after opening. The same facts stand in both sides' receipts. */
export type Receipt = {
  readonly openingId: OpeningId;
  readonly opening: Pick<Opening, "ordinal" | "openedAt" | "proof" | "openedBy">;
  readonly procedure: string;
  readonly pages: readonly number[] | null;
  readonly uses: number;
  readonly copy: {
    readonly kind: string;
    readonly agencyName: string;
    readonly number: number;
    readonly bookText: string;
    readonly printedOn: LocalDate;
    /** Of the copy up to the end of the agency's signature. DESIGN decision 5. */
    readonly sha256: Sha256;
    readonly lengthBytes: number;
    readonly verificationLink: string;
  };
};

export type OpeningView = Receipt & {
  /** Until when this browser may fetch what was opened; the receipt stays. */
  readonly until: Instant;
  /** Null while everything may be fetched. */
  readonly closed: "over" | "revoked" | "annulled" | null;
};

export type ReceiversWorld = {
  /** GET: changes nothing. */
  readonly look: (secret: string, token: string | null) => Promise<Result<ReceiverView, Failure>>;
  /** A code to the registered address of whom the link is for. @returns what must come back with the code */
  readonly sendCode: (c: Context<WebEnv>, secret: string) => Promise<Result<{ readonly challenge: string }, Failure>>;
  readonly proveByCode: (challenge: string, code: string) => Promise<Result<Visit, Failure>>;
  readonly askAtCounter: (c: Context<WebEnv>, secret: string) => Promise<Result<Visit, Failure>>;
  readonly open: (secret: string, token: string | null) => Promise<Result<Opening, Failure>>;
  readonly opening: (id: string, token: string | null) => Promise<Result<OpeningView, Failure>>;
  readonly copyOf: (id: string, token: string | null) => Promise<Result<Bytes, Failure>>;
  readonly pageOf: (id: string, page: number, token: string | null) => Promise<Result<Bytes, Failure>>;
  /** Signed anew each time, so counted against the opening and who asks. */
  readonly receiptOf: (
    c: Context<WebEnv>,
    id: string,
    token: string | null,
    as: "pdf" | "json",
    language: Language,
  ) => Promise<Result<Bytes, Failure>>;
  /** Against whoever tries links that nobody made. */
  readonly guesses: (c: Context<WebEnv>) => {
    readonly refusedForSeconds: () => number | null;
    readonly missed: () => void;
  };
  /** Where mail lies in development without a mail server; null elsewhere. */
  readonly outboxFolder: string | null;
};
