import type { Child } from "hono/jsx";
import type { Failure } from "../../../usecases/failure.ts";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { Notice } from "../../design/verdict.tsx";
import { wordsOf } from "../../problem.ts";
import type { SigningWord } from "../../words/signing.vi.ts";
import { type Act, isOutage } from "./act.ts";
import { speechIn } from "./speech.ts";

type PinFormProps = {
  readonly frame: Frame;
  readonly action: string;
  readonly button: SigningWord;
  readonly faults: readonly Fault[];
  /** The next key belongs to the PIN, where it is in sight. */
  readonly starts?: boolean;
  readonly children?: Child;
};

/** The PIN is typed for each act, never remembered by the browser of a shared desk, and never sent back. */
export const PinForm = ({ frame, action, button, faults, starts, children }: PinFormProps) => {
  const { say } = speechIn(frame.language);
  return (
    <Form frame={frame} action={action} once>
      {children}
      <TextField
        name="pin"
        label={say("pin")}
        hint={say("pinHint")}
        type="password"
        look="digits"
        autocomplete="off"
        maxlength={64}
        fault={faultAt(faults, "pin")}
        starts={starts}
      />
      <Button>{say(button)}</Button>
      <p class="hint">{say("takesTime")}</p>
    </Form>
  );
};

/** Where a failure is told: a wrong PIN at its field, what is of the whole at the top, an outage as a notice below. */
export function faultsOf(failure: Failure | null, frame: Pick<Frame, "language">): readonly Fault[] {
  if (failure === null || isOutage(failure)) return [];
  if (failure.code === "malformed_request") return [{ field: "pin", says: speechIn(frame.language).say("pinFault") }];
  const { title, detail } = wordsOf(failure, frame.language);
  return [{ field: ofPin.has(failure.code) ? "pin" : null, says: `${title} ${detail}` }];
}

const ofPin = new Set<Failure["code"]>(["wrong_pin", "pin_last_try", "pin_locked"]);

/** An outage is nobody's mistake: it is told apart from one, and that nothing was lost. */
export const OutageNotice = ({ act, failure, frame }: { act: Act; failure: Failure | null; frame: Frame }) => {
  if (failure === null || !isOutage(failure)) return null;
  const { say } = speechIn(frame.language);
  return (
    <Notice tone="care" title={say(act.words.outage)}>
      <p>{wordsOf(failure, frame.language).title}</p>
      <p>{say("outageNext")}</p>
    </Notice>
  );
};
