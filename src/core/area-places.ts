import type { Area } from "./areas.ts";

type Areas = ReadonlyMap<string, Area>;

const mostMergers = 8; // as `area_today` of migration 0112

/** What it was merged into, and what that was, itself first. */
function mergersOf(code: string, areas: Areas): readonly string[] {
  const way = [code];
  for (let next = areas.get(code)?.mergedInto; next != null && way.length <= mostMergers; ) {
    way.push(next);
    next = areas.get(next)?.mergedInto;
  }
  return way;
}

/** The codes that decide in which province an area lies today: itself first, the province last. As `agency_in_province` has it. */
export function wayToProvince(code: string, areas: Areas): readonly string[] {
  const own = mergersOf(code, areas);
  const parent = areas.get(own.at(-1) ?? code)?.parent ?? null;
  return parent === null ? own : [...own, ...mergersOf(parent, areas)];
}

/**
 * AUTH-5: who says of a commune that it lies in another province, or of a province that it is another, says whose people look at
 * the agencies there.
 *
 * @param held codes of areas that shall stay in their province
 * @returns codes on the ways of those that would not
 */
export function movingCodes(held: readonly string[], before: Areas, after: Areas): ReadonlySet<string> {
  const moved = held.filter((code) => wayToProvince(code, before).at(-1) !== wayToProvince(code, after).at(-1));
  return new Set(moved.flatMap((code) => wayToProvince(code, before)));
}
