import { mayFollow } from "../../../core/stages.ts";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import type { Role } from "../../route.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { withdrawalSpeech } from "./speech.ts";

type WayProps = { readonly view: DossierView; readonly language: Language; readonly roles: readonly Role[] };

/** From the dossier to taking it back; of one that was taken back, who did it, when and why. WITHDRAW-1. */
export const WithdrawalWay = ({ view, language, roles }: WayProps) => {
  const { say } = withdrawalSpeech(language);
  const { withdrawal } = view;
  if (withdrawal !== null) {
    const time = shortTimeText(withdrawal.at, language);
    const { by, reason } = withdrawal;
    return (
      <Notice tone="neutral" title={say("doneTitle")}>
        <p>{by === null ? say("doneAlone", { time }) : say("doneBy", { time, name: by })}</p>
        {reason !== "" && <p>{say("doneReason", { reason })}</p>}
        <p>
          <a href={pathOf(view, "/withdrawal.pdf")}>{say("slip")}</a>
        </p>
      </Notice>
    );
  }
  const mayAct = roles.includes("receiver") || roles.includes("comparer");
  if (!mayAct || !mayFollow(view.dossier.status, "withdrawn")) return null;
  return (
    <p>
      <a href={pathOf(view, "/withdraw")}>{say("way")}</a>
    </p>
  );
};
