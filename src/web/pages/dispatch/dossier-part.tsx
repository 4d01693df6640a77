import { type Dispatch, maskedEmail } from "../../../core/dispatch.ts";
import { DispatchLines, hasFailed } from "../../citizens/dispatch-lines.tsx";
import { dispatchSpeech } from "../../citizens/letter.tsx";
import { Card } from "../../design/content.tsx";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";

/** What a dossier shows of the return of its result. */
export type DispatchPart = {
  readonly email: string | null;
  readonly hasAccount: boolean;
  readonly sent: readonly Dispatch[];
};

type Props = { readonly part: DispatchPart; readonly path: string; readonly language: Language };

/** On the dossier's page: where the result goes, what became of it, and the way to send it again. DISPATCH-1. */
export const DispatchCard = ({ part, path, language }: Props) => {
  const speech = dispatchSpeech(language);
  const { say } = speech;
  const { email, hasAccount, sent } = part;
  return (
    <Card title={say("cardTitle")}>
      {hasFailed(sent) && <Notice tone="bad" title={say("cardCall")} />}
      {sent.length > 0 ? (
        <DispatchLines sent={sent} speech={speech} />
      ) : (
        <>
          {email !== null && <p>{say("cardBefore", { email: maskedEmail(email) })}</p>}
          {hasAccount && <p>{say("cardStore")}</p>}
          {email === null && !hasAccount && <p>{say("cardNoWay")}</p>}
        </>
      )}
      <p>
        <a href={`${path}/dispatch`}>{say(sent.length > 0 ? "cardAgain" : "emailChange")}</a>
      </p>
    </Card>
  );
};
