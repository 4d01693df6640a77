import type { LocalDate } from "../../../core/kernel.ts";
import { type Deed, type Mandate, mandateKinds } from "../../../core/mandate.ts";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { dayText } from "../../design/time.ts";
import { mandatesEn } from "../../words/mandates.en.ts";
import { type MandateWord, mandatesVi } from "../../words/mandates.vi.ts";

export type Speech = SpeechOf<MandateWord>;

export const speechIn = speaker({ vi: mandatesVi, en: mandatesEn });

export const kindOptions = ({ say }: Speech) => mandateKinds.map((value) => ({ value, label: say(`kind_${value}`) }));

export const spanText = ({ from, to }: Pick<Mandate, "from" | "to">, { say }: Speech): string =>
  say("spanText", { from: dayText(from), to: to === null ? say("noEnd") : dayText(to) });

/** `01/QĐ-UBND, 01/11/2026, Chủ tịch UBND xã …`, as far as it is known. */
export const deedText = ({ number, date, issuedBy }: Deed): string =>
  [number, date && dayText(date), issuedBy].filter(Boolean).join(", ");

export function stateOf(
  { from, to, endedAt }: Pick<Mandate, "from" | "to" | "endedAt">,
  today: LocalDate,
): "now" | "later" | "past" | "ended" {
  if (endedAt !== null) return "ended";
  if (to !== null && to < today) return "past";
  return from > today ? "later" : "now";
}
