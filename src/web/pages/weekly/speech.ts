import { speaker } from "../../design/speech.ts";
import { weeklyEn } from "../../words/weekly.en.ts";
import { weeklyVi } from "../../words/weekly.vi.ts";

export const weeklySpeech = speaker({ vi: weeklyVi, en: weeklyEn });
