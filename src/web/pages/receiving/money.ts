import type { feesOf } from "../../../core/fees.ts";

/** `12.000`, as money is written in Vietnam. */
export const dongText = (dong: number): string => String(dong).replace(/\B(?=(\d{3})+$)/g, ".");

/** For the slip, in Vietnamese: both parts where both are asked for, and their sum. */
export function feeText({ electronic, paper, total }: ReturnType<typeof feesOf>): string {
  if (paper === 0 || electronic === 0) return `${dongText(total)} đồng`;
  return `bản điện tử ${dongText(electronic)} đồng, bản giấy ${dongText(paper)} đồng, cộng ${dongText(total)} đồng`;
}
