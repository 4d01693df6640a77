import type { LocalDate } from "../kernel.ts";
import { dayAfter } from "../weekdays.ts";
import type { TrendPoint } from "./counts.ts";

type Days = { readonly from: LocalDate; readonly before: LocalDate };

/** Each day or month of the span in order, those without any act as zero. */
export function withEveryPoint(points: readonly TrendPoint[], { from, before }: Days, signs: 7 | 10): TrendPoint[] {
  const names = new Set<string>();
  for (let day = from; day < before; day = dayAfter(day)) names.add(day.slice(0, signs));
  const known = new Map(points.map((point) => [point.at, point]));
  return [...names].map((at) => known.get(at) ?? { at, electronic: 0, paper: 0 });
}
