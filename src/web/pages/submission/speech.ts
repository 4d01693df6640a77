import { speaker } from "../../design/speech.ts";
import { submissionEn } from "../../words/submission.en.ts";
import { submissionVi } from "../../words/submission.vi.ts";

export const submissionSpeech = speaker({ vi: submissionVi, en: submissionEn });
