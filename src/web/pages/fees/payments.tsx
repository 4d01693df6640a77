import { type FeePayment, givenBackOf, outstandingOf, receiptText } from "../../../core/fee-account.ts";
import { Card, Fold, SummaryList } from "../../design/content.tsx";
import { faultAt } from "../../design/error-summary.tsx";
import { SelectField, TextArea } from "../../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import { shortTimeText } from "../../design/time.ts";
import { dongText } from "../receiving/money.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { GivenBackLines, UndoGivenBack } from "./given-back.tsx";
import type { FeePageProps } from "./page.tsx";
import { feesSpeech } from "./speech.ts";

/** Every payment with its receipt, those taken back too. FEE-3, FEE-4. */
export const Payments = (props: FeePageProps) => {
  const { say } = feesSpeech(props.frame.language);
  return (
    <section class="stack" aria-label={say("paymentsTitle")}>
      {props.account.payments.map((payment, i, all) => (
        <Payment {...props} payment={payment} isNext={i === all.length - 1 && isEven(props)} />
      ))}
      <UndoGivenBack {...props} />
      <TakeBack {...props} />
    </section>
  );
};

const isEven = ({ account: { balance } }: FeePageProps): boolean => outstandingOf(balance) === 0;

type PaymentProps = FeePageProps & {
  readonly payment: FeePayment;
  /** All is paid: what is left at the counter is to print its receipt. */
  readonly isNext: boolean;
};

const Payment = ({ frame, view, payment, isNext }: PaymentProps) => {
  const { say } = feesSpeech(frame.language);
  const number = receiptText(payment.receipt);
  const { reversal } = payment;
  return (
    <Card title={say("receiptOf", { number })}>
      {reversal !== null && (
        <p class="fault">{say("takenBack", { ...reversal, time: shortTimeText(reversal.at, frame.language) })}</p>
      )}
      <GivenBackLines payment={payment} language={frame.language} />
      <SummaryList
        rows={[
          [say("amount"), dongText(payment.amountDong)],
          [say("way"), say(`way_${payment.way}`)],
          [say("payer"), payment.payer],
          [say("at"), shortTimeText(payment.at, frame.language)],
          [say("by"), payment.by],
        ]}
      />
      <Buttons>
        <LinkButton href={pathOf(view, `/fee/payments/${payment.id}/receipt.pdf`)} look="quiet" starts={isNext}>
          {say("printReceipt")}
          <span class="hidden"> {number}</span>
        </LinkButton>
      </Buttons>
    </Card>
  );
};

/** Of who did not take the money: whoever did could else make it vanish alone. */
const TakeBack = ({ frame, view, account, personId, faults, typed }: FeePageProps) => {
  const { say } = feesSpeech(frame.language);
  const standing = account.payments.filter((payment) => payment.reversal === null && givenBackOf([payment]) === 0);
  const others = standing.filter((payment) => payment.personId !== personId);
  if (standing.length === 0) return null;
  if (others.length === 0) return <p class="hint">{say("takeBackOther")}</p>;
  const fault = faultAt(faults, "reason");
  return (
    <Fold title={say("takeBackTitle")} open={fault !== undefined}>
      <p>{say("takeBackLead")}</p>
      <Form frame={frame} action={pathOf(view, "/fee/reversal")} once>
        <SelectField
          name="payment"
          label={say("receipt")}
          options={others.map(({ id, receipt, amountDong }) => {
            return { value: id, label: `${receiptText(receipt)}: ${say("dong", { amount: dongText(amountDong) })}` };
          })}
          value={typed["payment"]}
        />
        <TextArea name="reason" label={say("reason")} value={typed["reason"]} maxlength={1000} fault={fault} />
        <Button look="grave">{say("takeBackButton")}</Button>
      </Form>
    </Fold>
  );
};
