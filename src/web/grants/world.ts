import type { Grant, GrantState, Opening } from "../../core/grant.ts";
import type { Instant, Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import type { GrantWish } from "../../usecases/grants/make-grant.ts";
import type { QrModules } from "../design/qr.tsx";

/** A grant as its citizen sees it. */
export type GrantLine = {
  readonly grant: Grant;
  readonly state: GrantState;
  /** Newest first. */
  readonly openings: readonly Opening[];
  /** Somebody at a counter waits for the citizen's word. */
  readonly isAsked: boolean;
};

export type GrantsView = {
  readonly kind: string;
  readonly agencyName: string;
  /** Pages of the original. */
  readonly pages: number;
  /** Those that may be chosen by name. */
  readonly recipients: readonly { readonly id: string; readonly name: string }[];
  /** Newest first. */
  readonly lines: readonly GrantLine[];
};

/** A proven visit: its token goes into a cookie and is kept nowhere else. */
export type Visit = { readonly token: string; readonly expiresAt: Instant };

/** What a citizen does with grants. Everything but `prove` wants the token that it gave, for the same secret link. */
export type GrantsWorld = {
  /** @returns a visit of a quarter of an hour */
  readonly prove: (secret: string, digits: string) => Promise<Result<Visit, Failure>>;
  /** `not_proven` where the token is not this link's. */
  readonly view: (secret: string, token: string | null) => Promise<Result<GrantsView, Failure>>;
  readonly newGrantId: () => Grant["id"];
  readonly make: (
    secret: string,
    token: string | null,
    wish: GrantWish,
  ) => Promise<Result<{ readonly grant: Grant; readonly link: string }, Failure>>;
  readonly revoke: (secret: string, token: string | null, grantId: string) => Promise<Result<null, Failure>>;
  readonly confirm: (
    secret: string,
    token: string | null,
    grantId: string,
    number: string,
  ) => Promise<Result<null, Failure>>;
  readonly leave: (token: string) => Promise<void>;
  readonly qrOf: (link: string) => QrModules | null;
};
