import type { Reception, ReceptionPost } from "../../../core/reception.ts";
import { Card, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import type { Typed } from "../../forms/read-form.ts";
import { receptionsEn } from "../../words/receptions.en.ts";
import { type ReceptionsWord, receptionsVi } from "../../words/receptions.vi.ts";
import { AdminPage } from "../administration/shell.tsx";

export const path = "/admin/receptions";

export const receptionsSpeech = speaker({ vi: receptionsVi, en: receptionsEn });

type Props = {
  readonly frame: Frame;
  readonly receptions: readonly Reception[];
  readonly posts: readonly ReceptionPost[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

type Say = SpeechOf<ReceptionsWord>["say"];

export const ReceptionsPage = (props: Props) => {
  const { frame, receptions, typed, faults } = props;
  const { say } = receptionsSpeech(frame.language);
  return (
    <AdminPage frame={frame} title={say("title")} faults={faults} wide={false}>
      <p>{say("lead")}</p>
      {receptions.length === 0 ? (
        <p>{say("none")}</p>
      ) : (
        <Card>
          <Table
            caption={say("title")}
            columns={[{ label: say("name") }, { label: say("place") }, { label: say("state") }]}
            rows={receptions.map((one) => [one.name, one.place, <State frame={frame} reception={one} say={say} />])}
          />
        </Card>
      )}
      <Card title={say("addTitle")}>
        <Form frame={frame} action={path} once>
          <TextField
            name="name"
            label={say("name")}
            hint={say("nameHint")}
            value={typed["name"]}
            maxlength={120}
            fault={faultAt(faults, "name")}
          />
          <TextField
            name="place"
            label={say("place")}
            value={typed["place"]}
            maxlength={200}
            fault={faultAt(faults, "place")}
          />
          <Button>{say("add")}</Button>
        </Form>
      </Card>
      {receptions.some(({ ended }) => !ended) && <Posts {...props} say={say} />}
    </AdminPage>
  );
};

const State = ({ frame, reception, say }: { frame: Frame; reception: Reception; say: Say }) =>
  reception.ended ? (
    <Tag tone="neutral">{say("ended")}</Tag>
  ) : (
    <Form frame={frame} action={`${path}/${reception.id}/end`}>
      <Button look="quiet">{say("end", { name: reception.name })}</Button>
    </Form>
  );

/** A form for each, so that one press changes one person's. */
const Posts = ({ frame, receptions, posts, say }: Props & { say: Say }) => (
  <Card title={say("postsTitle")}>
    {posts.length === 0 && <p>{say("postsNone")}</p>}
    {posts.map(({ personId, fullName, receptionId }) => (
      <Form frame={frame} action={`${path}/posts`}>
        <input type="hidden" name="person" value={personId} />
        <div class="field">
          <label for={`at-${personId}`}>{say("worksAt", { name: fullName })}</label>
          <select id={`at-${personId}`} name="reception">
            <option value="">{say("nowhere")}</option>
            {receptions
              .filter(({ ended }) => !ended)
              .map(({ id, name, place }) => (
                <option value={id} selected={id === receptionId}>
                  {name}, {place}
                </option>
              ))}
          </select>
        </div>
        <Button look="quiet">
          {say("save")}
          <span class="hidden"> {fullName}</span>
        </Button>
      </Form>
    ))}
  </Card>
);
