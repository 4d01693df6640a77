import type { Page } from "./dossier.ts";

/**
 * Numbers that the pages' own numbering leaves out: of `2/5` all that are not there up to 5; of bare numbers those between
 * two pages. Numbering that begins again, as with several papers in one scan, is told by a number that falls.
 */
export function missingNumbers(pages: readonly Pick<Page, "printed">[]): readonly number[] {
  return runsOf(pages).flatMap((run) => {
    const last = Math.max(...run.map(({ number, total }) => total ?? number));
    const first = run.some(({ total }) => total !== null) ? 1 : (run[0]?.number ?? 1);
    if (last > 500) return []; // no counter certifies that; a number was misread
    const there = new Set(run.map(({ number }) => number));
    const wanted = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i);
    return wanted.filter((number) => !there.has(number));
  });
}

type Printed = NonNullable<Page["printed"]>;

function runsOf(pages: readonly Pick<Page, "printed">[]): readonly (readonly Printed[])[] {
  const runs: Printed[][] = [];
  let before: Printed | null = null;
  for (const { printed } of pages) {
    if (printed === null) continue;
    const goesOn: boolean = before !== null && printed.number > before.number && printed.total === before.total;
    if (goesOn) runs.at(-1)?.push(printed);
    else runs.push([printed]);
    before = printed;
  }
  return runs;
}
