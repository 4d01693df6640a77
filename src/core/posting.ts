import type { Session, WorkingCalendar } from "./calendar.ts";
import { deadlineLawOn } from "./deadline-law.ts";
import { feeDong } from "./fees.ts";
import type { LocalDate } from "./kernel.ts";
import type { ProcedureCodes } from "./procedure.ts";
import type { ReceptionPlace } from "./reception.ts";
import { yearOf } from "./register.ts";

/** POST-1, NĐ 23/2015 Art. 10: what an agency hangs up of its hours, terms and fees, by the rules that it works by. */
export type Posting = {
  readonly agencyName: string;
  readonly procedureCodes: ProcedureCodes;
  readonly year: number;
  readonly hours: readonly Session[];
  /** Empty where it is a rest day. */
  readonly saturdayHours: readonly Session[];
  readonly places: readonly ReceptionPlace[];
  readonly cutOff: string;
  readonly extensionWorkingDays: number;
  readonly fees: PostedFees;
  readonly petitionWorkingDays: number;
};

export type PostedFees = {
  readonly eachOfFirstTwo: number;
  readonly eachFurther: number;
  readonly most: number;
  /** A copy of so many pages, and what it costs; the last is the first that costs the most. */
  readonly examples: readonly { readonly pages: number; readonly dong: number }[];
};

type Known = Pick<Posting, "agencyName" | "procedureCodes" | "places" | "petitionWorkingDays"> & {
  readonly calendar: WorkingCalendar;
  readonly today: LocalDate;
};

export function postingOf({ calendar, today, ...known }: Known): Posting {
  const { hours, saturdayHours } = calendar.yearOf(yearOf(today));
  const { cutOff, extensionWorkingDays } = deadlineLawOn(today);
  return { ...known, year: yearOf(today), hours, saturdayHours, cutOff, extensionWorkingDays, fees: postedFees() };
}

const examplePages = [1, 2, 3, 4, 5, 10, 20, 50] as const;

/** Read off the fee itself (FEE-1), so that no figure is written twice. */
function postedFees(): PostedFees {
  let capped = 3;
  while (feeDong(capped + 1) > feeDong(capped)) capped++;
  return {
    eachOfFirstTwo: feeDong(1),
    eachFurther: feeDong(3) - feeDong(2),
    most: feeDong(capped),
    examples: [...examplePages, capped].map((pages) => ({ pages, dong: feeDong(pages) })),
  };
}
