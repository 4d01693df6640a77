import { type FeeBalance, type FeePayment, feeStandOf, givenBackOf, outstandingOf } from "../../core/fee-account.ts";
import type { ReceivingAccount } from "../../core/vietqr.ts";
import { Card, SummaryList } from "../design/content.tsx";
import { LinkButton } from "../design/form.tsx";
import { type QrModules, QrPicture } from "../design/qr.tsx";
import type { Language } from "../language.ts";
import { feesSpeech } from "../pages/fees/speech.ts";
import { dongText } from "../pages/receiving/money.ts";

/** The fee of a dossier as the secret link tells it; sums and receipts' numbers, nobody's name. */
export type CitizenFee = {
  readonly balance: FeeBalance;
  /** Oldest first. */
  readonly payments: readonly FeePayment[];
  /** Results wait for it. */
  readonly withholds: boolean;
  /** How what is left is paid from a phone; null where nothing is, or the agency entered no account. */
  readonly transfer: { readonly account: ReceivingAccount; readonly purpose: string; readonly qr: QrModules } | null;
};

type CardProps = { readonly fee: CitizenFee; readonly path: string; readonly language: Language };

/** Plainly what is to pay, and the way to pay it; the receipts one press away. LAW 4. */
export const OwnFeeCard = ({ fee, path, language }: CardProps) => {
  const { say } = feesSpeech(language);
  if (feeStandOf(fee.balance) === "nothing_owed" && fee.payments.length === 0) return null;
  return (
    <Card title={say("ownTitle")}>
      <OwnFee fee={fee} language={language} />
      {fee.payments.length > 0 && (
        <LinkButton href={`${path}/fee`} look="quiet">
          {say("ownReceiptsWay")}
        </LinkButton>
      )}
    </Card>
  );
};

const words = {
  nothing_owed: "ownNothing",
  unpaid: "ownUnpaid",
  partly_paid: "ownUnpaid",
  paid: "ownPaid",
  exempt: "ownExempt",
  to_give_back: "ownGiveBack",
} as const;

export const OwnFee = ({ fee, language }: Omit<CardProps, "path">) => {
  const { say } = feesSpeech(language);
  const { balance, transfer } = fee;
  const stand = feeStandOf(balance);
  const left = outstandingOf(balance);
  const givenBack = givenBackOf(fee.payments);
  const amount = dongText(stand === "paid" ? balance.paidDong : Math.abs(left));
  return (
    <>
      <p>
        <b>{say(words[stand], { amount })}</b> {left > 0 && fee.withholds && say("withheld")}
      </p>
      {givenBack > 0 && <p>{say("ownGivenBack", { amount: dongText(givenBack) })}</p>}
      {left > 0 && <p>{say(transfer === null ? "ownCash" : "ownTransfer")}</p>}
      {transfer !== null && <Transfer transfer={transfer} amount={amount} language={language} />}
    </>
  );
};

type TransferProps = {
  readonly transfer: NonNullable<CitizenFee["transfer"]>;
  readonly amount: string;
  readonly language: Language;
};

const Transfer = ({ transfer: { account, purpose, qr }, amount, language }: TransferProps) => {
  const { say } = feesSpeech(language);
  return (
    <>
      <QrPicture modules={qr} says={say("ownQr", { amount })} />
      <SummaryList
        rows={[
          [say("ownHolder"), account.holder],
          [say("ownNumber"), <span class="number">{account.number}</span>],
          [say("amount"), amount],
          [say("ownPurpose"), <span class="number">{purpose}</span>],
        ]}
      />
      <p class="hint">{say("ownSeen")}</p>
    </>
  );
};
