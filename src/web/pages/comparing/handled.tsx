import { type SpeechOf, speaker } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import type { Problem } from "../../problem.ts";
import { wordsOf } from "../../problem.ts";
import type { Actor } from "../../route.ts";
import { comparingEn } from "../../words/comparing.en.ts";
import { type ComparingWord, comparingVi } from "../../words/comparing.vi.ts";
import { receivingSpeech } from "../receiving/dossier-page.tsx";
import { deedText } from "../receiving/standing.ts";

export const comparingSpeech = speaker({ vi: comparingVi, en: comparingEn });
export type Speech = SpeechOf<ComparingWord>;

/** What stopped a step, told on the page as it now stands. */
export type Stopped = { readonly failure: Problem; readonly view: DossierView };

/** Somebody was quicker, or the page is another by now: who it was, where anybody is known. */
export const StoppedNotice = ({ stopped, language }: { stopped: Stopped; language: Language }) => {
  const { say } = comparingSpeech(language);
  const { title, detail } = wordsOf(stopped.failure, language);
  const other = stopped.view.events.findLast(({ by, what }) => by !== null && stages.has(what));
  const wasHandled = stopped.failure.code === "wrong_stage" && other !== undefined;
  return (
    <Notice tone="care" title={title}>
      {wasHandled && (
        <p>
          {say("handled", {
            by: other.by ?? "",
            what: deedText(other.what, receivingSpeech(language)).toLocaleLowerCase(language),
            time: shortTimeText(other.at, language),
          })}
        </p>
      )}
      <p>{wasHandled ? say("handledNext") : detail}</p>
    </Notice>
  );
};

const stages = new Set(["attested", "refused", "numbered", "person_signed", "sealed", "voided", "scan_received"]);

/** A step sent twice by the same person has been done: the second is no mistake. */
export const isOwnDeed = (view: DossierView, what: string, person: Actor): boolean =>
  view.dossier.status === what &&
  view.events.some((event) => event.what === what && event.personId === person.personId);
