import { isLast } from "../../../core/stages.ts";
import { answerDays, isErasing, type Terms, wordBounds } from "../../../core/terms.ts";
import type { DataSpeech } from "../../citizens/access-list.tsx";
import { Card } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextArea } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import type { DataRequest } from "./world.ts";

type DecisionProps = {
  readonly frame: Frame;
  readonly request: DataRequest;
  readonly terms: Terms;
  readonly faults: readonly Fault[];
  readonly speech: DataSpeech;
  /** What was typed and did not fit: put back. */
  readonly typed: Readonly<Record<string, string>>;
};

/** What an administrator can do about an open request: answer it, or extend its term once. DATA-2, DATA-3. */
export const Decision = (props: DecisionProps) => (
  <>
    {isErasing(props.request.kind) ? <ErasingDecision {...props} /> : <WordedDecision {...props} />}
    {props.request.extension === null && <Extension {...props} />}
  </>
);

const pathOf = ({ id }: DataRequest): string => `/admin/data-requests/${id}`;

const ErasingDecision = ({ frame, request, faults, speech: { say } }: DecisionProps) => (
  <Card>
    <Form frame={frame} action={pathOf(request)} once>
      <RadioGroup
        name="decision"
        label={say("decide")}
        options={[
          { value: "erase", label: say("decideErase") },
          { value: "hold", label: say("decideHold") },
        ]}
        fault={faultAt(faults, "decision")}
      />
      <p class="hint">{say("decideNote")}</p>
      <Button look="grave">{say("decideButton")}</Button>
    </Form>
  </Card>
);

const WordedDecision = ({ frame, request, faults, speech: { say }, typed }: DecisionProps) => {
  const mayBeDone = request.kind === "correct" || isLast(request.status);
  const done = request.kind === "correct" ? say("decideCorrect") : say("decideRestrict");
  const declined = { value: "declined", label: say("decideDecline") };
  return (
    <Card>
      {!mayBeDone && <p>{say("underWayNote")}</p>}
      <Form frame={frame} action={pathOf(request)} once>
        <RadioGroup
          name="decision"
          label={say("decide")}
          options={mayBeDone ? [{ value: "done", label: done }, declined] : [declined]}
          value={typed["decision"]}
          fault={faultAt(faults, "decision")}
        />
        <TextArea
          name="says"
          label={say("decideWords")}
          hint={say("decideWordsHint")}
          value={typed["says"]}
          maxlength={wordBounds.most}
          fault={faultAt(faults, "says")}
        />
        <Button>{say("decideButton")}</Button>
      </Form>
    </Card>
  );
};

const Extension = ({ frame, request, terms, faults, speech: { say }, typed }: DecisionProps) => (
  <Card title={say("extendTitle")}>
    <p>{say("extendText", { days: answerDays(request.kind, terms) })}</p>
    <Form frame={frame} action={`${pathOf(request)}/extension`} once>
      <TextArea
        name="reason"
        label={say("extendReason")}
        value={typed["reason"]}
        maxlength={500}
        fault={faultAt(faults, "reason")}
      />
      <Button look="quiet">{say("extendButton")}</Button>
    </Form>
  </Card>
);
