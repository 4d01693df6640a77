import type { Counts } from "../../../core/statistics/counts.ts";
import { figuresOf } from "../../../core/statistics/figures.ts";
import type { Language } from "../../language.ts";
import { statisticsSpeech, toldOf } from "./texts.ts";

/** Bare numbers with their units, so that they add up in a spreadsheet; empty where there is nothing to divide by. */
export function figuresTable(counts: Counts, language: Language): readonly (readonly (string | number)[])[] {
  const speech = statisticsSpeech(language);
  const head = (["code", "figure", "value", "unit", "definition"] as const).map((word) => speech.say(word));
  return [
    head,
    ...figuresOf(counts).map(({ id, value, unit }) => {
      const { name, definition } = toldOf(id, speech);
      return [id, name, value ?? "", speech.say(`unit_${unit}`), definition];
    }),
  ];
}
