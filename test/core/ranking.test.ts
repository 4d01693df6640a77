import { expect, test } from "vitest";
import type { AgencyId } from "../../src/core/ids.ts";
import { type AgencyWork, measured, rankBy, together } from "../../src/core/statistics/ranking.ts";

const work = (name: string, facts: Partial<AgencyWork>): AgencyWork => ({
  ...{ agencyId: name as AgencyId, name, electronic: 0, paper: 0, paperOnly: 0 },
  ...{ answered: 0, answeredInTime: 0, overdue: 0, ...facts },
});
const works = [
  work("Xã C", { electronic: 2, paper: 1, answered: 4, answeredInTime: 2 }),
  work("Xã Đ", {}),
  work("Xã A", { electronic: 3, answered: 1, answeredInTime: 1, overdue: 1 }),
  work("Xã B", { electronic: 1, paper: 4, paperOnly: 3, answered: 3, answeredInTime: 3 }),
];
const told = (measure: Parameters<typeof rankBy>[1]) =>
  rankBy(works, measure).map(({ work: { name }, value, place }) => [place, name, value]);

test("STAT-4: the greatest first; equals share a place, and the places after them are left out", () => {
  expect(told("acts")).toEqual([
    [1, "Xã B", 5],
    [2, "Xã A", 3],
    [2, "Xã C", 3],
    [4, "Xã Đ", 0],
  ]);
});

test("STAT-4: where nobody acted nobody is first", () => {
  const idle = [work("Xã B", {}), work("Xã A", {})];
  expect(rankBy(idle, "acts").map(({ place, work: { name } }) => [place, name])).toEqual([
    [null, "Xã A"],
    [null, "Xã B"],
  ]);
});

test("STAT-4: what is late and not answered lowers the rate; who has nothing to divide by is told apart and never last", () => {
  expect(told("onTimeRate")).toEqual([
    [1, "Xã B", 100],
    [2, "Xã A", 50],
    [2, "Xã C", 50],
    [null, "Xã Đ", null],
  ]);
  expect(told("electronicShare").map(([place, name]) => [place, name])).toEqual([
    [1, "Xã A"],
    [1, "Xã C"],
    [3, "Xã B"],
    [null, "Xã Đ"],
  ]);
});

test("STAT-4: the whole province is counted from sums, never as the mean of its agencies' rates", () => {
  const all = together(works);
  expect([all.electronic, all.paper, measured(all, "onTimeRate"), measured(all, "electronicShare")]).toEqual([
    ...[6, 5, 66.7, 66.7],
  ]);
  expect(measured(together([]), "onTimeRate")).toBeNull();
});
