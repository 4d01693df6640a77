import type { Instant } from "./kernel.ts";

/** What somebody saw of a site that passes itself off as this one: nothing tells who. */
export type LookAlikeReport = { readonly at: Instant; readonly address: string; readonly seen: string };

/** A report as the administrators have it. */
export type LookAlikeCase = LookAlikeReport & {
  /** Running number, in digits. */
  readonly id: string;
  /** Null while it is open. */
  readonly closed: { readonly at: Instant; readonly who: string; readonly note: string } | null;
};
