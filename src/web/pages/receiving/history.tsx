import type { SpeechOf } from "../../design/speech.ts";
import type { DossierView } from "../../officials/world.ts";
import type { ReceivingWord } from "../../words/receiving.vi.ts";
import { statisticsSpeech } from "../statistics/texts.ts";
import { deedText, whoAndWhen } from "./standing.ts";
import { pathOf } from "./with-dossier.ts";

type HistoryProps = { readonly view: DossierView; readonly speech: SpeechOf<ReceivingWord> };

/** Everything that happened to a dossier, oldest first, with who and when. */
export const History = ({ view, speech }: HistoryProps) => (
  <details class="card">
    <summary>{speech.say("history")}</summary>
    <ol class="history">
      {view.events.map((event) => (
        <li>
          <b>{deedText(event.what, speech)}</b>
          <p class="hint">{whoAndWhen(event, speech)}</p>
        </li>
      ))}
    </ol>
    <p>
      <a href={pathOf(view, "/steps")}>{statisticsSpeech(speech.language).say("traceWay")}</a>
    </p>
  </details>
);
