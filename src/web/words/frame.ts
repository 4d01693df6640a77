import { speaker } from "../design/speech.ts";
import { frameEn } from "./frame.en.ts";
import { frameVi } from "./frame.vi.ts";

export const frameSpeech = speaker({ vi: frameVi, en: frameEn });
