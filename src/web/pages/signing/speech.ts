import type { Dossier } from "../../../core/dossier.ts";
import { numberText } from "../../../core/register.ts";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { signingEn } from "../../words/signing.en.ts";
import { type SigningWord, signingVi } from "../../words/signing.vi.ts";

export const speechIn = speaker({ vi: signingVi, en: signingEn });
export type Speech = SpeechOf<SigningWord>;

/** `200.000`, as sums are written in Vietnam; the same in both languages, since it stands in the register so. */
export const dongText = (dong: number): string => String(dong).replace(/\B(?=(\d{3})+$)/g, ".");

/** What fills `{number}` and `{book}` in a sentence; dashes where no number was taken. */
export const numberFills = (line: { readonly number: number; readonly bookText: string } | null) => ({
  number: line === null ? "…" : numberText(line.number),
  book: line?.bookText ?? "…",
});

export const addressOf = ({ id }: Pick<Dossier, "id">): string => `/dossiers/${id}`;
