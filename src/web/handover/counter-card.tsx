import { Card } from "../design/content.tsx";
import { TextField } from "../design/field.tsx";
import { Button, Form } from "../design/form.tsx";
import type { Frame } from "../design/frame.ts";
import { handoverSpeech } from "./pages.tsx";
import type { Counter } from "./world.ts";

type CounterCardProps = {
  readonly frame: Frame;
  /** Of the citizen's own link. */
  readonly path: string;
  readonly counter: Counter | null;
};

/** On the citizen's own page, after the poster was scanned: the link is known here, so nobody copies and pastes it. */
export const CounterCard = ({ frame, path, counter }: CounterCardProps) => {
  if (counter === null) return null;
  const { say } = handoverSpeech(frame.language);
  const { id, name } = counter;
  return (
    <Card title={say("counterTitle", { name })}>
      <p>{say("counterText")}</p>
      <Form frame={frame} action={`/h/${id}/copies`} once>
        <input type="hidden" name="links" value={path} />
        <TextField
          name="counterDigits"
          label={say("digits")}
          hint={say("digitsHint")}
          look="digits"
          numeric
          maxlength={4}
        />
        <Button>{say("next")}</Button>
      </Form>
    </Card>
  );
};
