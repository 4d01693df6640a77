import type { LocalDate } from "../../../core/kernel.ts";
import type { KeptMandate } from "../../../usecases/administration/mandates.ts";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextArea } from "../../design/field.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import { AdminPage } from "../administration/shell.tsx";
import { deedText, type Speech, spanText, speechIn, stateOf } from "./speech.ts";

export const list = "/admin/mandates";

type ListProps = { readonly frame: Frame; readonly mandates: readonly KeptMandate[]; readonly today: LocalDate };

export const MandatesPage = ({ frame, mandates, today }: ListProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const labels = [say("holder"), say("kind"), say("deed"), say("span"), say("state")];
  return (
    <AdminPage frame={frame} title={say("title")}>
      <div class="between">
        <p>{say("lead")}</p>
        <LinkButton href={`${list}/new`}>{say("add")}</LinkButton>
      </div>
      <Card>
        {mandates.length === 0 ? (
          <p>{say("none")}</p>
        ) : (
          <Table
            caption={say("title")}
            columns={labels.map((label) => ({ label }))}
            rows={mandates.map((one) => [
              <a href={`${list}/${one.id}`}>{`${one.fullName}, ${one.post}`}</a>,
              say(`kind_${one.kind}`),
              one.deed === null ? "–" : one.deed.number,
              spanText(one, speech),
              <StateTag speech={speech} mandate={one} today={today} />,
            ])}
          />
        )}
      </Card>
    </AdminPage>
  );
};

type StateProps = { readonly speech: Speech; readonly mandate: KeptMandate; readonly today: LocalDate };

const StateTag = ({ speech: { say }, mandate, today }: StateProps) => {
  switch (stateOf(mandate, today)) {
    case "now":
      return <Tag tone="good">{say("stateNow")}</Tag>;
    case "later":
      return <Tag tone="care">{say("stateLater")}</Tag>;
    case "past":
      return <Tag tone="neutral">{say("statePast")}</Tag>;
    case "ended":
      return <Tag tone="neutral">{say("stateEnded")}</Tag>;
  }
};

type OneProps = {
  readonly frame: Frame;
  readonly mandate: KeptMandate;
  readonly today: LocalDate;
  readonly typedReason?: string | undefined;
  readonly faults: readonly Fault[];
};

export const MandatePage = ({ frame, mandate, today, typedReason, faults }: OneProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const { fullName, post, kind, deed, works, paperKinds, titleLines, endedAt, endReason } = mandate;
  const ended = endedAt === null ? [] : ([[say("endedAt"), shortTimeText(endedAt, frame.language)]] as const);
  return (
    <AdminPage frame={frame} title={`${fullName}, ${post}`} faults={faults} wide={false}>
      <Card>
        <SummaryList
          rows={[
            [say("state"), <StateTag speech={speech} mandate={mandate} today={today} />],
            [say("kind"), say(`kind_${kind}`)],
            [say("deed"), deed === null ? "–" : deedText(deed)],
            [say("span"), spanText(mandate, speech)],
            [say("works"), works.map((work) => say(`work_${work}`)).join(", ")],
            [say("paperKinds"), paperKinds === null ? say("everyKind") : paperKinds.join("; ")],
            [say("titleLines"), titleLines.join(" / ")],
            ...ended,
            ...(endReason === null ? [] : ([[say("endReason"), endReason]] as const)),
          ]}
        />
      </Card>
      {endedAt === null && (
        <Card title={say("endTitle")}>
          <Form frame={frame} action={`${list}/${mandate.id}/end`} once>
            <p>{say("endLead")}</p>
            <TextArea
              name="reason"
              label={say("endReason")}
              hint={say("endReasonHint")}
              value={typedReason}
              maxlength={500}
              fault={faultAt(faults, "reason")}
            />
            <Button look="grave">{say("endButton")}</Button>
          </Form>
        </Card>
      )}
    </AdminPage>
  );
};
