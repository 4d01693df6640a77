import { numberText } from "../../../core/register.ts";
import type { PublishedAnnulment } from "../../../core/status/annulment.ts";
import { dayText } from "../../design/time.ts";
import type { Speech } from "./speech.ts";

type Say = Speech["say"];

/** Number, book and day; where it has several copies, that all of them lost their value. COPIES-1 */
export function copyTextOf(say: Say, { number, bookText: book, date, copies }: PublishedAnnulment): string {
  const copy = say("copyText", { number: numberText(number), book, date: dayText(date) });
  return copies === 1 ? copy : say("copiesText", { copy, count: copies });
}

export const kindTextOf = (say: Say, { paperKind }: PublishedAnnulment): string => paperKind ?? say("kindOther");

export function outcomeOf(say: Say, { kind, successor }: PublishedAnnulment): string {
  const replaced = successor && { number: numberText(successor.number), book: successor.bookText };
  return kind === "superseded" && replaced ? say("listSuperseded", replaced) : say("listAnnulled");
}
