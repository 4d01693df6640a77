import { type SpeechOf, speaker } from "../../design/speech.ts";
import { annulmentEn } from "../../words/annulment.en.ts";
import { type AnnulmentWord, annulmentVi } from "../../words/annulment.vi.ts";

export const speechIn = speaker({ vi: annulmentVi, en: annulmentEn });
export type Speech = SpeechOf<AnnulmentWord>;
