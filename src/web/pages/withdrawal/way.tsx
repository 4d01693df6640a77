import { mayFollow } from "../../../core/stages.ts";
import { Buttons, LinkButton } from "../../design/form.tsx";
import { shortTimeText } from "../../design/time.ts";
import { Notice } from "../../design/verdict.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import type { Role } from "../../route.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { withdrawalSpeech } from "./speech.ts";

type Props = { readonly view: DossierView; readonly language: Language };

/** Of a paper that was taken back: who did it, when and why, and the slip to print. WITHDRAW-1. */
export const Withdrawn = ({ view, language }: Props) => {
  const { say } = withdrawalSpeech(language);
  const { withdrawal } = view;
  if (withdrawal === null) return null;
  const time = shortTimeText(withdrawal.at, language);
  const { by, reason } = withdrawal;
  return (
    <Notice tone="neutral" title={say("doneTitle")}>
      <p>{by === null ? say("doneAlone", { time }) : say("doneBy", { time, name: by })}</p>
      {reason !== "" && <p>{say("doneReason", { reason })}</p>}
      <Buttons>
        <LinkButton href={pathOf(view, "/withdrawal.pdf")} starts>
          {say("slip")}
        </LinkButton>
      </Buttons>
    </Notice>
  );
};

/** From the dossier to taking the paper back. WITHDRAW-1. */
export const WithdrawalWay = ({ view, language }: Props) => (
  <LinkButton href={pathOf(view, "/withdraw")} look="quiet">
    {withdrawalSpeech(language).say("way")}
  </LinkButton>
);

export const mayWithdraw = ({ dossier }: DossierView, roles: readonly Role[]): boolean =>
  (roles.includes("receiver") || roles.includes("comparer")) && mayFollow(dossier.status, "withdrawn");
