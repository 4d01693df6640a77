import { z } from "zod";
import { type LocalDate, parseLocalDate } from "../../../core/kernel.ts";
import { annulmentBounds } from "../../../core/status/annulment.ts";
import type { AnnulmentRequest } from "../../../usecases/annul-certificate.ts";
import type { Typed } from "../../forms/read-form.ts";
import type { DraftOfDecision } from "./world.ts";

const noNul = /^[^\0]*$/; // PostgreSQL takes none
const day = z.string().refine((text) => parseLocalDate(text).ok);

/** A decision as it is typed, on the page and in the API alike. */
export const AnnulmentForm = z.object({
  outcome: z.enum(["annulled", "superseded"]),
  decisionNumber: z.string().min(1).max(annulmentBounds.number).regex(noNul),
  decisionDate: day,
  decidedBy: z.string().min(1).max(annulmentBounds.by).regex(noNul),
  reason: z.string().min(annulmentBounds.leastReason).max(annulmentBounds.reason).regex(noNul),
  successorNumber: z.coerce.number().int().min(1).max(10_000_000).optional(),
  successorYear: z.coerce.number().int().min(2000).max(9999).optional(),
});

/** @param thisYear stands for a year that was left empty */
export function requestOf(form: z.infer<typeof AnnulmentForm>, thisYear: number): AnnulmentRequest {
  const { outcome: kind, decisionNumber: number, decisionDate, decidedBy: by, reason } = form;
  const { successorNumber, successorYear } = form;
  return {
    kind,
    decision: { number, date: decisionDate as LocalDate, by, reason },
    successor: successorNumber === undefined ? null : { number: successorNumber, year: successorYear ?? thisYear },
  };
}

/** What of the form was typed, however little: a draft has open places. */
export function draftOf(typed: Typed, thisYear: number): DraftOfDecision {
  const date = parseLocalDate(typed["decisionDate"] ?? "");
  const number = Number(/^\d{1,7}$/.exec(typed["successorNumber"] ?? "")?.[0] ?? 0);
  const year = Number(/^\d{4}$/.exec(typed["successorYear"] ?? "")?.[0] ?? thisYear);
  const textOf = (field: string, most: number) => (typed[field] ?? "").replaceAll("\0", "").trim().slice(0, most);
  return {
    kind: typed["outcome"] === "superseded" ? "superseded" : "annulled",
    number: textOf("decisionNumber", annulmentBounds.number),
    date: date.ok ? date.value : null,
    by: textOf("decidedBy", annulmentBounds.by),
    reason: textOf("reason", annulmentBounds.reason),
    successor: number === 0 ? null : { number, year },
  };
}
