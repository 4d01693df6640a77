import { speaker } from "../../design/speech.ts";
import { offSiteEn } from "../../words/off-site.en.ts";
import { offSiteVi } from "../../words/off-site.vi.ts";

export const offSiteSpeech = speaker({ vi: offSiteVi, en: offSiteEn });
