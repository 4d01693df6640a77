import type { LocalDate } from "./kernel.ts";

/** What the law says of time limits, from a day on. A new law is a new entry: nothing else configures it. */
export type DeadlineLaw = {
  readonly from: LocalDate;
  /** What is received after it is due the next working day; Vietnam's wall clock. */
  readonly cutOff: string;
  /** Most further working days that the person certifying may take without the applicant's written agreement. */
  readonly extensionWorkingDays: number;
};

const laws: readonly [DeadlineLaw, ...DeadlineLaw[]] = [
  // NĐ 23/2015 Art. 7 (15:00) [C] and Art. 21 (two working days) [M]; in force since 10 April 2015.
  { from: "2015-04-10" as LocalDate, cutOff: "15:00", extensionWorkingDays: 2 },
];

export function deadlineLawOn(day: LocalDate): DeadlineLaw {
  const [first] = laws;
  return laws.findLast(({ from }) => from <= day) ?? first;
}
