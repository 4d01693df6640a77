import type { BrokenRule } from "./broken-rule.ts";

/** POST-1: what an agency hangs up. */
export const brokenPostings: readonly BrokenRule[] = [
  {
    rule: "POST-1",
    broken: "a fee is posted that is not charged",
    file: "src/core/posting.ts",
    was: "eachFurther: feeDong(3) - feeDong(2),",
    becomes: "eachFurther: feeDong(3),",
    test: "test/pages/postings.test.ts",
    title: "POST-1: the fees that are posted are the fees that are charged",
  },
  {
    rule: "POST-1",
    broken: "the hours of Saturdays are those of other days",
    file: "src/core/posting.ts",
    was: "return { ...known, year: yearOf(today), hours, saturdayHours,",
    becomes: "return { ...known, year: yearOf(today), hours, saturdayHours: hours,",
    test: "test/pages/postings.test.ts",
    title: "POST-1: hours, Saturdays and the hour of the same day",
  },
  {
    rule: "PROC-1",
    broken: "a foreign paper beside one of Vietnam is left out of the slip's codes",
    file: "src/core/procedure.ts",
    was: "procedures.filter((one) => papers.some(({ procedure }) => procedure === one))",
    becomes: "procedures.filter((one) => papers[0]?.procedure === one)",
    test: "test/core/procedure.test.ts",
    title: "PROC-1: originals of Vietnam's agencies and those of abroad have a code each",
  },
];
