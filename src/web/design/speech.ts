import type { Language } from "../language.ts";

/** What stands in the gaps of a sentence: `{agency}`. */
export type Fills = Readonly<Record<string, string | number>>;

/** Says a sentence in the reader's language; `beside` says it in the other one. */
export type SpeechOf<Word extends string> = {
  readonly language: Language;
  readonly say: (word: Word, fills?: Fills) => string;
  readonly beside: (word: Word, fills?: Fills) => string;
};

export const otherLanguage = (language: Language): Language => (language === "vi" ? "en" : "vi");

/** One table a language becomes a voice: `const speechIn = speaker({ vi: queueVi, en: queueEn })`. */
export const speaker =
  <Word extends string>(tables: Readonly<Record<Language, Readonly<Record<Word, string>>>>) =>
  (language: Language): SpeechOf<Word> => {
    const sayIn = (table: Readonly<Record<Word, string>>) => (word: Word, fills?: Fills) =>
      fills === undefined ? table[word] : filled(table[word], fills);
    return { language, say: sayIn(tables[language]), beside: sayIn(tables[otherLanguage(language)]) };
  };

function filled(sentence: string, fills: Fills): string {
  return sentence.replace(/\{(\w+)\}/g, (gap, name: string) => String(fills[name] ?? gap));
}
