import { type SpeechOf, speaker } from "../../design/speech.ts";
import { inYourNameEn } from "../../words/in-your-name.en.ts";
import { type InYourNameWord, inYourNameVi } from "../../words/in-your-name.vi.ts";

export const speechIn = speaker({ vi: inYourNameVi, en: inYourNameEn });
export type Speech = SpeechOf<InYourNameWord>;
