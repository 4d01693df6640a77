import { numberText } from "../../core/register.ts";
import type { Successor } from "../../core/status/successor.ts";
import { dayText } from "../design/time.ts";

type SuccessorFills = { readonly newNumber: string; readonly newBook: string; readonly newDate: string };

/** Empty where no decision names one: then no sentence has a place for it. */
export const successorFills = (successor: Successor | undefined): SuccessorFills =>
  successor === undefined
    ? { newNumber: "", newBook: "", newDate: "" }
    : { newNumber: numberText(successor.number), newBook: successor.bookText, newDate: dayText(successor.date) };
