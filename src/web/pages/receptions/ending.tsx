import type { Reception, ReceptionPost } from "../../../core/reception.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { AdminPage } from "../administration/shell.tsx";
import { path, receptionsSpeech } from "./page.tsx";

type Props = {
  readonly frame: Frame;
  readonly reception: Reception;
  /** Who works there until then. */
  readonly workers: readonly ReceptionPost[];
};

/** Asked once more before a desk ends. */
export const EndingPage = ({ frame, reception: { id, name, place }, workers }: Props) => {
  const { say } = receptionsSpeech(frame.language);
  const names = workers.map(({ fullName }) => fullName).join(", ");
  return (
    <AdminPage frame={frame} title={say("endTitle")} wide={false}>
      <Card>
        <SummaryList
          rows={[
            [say("name"), name],
            [say("place"), place],
            [say("endWorkers"), names === "" ? say("endNobody") : names],
          ]}
        />
        <p>{say("endMeans")}</p>
        <Form frame={frame} action={`${path}/${id}/end`} once>
          <input type="hidden" name="confirm" value="yes" />
          <Button look="grave">{say("end", { name })}</Button>
        </Form>
        <p>
          <a class="way-back" href={path}>
            {say("endNot")}
          </a>
        </p>
      </Card>
    </AdminPage>
  );
};
