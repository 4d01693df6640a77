import { speaker } from "../../design/speech.ts";
import { paperCopiesEn } from "../../words/paper-copies.en.ts";
import { paperCopiesVi } from "../../words/paper-copies.vi.ts";

export const paperSpeech = speaker({ vi: paperCopiesVi, en: paperCopiesEn });
