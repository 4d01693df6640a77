import { Card, Fold } from "../../design/content.tsx";
import { faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextArea } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { shortTimeText } from "../../design/time.ts";
import { pathOf } from "../receiving/with-dossier.ts";
import type { FeePageProps } from "./page.tsx";
import { feesSpeech } from "./speech.ts";

/** Fees that need not be paid, by a text that the administrator named and with what was shown. FEE-5. */
export const WaiverCard = (props: FeePageProps) => {
  const { say } = feesSpeech(props.frame.language);
  if (props.account.waiver !== null) return <Waived {...props} />;
  if (props.exemptions.length === 0) return null;
  const isFaulty = props.faults.some(({ field }) => field === "exemption" || field === "evidence");
  return (
    <Fold title={say("waiverTitle")} open={isFaulty}>
      <Waiving {...props} />
    </Fold>
  );
};

const Waiving = ({ frame, view, exemptions, typed, faults }: FeePageProps) => {
  const { say } = feesSpeech(frame.language);
  return (
    <Form frame={frame} action={pathOf(view, "/fee/waiver")} once>
      <RadioGroup
        name="exemption"
        label={say("waiverChoose")}
        options={exemptions.map(({ id, reason, legalBasis, percent }) => {
          return { value: id, label: say("waiverOption", { reason, percent }), hint: legalBasis };
        })}
        value={typed["exemption"]}
        fault={faultAt(faults, "exemption")}
      />
      <TextArea
        name="evidence"
        label={say("evidence")}
        hint={say("evidenceHint")}
        value={typed["evidence"]}
        maxlength={1000}
        fault={faultAt(faults, "evidence")}
      />
      <Button>{say("waiverButton")}</Button>
    </Form>
  );
};

const Waived = ({ frame, view, account: { waiver }, typed, faults }: FeePageProps) => {
  const { say, language } = feesSpeech(frame.language);
  if (waiver === null) return null;
  const { exemption, by, at, evidence } = waiver;
  const fault = faultAt(faults, "waiverReason");
  return (
    <Card title={say("waiverTitle")}>
      <p>
        <b>{say("waiverNow", { percent: exemption.percent, reason: exemption.reason, basis: exemption.legalBasis })}</b>
      </p>
      <p>{say("waiverBy", { by, time: shortTimeText(at, language), evidence })}</p>
      <Fold title={say("waiverEndTitle")} open={fault !== undefined}>
        <Form frame={frame} action={pathOf(view, "/fee/waiver/end")} once>
          <TextArea
            name="waiverReason"
            label={say("reason")}
            value={typed["waiverReason"]}
            maxlength={1000}
            fault={fault}
          />
          <Button look="grave">{say("waiverEndButton")}</Button>
        </Form>
      </Fold>
    </Card>
  );
};
