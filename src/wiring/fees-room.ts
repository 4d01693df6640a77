import { feeDays, feeLines, unevenIssued, unevenSince, waivedIn } from "../../db/stores/fee-totals.ts";
import { instantOfSeconds, secondsOf } from "../core/kernel.ts";
import { daysOf } from "../core/register-print.ts";
import { type FeesRoom, unpaidDays } from "../web/pages/fees/room-world.ts";
import type { House } from "./house.ts";

const listed = 300;
const daySeconds = 86_400;

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
  unpaid: ({ agencyId }) =>
    unevenSince(sql, agencyId, instantOfSeconds(secondsOf(now()) - unpaidDays * daySeconds), listed),
});
