import { speaker } from "../../design/speech.ts";
import { withdrawalEn } from "../../words/withdrawal.en.ts";
import { withdrawalVi } from "../../words/withdrawal.vi.ts";

export const withdrawalSpeech = speaker({ vi: withdrawalVi, en: withdrawalEn });
