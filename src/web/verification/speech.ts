import { type Instant, type LocalDate, localTimeOf } from "../../core/kernel.ts";
import type { Language } from "../language.ts";
import { verificationEn } from "../words/verification.en.ts";
import { type VerificationWord, type VerificationWords, verificationVi } from "../words/verification.vi.ts";

const tables: Readonly<Record<Language, VerificationWords>> = { vi: verificationVi, en: verificationEn };

/** Says a sentence in the reader's language; `beside` says it in the other one. */
export type Speech = {
  readonly language: Language;
  readonly say: (word: VerificationWord, fills?: Fills) => string;
  readonly beside: (word: VerificationWord, fills?: Fills) => string;
};

export type Fills = Readonly<Record<string, string | number>>;

export const otherLanguage = (language: Language): Language => (language === "vi" ? "en" : "vi");

export function speechIn(language: Language): Speech {
  const sayIn = (table: VerificationWords) => (word: VerificationWord, fills?: Fills) =>
    filled(table[word], fills ?? {});
  return { language, say: sayIn(tables[language]), beside: sayIn(tables[otherLanguage(language)]) };
}

/** `22/11/2026`, the same in both languages: no month can be taken for a day when the form is printed beside it. */
export const dayText = (date: LocalDate): string => date.split("-").reverse().join("/");

/** `10:15:30, 22/11/2026 (giờ Việt Nam)`. */
export function timeText(instant: Instant, language: Language): string {
  const local = localTimeOf(instant);
  const zone = language === "vi" ? "giờ Việt Nam" : "Vietnam time, UTC+7";
  return `${local.slice(11, 19)}, ${dayText(local.slice(0, 10) as LocalDate)} (${zone})`;
}

function filled(sentence: string, fills: Fills): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(fills[name] ?? gap));
}
