import {
  feeDays,
  feeLines,
  lastOpenedBefore,
  unevenIssued,
  unevenOpened,
  waivedIn,
} from "../../db/stores/fee-totals.ts";
import type { AgencyId } from "../core/ids.ts";
import { type LocalDate, localDateOf } from "../core/kernel.ts";
import { daysOf } from "../core/register-print.ts";
import { daysAfter } from "../core/weekdays.ts";
import { type FeesRoom, type UnpaidFees, unpaidDays } from "../web/pages/fees/room-world.ts";
import type { House } from "./house.ts";

const listed = 300;

export const feesRoom = ({ sql, now }: House): FeesRoom => ({
  now,
  month: async (period, { agencyId }) => {
    const asked = daysOf(period);
    return {
      days: await feeDays(sql, agencyId, asked),
      waivedDong: await waivedIn(sql, agencyId, asked),
      uneven: await unevenIssued(sql, agencyId, asked, listed),
    };
  },
  lines: (period, { agencyId }) => feeLines(sql, agencyId, daysOf(period)),
  unpaid: (upTo, { agencyId }) => unpaidOf(sql, agencyId, upTo ?? localDateOf(now())),
});

/** Some weeks at a time: what is owed is reckoned paper by paper, and years of them at once would hold the counter up. */
async function unpaidOf(sql: House["sql"], agencyId: AgencyId, upTo: LocalDate): Promise<UnpaidFees> {
  const from = daysAfter(upTo, -unpaidDays);
  const fees = await unevenOpened(sql, agencyId, { from, before: daysAfter(upTo, 1) }, listed + 1);
  const earlier = await lastOpenedBefore(sql, agencyId, from);
  return { from, upTo, fees: fees.slice(0, listed), isCut: fees.length > listed, earlier };
}
