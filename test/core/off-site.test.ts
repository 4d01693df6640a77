import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/core/kernel.ts";
import { actOf, checkOffSite, type OffSite } from "../../src/core/off-site.ts";

const offSite: OffSite = {
  ground: "old_weak",
  groundNote: null,
  deed: "số 12/UBND-TP ngày 02/11/2026 (hư cấu)",
  askedBy: "Lò Thị Thử (hư cấu)",
  place: "nhà số 5, tổ 3, phường Ví Dụ (hư cấu)",
  actAt: "2026-11-22T02:40:00Z" as Instant,
};
const times = { openedAt: "2026-11-22T03:00:00Z" as Instant, now: "2026-11-22T04:00:00Z" as Instant };
const good = { ok: true, value: null };
const broken = { ok: false, failure: { code: "rule_broken", rule: "OFFSITE-1" } };

describe("OFFSITE-1, NĐ 23/2015 Art. 10", () => {
  test("an hour that has come is taken, and none while the visit is to come", () => {
    expect(checkOffSite(offSite, times)).toEqual(good);
    expect(checkOffSite({ ...offSite, actAt: null }, times)).toEqual(good);
    expect(actOf({ ...offSite, actAt: null })).toBeNull();
    expect(actOf(offSite)).toEqual({ place: offSite.place, at: offSite.actAt });
  });

  test.each([
    ["an hour to come", "2026-11-22T04:01:00Z"],
    ["a slip of the year", "2025-11-22T02:40:00Z"],
    ["a second", "2026-11-22T02:40:01Z"],
  ])("%s is not taken", (_, actAt) => {
    expect(checkOffSite({ ...offSite, actAt: actAt as Instant }, times)).toEqual(broken);
  });

  test("another just ground is written out, one of the list is not", () => {
    expect(checkOffSite({ ...offSite, ground: "other" }, times)).toEqual(broken);
    expect(checkOffSite({ ...offSite, ground: "other", groundNote: "Đang cách ly (hư cấu)" }, times)).toEqual(good);
    expect(checkOffSite({ ...offSite, groundNote: "Đang cách ly (hư cấu)" }, times)).toEqual(broken);
  });
});
