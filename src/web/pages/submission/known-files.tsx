import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import { submissionSpeech } from "./speech.ts";

/** On the dossier's page, after papers were added: which of the files it had already. */
export const KnownFiles = ({ asked, language }: { asked: string | undefined; language: Language }) => {
  const known = /^[1-9]\d{0,2}$/.test(asked ?? "") ? Number(asked) : 0;
  const { say } = submissionSpeech(language);
  return known === 0 ? null : <Notice tone="neutral" title={say("manyKnown", { count: known })} />;
};
