import { type FeePayment, mostBackOf, receiptText } from "../../../core/fee-account.ts";
import { Card, Fold } from "../../design/content.tsx";
import { faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, SelectField, TextArea, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { shortTimeText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import { dongText } from "../receiving/money.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import type { FeePageProps } from "./page.tsx";
import { feesSpeech } from "./speech.ts";

/** Money that is left over goes back, by somebody else than who took it. FEE-8. */
export const GiveBack = (props: FeePageProps) => {
  const { frame, account, personId } = props;
  const { say } = feesSpeech(frame.language);
  const standing = account.payments.filter((payment) => mostBackOf(payment, account.balance) > 0);
  const others = standing.filter((payment) => payment.personId !== personId);
  return (
    <Card title={say("backTitle")}>
      {others.length === 0 ? <p>{say("backOther")}</p> : <GivingBack {...props} payments={others} />}
    </Card>
  );
};

type GivingProps = FeePageProps & { readonly payments: readonly FeePayment[] };

const GivingBack = (props: GivingProps) => {
  const { frame, view, account, formId, typed, faults, payments } = props;
  const { say } = feesSpeech(frame.language);
  const most = (payment: FeePayment) => mostBackOf(payment, account.balance);
  const [first] = payments.toSorted((a, b) => most(b) - most(a)); // the one that takes all that is left, where one does
  return (
    <Form frame={frame} action={pathOf(view, "/fee/given-back")} once>
      <input type="hidden" name="backFormId" value={typed["backFormId"] ?? formId} />
      <p>{say("backLead")}</p>
      <GivenFrom {...props} first={first} />
      <TextField
        name="backTo"
        label={say("backTo")}
        value={typed["backTo"] ?? first?.payer ?? view.dossier.applicantName}
        maxlength={200}
        fault={faultAt(faults, "backTo")}
      />
      <TextArea
        name="backHow"
        label={say("backHow")}
        hint={say("backHowHint")}
        value={typed["backHow"]}
        maxlength={1000}
        fault={faultAt(faults, "backHow")}
      />
      <Button>{say("backButton")}</Button>
    </Form>
  );
};

type FromProps = GivingProps & { readonly first: FeePayment | undefined };

/** Of which receipt, by which way and how much: as much as is left, unless somebody typed otherwise. */
const GivenFrom = ({ frame, account, typed, faults, payments, first }: FromProps) => {
  const { say } = feesSpeech(frame.language);
  const most = (payment: FeePayment) => mostBackOf(payment, account.balance);
  return (
    <>
      <SelectField
        name="backOf"
        label={say("receipt")}
        options={payments.map((payment) => ({
          value: payment.id,
          label: say("backOption", { number: receiptText(payment.receipt), amount: dongText(most(payment)) }),
        }))}
        value={typed["backOf"] ?? first?.id}
      />
      <RadioGroup
        name="backWay"
        label={say("backWay")}
        options={(["cash", "transfer"] as const).map((value) => ({ value, label: say(`way_${value}`) }))}
        value={typed["backWay"] ?? first?.way ?? "cash"}
        fault={faultAt(faults, "backWay")}
      />
      <TextField
        name="backAmount"
        label={say("amount")}
        hint={say("amountHint")}
        value={typed["backAmount"] ?? dongText(first === undefined ? 0 : most(first))}
        look="short"
        numeric
        maxlength={14}
        fault={faultAt(faults, "backAmount")}
      />
    </>
  );
};

/** What of a payment was given back, those undone too. */
export const GivenBackLines = ({ payment, language }: { payment: FeePayment; language: Language }) => {
  const { say } = feesSpeech(language);
  return (
    <>
      {payment.givenBack.map(({ amountDong, way, payer, at, by, reason, undone }) => (
        <p>
          {say("givenBackLine", {
            ...{ amount: dongText(amountDong), way: say(`way_${way}`), payer, by, reason },
            time: shortTimeText(at, language),
          })}
          {undone !== null && (
            <span class="fault">
              {" "}
              {say("givenBackUndone", { ...undone, time: shortTimeText(undone.at, language) })}
            </span>
          )}
        </p>
      ))}
    </>
  );
};

/** Written down wrongly: undone whole, by somebody else. */
export const UndoGivenBack = ({ frame, view, account, personId, faults, typed }: FeePageProps) => {
  const { say } = feesSpeech(frame.language);
  const standing = account.payments.flatMap(({ receipt, givenBack }) =>
    givenBack.filter((one) => one.undone === null && one.personId !== personId).map((one) => ({ ...one, receipt })),
  );
  if (standing.length === 0) return null;
  const fault = faultAt(faults, "undoReason");
  return (
    <Fold title={say("undoTitle")} open={fault !== undefined}>
      <p>{say("undoLead")}</p>
      <Form frame={frame} action={pathOf(view, "/fee/given-back/undo")} once>
        <SelectField
          name="given"
          label={say("receipt")}
          options={standing.map(({ id, receipt, amountDong }) => {
            return { value: id, label: `${receiptText(receipt)}: ${say("dong", { amount: dongText(amountDong) })}` };
          })}
          value={typed["given"]}
        />
        <TextArea name="undoReason" label={say("reason")} value={typed["undoReason"]} maxlength={1000} fault={fault} />
        <Button look="grave">{say("undoButton")}</Button>
      </Form>
    </Fold>
  );
};
