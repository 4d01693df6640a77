import { speaker } from "../../design/speech.ts";
import { linkEndEn } from "../../words/link-end.en.ts";
import { linkEndVi } from "../../words/link-end.vi.ts";

export const linkEndSpeech = speaker({ vi: linkEndVi, en: linkEndEn });
