import { type FeeAccount, type FeeExemption, givenBackOf, outstandingOf } from "../../../core/fee-account.ts";
import type { PersonId } from "../../../core/ids.ts";
import { Card, SummaryList, Table } from "../../design/content.tsx";
import { ErrorSummary, type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import type { Typed } from "../../forms/read-form.ts";
import type { DossierView } from "../../officials/world.ts";
import { dongText } from "../receiving/money.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import { FeeStanding } from "./card.tsx";
import { GiveBack } from "./given-back.tsx";
import { Payments } from "./payments.tsx";
import { feesSpeech } from "./speech.ts";
import { WaiverCard } from "./waiver.tsx";

export type FeePageProps = {
  readonly frame: Frame;
  readonly view: DossierView;
  readonly account: FeeAccount;
  readonly exemptions: readonly FeeExemption[];
  readonly formId: string;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  /** Who looks. */
  readonly personId: PersonId;
};

/** `/dossiers/<id>/fee`: what is owed for all that was presented together, what was paid, the way to take it. FEE-2, FEE-3. */
export const FeePage = (props: FeePageProps) => {
  const { frame, view, account, faults } = props;
  const { say } = feesSpeech(frame.language);
  const isTaker = frame.person?.roles.includes("receiver") ?? false;
  return (
    <Page frame={frame} title={say("title")} scripts={["app"]} faulty={faults.length > 0}>
      <ErrorSummary language={frame.language} faults={faults} />
      <a class="way-back" href={pathOf(view)}>
        ‹ {say("back")}
      </a>
      <h1>{say("title")}</h1>
      <p>
        <b>{view.dossier.applicantName}</b>, {view.submission.code}
      </p>
      <FeeStanding balance={account.balance} language={frame.language} />
      {account.withholds && <p>{say("withheld")}</p>}
      {isTaker && outstandingOf(account.balance) > 0 && <TakeCard {...props} />}
      {outstandingOf(account.balance) < 0 && <GiveBack {...props} />}
      {account.payments.length > 0 && <Payments {...props} />}
      <Charges {...props} />
      {isTaker && <WaiverCard {...props} />}
    </Page>
  );
};

const TakeCard = ({ frame, view, account, formId, typed, faults }: FeePageProps) => {
  const { say } = feesSpeech(frame.language);
  return (
    <Card title={say("takeTitle")}>
      <Form frame={frame} action={pathOf(view, "/fee/payments")} once>
        <input type="hidden" name="formId" value={typed["formId"] ?? formId} />
        <RadioGroup
          name="way"
          label={say("way")}
          options={[
            { value: "cash", label: say("way_cash") },
            { value: "transfer", label: say("way_transfer"), hint: say("transferHint") },
          ]}
          value={typed["way"] ?? "cash"}
          fault={faultAt(faults, "way")}
        />
        <TextField
          name="amount"
          label={say("amount")}
          hint={say("amountHint")}
          value={typed["amount"] ?? dongText(outstandingOf(account.balance))}
          look="short"
          numeric
          maxlength={14}
          fault={faultAt(faults, "amount")}
          starts
        />
        <TextField
          name="payer"
          label={say("payer")}
          value={typed["payer"] ?? view.dossier.applicantName}
          maxlength={200}
          fault={faultAt(faults, "payer")}
        />
        <Button>{say("takeButton")}</Button>
      </Form>
    </Card>
  );
};

const Charges = ({ frame, account }: FeePageProps) => {
  const { say } = feesSpeech(frame.language);
  const { grossDong, waivedDong, paidDong } = account.balance;
  const givenBack = givenBackOf(account.payments);
  const dong = (amount: number) => say("dong", { amount: dongText(amount) });
  return (
    <Card>
      <Table
        caption={say("chargesTitle")}
        columns={[
          { label: say("paper") },
          { label: say("pages"), number: true },
          { label: say("copies") },
          { label: say("fee"), number: true },
        ]}
        rows={account.charges.map((charge) => [
          `${charge.ordinal}. ${charge.title}`,
          charge.pages,
          say("copiesValue", { electronic: charge.electronicCopies, paper: charge.paperCopies }),
          dongText(charge.electronicDong + charge.paperDong),
        ])}
      />
      <SummaryList
        rows={[
          [say("gross"), dong(grossDong)],
          ...(waivedDong > 0 ? [[say("waived"), dong(waivedDong)] as const] : []),
          [say("paid"), dong(paidDong + givenBack)],
          ...(givenBack > 0 ? [[say("givenBack"), dong(givenBack)] as const] : []),
          [say("remaining"), dong(Math.max(0, outstandingOf(account.balance)))],
        ]}
      />
      <p class="hint">{say("chargesHint")}</p>
    </Card>
  );
};
