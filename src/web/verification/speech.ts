import { type SpeechOf, speaker } from "../design/speech.ts";
import { verificationEn } from "../words/verification.en.ts";
import { type VerificationWord, verificationVi } from "../words/verification.vi.ts";

export type Speech = SpeechOf<VerificationWord>;

export const speechIn = speaker({ vi: verificationVi, en: verificationEn });
