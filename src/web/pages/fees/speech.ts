import { speaker } from "../../design/speech.ts";
import { feesEn } from "../../words/fees.en.ts";
import { feesVi } from "../../words/fees.vi.ts";

export const feesSpeech = speaker({ vi: feesVi, en: feesEn });
