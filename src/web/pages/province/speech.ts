import { type SpeechOf, speaker } from "../../design/speech.ts";
import { provinceEn } from "../../words/province.en.ts";
import { type ProvinceWord, provinceVi } from "../../words/province.vi.ts";

export const provinceSpeech = speaker({ vi: provinceVi, en: provinceEn });
export type ProvinceSpeech = SpeechOf<ProvinceWord>;
