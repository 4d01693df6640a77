import { waitsForComparison } from "../../../core/submission.ts";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import { submissionSpeech } from "./speech.ts";

/** Which of a stack lies on the desk now, and how many are left. Nothing where a paper came alone. */
export const PlaceInSubmission = ({ view, language }: { view: DossierView; language: Language }) => {
  const { papers } = view.submission;
  const own = papers.find(({ dossierId }) => dossierId === view.dossier.id);
  if (papers.length < 2 || own === undefined) return null;
  const { say } = submissionSpeech(language);
  const open = papers.filter(waitsForComparison).length;
  const fills = { ordinal: own.ordinal, count: papers.length, open };
  return <p class="hint">{say(open === 0 ? "placeAlone" : "placeInDossier", fills)}</p>;
};
