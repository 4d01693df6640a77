import { type Breach, breachDue, breachStanding, breachSteps } from "../../../core/breach.ts";
import type { Instant } from "../../../core/kernel.ts";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextArea, TextField } from "../../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { type SpeechOf, speaker } from "../../design/speech.ts";
import { shortTimeText } from "../../design/time.ts";
import type { Typed } from "../../forms/read-form.ts";
import { breachesEn } from "../../words/breaches.en.ts";
import { type BreachesWord, breachesVi } from "../../words/breaches.vi.ts";
import { AdminPage } from "../administration/shell.tsx";

export const path = "/admin/breaches";

export const breachesSpeech = speaker({ vi: breachesVi, en: breachesEn });

type Say = SpeechOf<BreachesWord>["say"];
type Common = {
  readonly frame: Frame;
  readonly now: Instant;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
  /** Of what this form adds: sent twice it is one. */
  readonly newId: string;
};

const tones = { open: "neutral", soon: "care", late: "bad", told: "good", told_late: "care" } as const;

const State = ({ breach, now, say }: { breach: Breach; now: Instant; say: Say }) => {
  const standing = breachStanding(breach, now);
  return <Tag tone={tones[standing]}>{say(`state_${standing}`)}</Tag>;
};

/** `/admin/breaches`: each with its clock, then the form. */
export const BreachesPage = ({ breaches, ...common }: Common & { readonly breaches: readonly Breach[] }) => {
  const { frame, now } = common;
  const { say, language } = breachesSpeech(frame.language);
  return (
    <AdminPage frame={frame} title={say("title")} faults={common.faults} wide={false}>
      <p>{say("lead")}</p>
      {breaches.length === 0 ? (
        <p class="nothing">{say("none")}</p>
      ) : (
        <Card>
          <Table
            caption={say("title")}
            columns={[{ label: say("found") }, { label: say("due") }, { label: say("state") }]}
            rows={breaches.map((breach) => [
              <a href={`${path}/${breach.id}`}>{shortTimeText(breach.foundAt, language)}</a>,
              shortTimeText(breachDue(breach), language),
              <State breach={breach} now={now} say={say} />,
            ])}
          />
        </Card>
      )}
      <Card title={say("addTitle")}>
        <Form frame={frame} action={path} once>
          <When {...common} say={say} label="found" />
          <p class="hint">{say("textHint")}</p>
          {(["happened", "concerns", "done"] as const).map((field) => (
            <Words {...common} field={field} label={say(field)} />
          ))}
          <Button>{say("add")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};

/** `/admin/breaches/<id>`: as it was noted, and what followed. */
export const BreachPage = ({ breach, ...common }: Common & { readonly breach: Breach }) => {
  const { frame, now, typed, faults } = common;
  const { say, language } = breachesSpeech(frame.language);
  const own = `${path}/${breach.id}`;
  return (
    <AdminPage frame={frame} title={say("title")} faults={faults} wide={false}>
      <p>
        <a href={path}>‹ {say("back")}</a>
      </p>
      <Card>
        <SummaryList
          rows={[
            [say("found"), shortTimeText(breach.foundAt, language)],
            [say("due"), shortTimeText(breachDue(breach), language)],
            [say("state"), <State breach={breach} now={now} say={say} />],
            ...(["happened", "concerns", "done"] as const).map((field) => [say(field), breach[field]] as const),
            [say("by"), breach.by],
          ]}
        />
        <Buttons>
          <LinkButton href={`${own}/letter.pdf`} look="quiet">
            {say("letter")}
          </LinkButton>
        </Buttons>
      </Card>
      <Card title={say("stepsTitle")}>
        {breach.steps.length === 0 && <p>{say("stepsNone")}</p>}
        <SummaryList
          rows={breach.steps.map(({ what, at, says, by }) => [
            `${shortTimeText(at, language)}, ${say(`what_${what}`)}`,
            `${says} (${by})`,
          ])}
        />
      </Card>
      <Card title={say("stepTitle")}>
        <Form frame={frame} action={own} once>
          <RadioGroup
            name="what"
            label={say("what")}
            options={breachSteps.map((what) => ({ value: what, label: say(`what_${what}`) }))}
            value={typed["what"]}
            fault={faultAt(faults, "what")}
          />
          <When {...common} say={say} label="day" />
          <Words {...common} field="says" label={say("says")} hint={say("saysHint")} />
          <Button>{say("addStep")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};

const When = ({ typed, faults, newId, say, label }: Common & { say: Say; label: "found" | "day" }) => (
  <>
    <input type="hidden" name="id" value={typed["id"] ?? newId} />
    <TextField
      name="day"
      label={label === "found" ? `${say("found")}: ${say("day").toLowerCase()}` : say("day")}
      type="date"
      look="short"
      value={typed["day"]}
      fault={faultAt(faults, "day")}
    />
    <TextField
      name="time"
      label={say("time")}
      hint={say("timeHint")}
      type="time"
      look="short"
      maxlength={5}
      value={typed["time"]}
      fault={faultAt(faults, "time")}
    />
  </>
);

type WordsProps = Common & { readonly field: string; readonly label: string; readonly hint?: string };

const Words = ({ typed, faults, field, label, hint }: WordsProps) => (
  <TextArea
    name={field}
    label={label}
    hint={hint}
    value={typed[field]}
    maxlength={1000}
    fault={faultAt(faults, field)}
  />
);
