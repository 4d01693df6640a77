import { type FeeBalance, feeStandOf, outstandingOf } from "../../../core/fee-account.ts";
import { Card, Tag } from "../../design/content.tsx";
import { LinkButton } from "../../design/form.tsx";
import type { Tone } from "../../design/icons.tsx";
import type { Language } from "../../language.ts";
import type { DossierView } from "../../officials/world.ts";
import type { Role } from "../../route.ts";
import { dongText } from "../receiving/money.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { feesSpeech } from "./speech.ts";

export const feeTones = {
  nothing_owed: "neutral",
  unpaid: "care",
  partly_paid: "care",
  paid: "good",
  exempt: "good",
  to_give_back: "bad",
} as const satisfies Record<ReturnType<typeof feeStandOf>, Tone>;

type CardProps = { readonly view: DossierView; readonly language: Language; readonly roles: readonly Role[] };

/** On the dossier's page: where the fee stands, and the way to take it. */
export const FeeCard = ({ view, language, roles }: CardProps) => {
  const { say } = feesSpeech(language);
  const isTaker = roles.includes("receiver");
  const isDue = outstandingOf(view.fee) > 0;
  return (
    <Card title={say("title")}>
      <FeeStanding balance={view.fee} language={language} />
      {(isTaker || roles.includes("signer")) && (
        <LinkButton href={pathOf(view, "/fee")} look="quiet">
          {say(isTaker && isDue ? "open" : "view")}
        </LinkButton>
      )}
    </Card>
  );
};

/** In a word, and what is left to pay or to give back. */
export const FeeStanding = ({ balance, language }: { balance: FeeBalance; language: Language }) => {
  const { say } = feesSpeech(language);
  const stand = feeStandOf(balance);
  const left = outstandingOf(balance);
  return (
    <p>
      <Tag tone={feeTones[stand]}>{say(`stand_${stand}`)}</Tag>{" "}
      {left > 0 && <b>{say("left", { amount: dongText(left) })}</b>}
      {left < 0 && <b>{say("giveBack", { amount: dongText(-left) })}</b>}
    </p>
  );
};
