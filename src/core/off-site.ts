import { fail, type Instant, ok, type Result, secondsOf } from "./kernel.ts";

/** NĐ 23/2015 Art. 10(1): old and weak, cannot travel, held or serving a sentence, or another just ground. */
export const offSiteGrounds = ["old_weak", "cannot_travel", "detained", "other"] as const;

export type OffSiteGround = (typeof offSiteGrounds)[number];

/** OFFSITE-1: what is recorded of an act elsewhere than at the office. */
export type OffSite = {
  readonly ground: OffSiteGround;
  /** Of another ground, which. */
  readonly groundNote: string | null;
  /** Number and day of the agency's document that allows it: Art. 10(1) does not name copies (open point 20). */
  readonly deed: string;
  /** Name of who asked for it. */
  readonly askedBy: string;
  /** As it is printed in the attestation. */
  readonly place: string;
  /** Whole minutes; null while the visit is to come. */
  readonly actAt: Instant | null;
};

/** Also who wrote it down last. */
export type KeptOffSite = OffSite & { readonly by: string; readonly at: Instant };

/** What the attestation and column 8 of the register say of it. */
export type ElsewhereAct = { readonly place: string; readonly at: Instant };

/** Null for an act at the office, and for one whose hour and minute are not told yet. */
export const actOf = (offSite: OffSite | null): ElsewhereAct | null =>
  offSite === null || offSite.actAt === null ? null : { place: offSite.place, at: offSite.actAt };

const mostDaysBefore = 7;

/**
 * Art. 10(2): place, hour and minute. Another ground is written out; the hour has come, and lies a week before the receipt at
 * most: so long may papers that were compared far away be written down later (ours).
 */
export function checkOffSite(
  { ground, groundNote, actAt }: OffSite,
  { openedAt, now }: { readonly openedAt: Instant; readonly now: Instant },
): Result<null, { code: "rule_broken"; rule: "OFFSITE-1" }> {
  const isGroundTold = (ground === "other") === (groundNote !== null);
  const isTimeReal =
    actAt === null ||
    (actAt <= now && actAt.endsWith(":00Z") && secondsOf(openedAt) - secondsOf(actAt) <= mostDaysBefore * 86_400);
  return isGroundTold && isTimeReal ? ok(null) : fail({ code: "rule_broken", rule: "OFFSITE-1" });
}

/** What is certified elsewhere is not attested before its hour and minute are told. */
export const isActTold = (offSite: OffSite | null): boolean => offSite === null || offSite.actAt !== null;
