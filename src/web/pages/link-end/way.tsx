import { shortTimeText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { linkEndSpeech } from "./speech.ts";

/** Beside the renewal: that the link is ended, or the way to end it. DESIGN decision 14. */
export const LinkEnd = ({ view, language }: { readonly view: DossierView; readonly language: Language }) => {
  const { say } = linkEndSpeech(language);
  const { linkEndedAt } = view.submission;
  if (linkEndedAt !== null) return <p>{say("endedAt", { time: shortTimeText(linkEndedAt, language) })}</p>;
  return (
    <p>
      <a href={pathOf(view, "/end-link")}>{say("way")}</a>
    </p>
  );
};
