import { type SpeechOf, speaker } from "../../design/speech.ts";
import { deadlinesEn } from "../../words/deadlines.en.ts";
import { type DeadlineWord, deadlinesVi } from "../../words/deadlines.vi.ts";

export const deadlineSpeech = speaker({ vi: deadlinesVi, en: deadlinesEn });
export type Speech = SpeechOf<DeadlineWord>;
