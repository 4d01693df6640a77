import { speaker } from "../../design/speech.ts";
import { sourcesEn } from "../../words/sources.en.ts";
import { sourcesVi } from "../../words/sources.vi.ts";

export const sourcesSpeech = speaker({ vi: sourcesVi, en: sourcesEn });
