import { Card } from "../../design/content.tsx";
import type { SpeechOf } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import type { DossierView } from "../../officials/world.ts";
import type { ReceivingWord } from "../../words/receiving.vi.ts";

type Props = { readonly view: DossierView; readonly speech: SpeechOf<ReceivingWord> };

/** SCAN-1: what was written down with the attestation. */
export const CoarseTold = ({ view: { coarseScan }, speech: { say, language } }: Props) =>
  coarseScan && (
    <Card title={say("coarsePart", { pages: coarseScan.pages.join(", ") })}>
      <p>{coarseScan.reason}</p>
      <p class="hint">{`${coarseScan.by}, ${shortTimeText(coarseScan.at, language)}`}</p>
    </Card>
  );
