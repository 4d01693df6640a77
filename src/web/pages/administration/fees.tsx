import type { Context } from "hono";
import { z } from "zod";
import type { FeeExemption, FeeExemptionId, FeeRelease } from "../../../core/fee-account.ts";
import type { StatementColumns } from "../../../core/statement.ts";
import { Card, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { RadioGroup, TextField } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { speaker } from "../../design/speech.ts";
import { dayText } from "../../design/time.ts";
import { day } from "../../forms/day.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { feesAdminEn } from "../../words/fees-admin.en.ts";
import { feesAdminVi } from "../../words/fees-admin.vi.ts";
import { ColumnsCard, ColumnsForm, columnLabels } from "./fees-columns.tsx";
import { AdminPage, doneAt, idFrom, notFound } from "./shell.tsx";

const path = "/admin/fees";

type Official = ReturnType<typeof actorOf>;

/** What an agency rules about its fees. */
export type FeeSettings = {
  readonly release: (actor: Official) => Promise<FeeRelease>;
  readonly setRelease: (release: FeeRelease, actor: Official) => Promise<void>;
  /** Newest first, ended ones too. */
  readonly exemptions: (actor: Official) => Promise<readonly FeeExemption[]>;
  readonly addExemption: (
    exemption: Omit<FeeExemption, "id" | "endedAt" | "enteredBy">,
    actor: Official,
  ) => Promise<void>;
  /** False where the agency has none of that id. */
  readonly endExemption: (id: FeeExemptionId, actor: Official) => Promise<boolean>;
  /** What the columns of its bank's statements are called. */
  readonly columns: (actor: Official) => Promise<StatementColumns>;
  readonly setColumns: (columns: StatementColumns, actor: Official) => Promise<void>;
};

const said = (most: number) =>
  z
    .string()
    .min(5)
    .max(most)
    .regex(/^[^\0]*$/);
const Release = z.object({ release: z.enum(["later", "when_paid"]) });
const Exemption = z
  .object({
    reason: said(300),
    basis: said(300),
    percent: z.coerce.number().int().min(1).max(100),
    from: day,
    to: day.optional(),
  })
  .refine(({ from, to }) => to === undefined || to >= from, { path: ["to"] });

const feesAdminSpeech = speaker({ vi: feesAdminVi, en: feesAdminEn });

type Asked = { readonly c: Context<WebEnv>; readonly person: Actor; readonly settings: FeeSettings };

/** When results are handed over, and who is exempt. FEE-5, FEE-6. */
export const feeSettingsPages = (settings: FeeSettings): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands: ["administrator"],
    handle: (c, person) => show({ c, person, settings }, {}, [], 200),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/release`,
    demands: ["administrator"],
    page: path,
    bodyLimitBytes: 4096,
    handle: async (c, person) => {
      const form = await readForm(c, Release);
      if (!form.ok) return notFound(c); // two buttons of our own: nothing was typed
      await settings.setRelease(form.value.release, actorOf(person));
      return c.redirect(doneAt(path, "saved"), 303);
    },
  }),
  guardedPage({
    method: "POST",
    path: `${path}/exemptions`,
    demands: ["administrator"],
    page: path,
    bodyLimitBytes: 16 * 1024,
    handle: (c, person) => add({ c, person, settings }),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/columns`,
    demands: ["administrator"],
    page: path,
    bodyLimitBytes: 4096,
    handle: (c, person) => nameColumns({ c, person, settings }),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/exemptions/:id/end`,
    demands: ["administrator"],
    page: path,
    bodyLimitBytes: 4096,
    handle: async (c, person) => {
      const id = idFrom<FeeExemptionId>(c.req.param("id"));
      const ended = id !== null && (await settings.endExemption(id, actorOf(person)));
      return ended ? c.redirect(doneAt(path, "ended"), 303) : notFound(c);
    },
  }),
];

async function add(asked: Asked): Promise<Response> {
  const { c, person, settings } = asked;
  const { say } = feesAdminSpeech(c.var.language);
  const form = await readForm(c, Exemption);
  if (!form.ok) {
    const labels = { reason: say("reason"), basis: say("basis"), percent: say("percent"), from: say("from") };
    const own = { to: say("toFault") };
    return show(asked, form.typed, faultsInWords(form.faults, { ...labels, to: say("to") }, c.var.language, own), 400);
  }
  const { reason, basis: legalBasis, percent, from, to = null } = form.value;
  await settings.addExemption({ reason, legalBasis, percent, from, to }, actorOf(person));
  return c.redirect(doneAt(path, "added"), 303);
}

async function nameColumns(asked: Asked): Promise<Response> {
  const { c, person, settings } = asked;
  const form = await readForm(c, ColumnsForm);
  if (!form.ok) {
    const labels = columnLabels(feesAdminSpeech(c.var.language).say);
    return show(asked, form.typed, faultsInWords(form.faults, labels, c.var.language), 400);
  }
  await settings.setColumns(form.value, actorOf(person));
  return c.redirect(doneAt(path, "saved"), 303);
}

async function show({ c, person, settings }: Asked, typed: Typed, faults: readonly Fault[], status: 200 | 400) {
  const release = await settings.release(actorOf(person));
  const exemptions = await settings.exemptions(actorOf(person));
  const columns = await settings.columns(actorOf(person));
  const frame = { ...personFrame(c, person), address: status === 200 ? personFrame(c, person).address : path };
  return c.html(<SettingsPage {...{ frame, release, exemptions, columns, typed, faults }} />, status);
}

type Props = {
  readonly frame: Frame;
  readonly release: FeeRelease;
  readonly exemptions: readonly FeeExemption[];
  readonly columns: StatementColumns;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const SettingsPage = (props: Props) => {
  const { frame, release, faults } = props;
  const { say } = feesAdminSpeech(frame.language);
  return (
    <AdminPage frame={frame} title={say("title")} faults={faults} wide={false}>
      <p class="lead">{say("lead")}</p>
      <p>
        <a href="/admin/receiving-account">{say("account")}</a>
      </p>
      <Card title={say("releaseTitle")}>
        <Form frame={frame} action={`${path}/release`} once>
          <RadioGroup
            name="release"
            label={say("releaseAsked")}
            options={(["later", "when_paid"] as const).map((value) => {
              return { value, label: say(`release_${value}`), hint: say(`release_${value}Hint`) };
            })}
            value={release}
          />
          <Button>{say("save")}</Button>
        </Form>
      </Card>
      <Card {...(props.exemptions.length === 0 && { title: say("exemptionsTitle") })}>
        <Exemptions {...props} />
      </Card>
      <Card title={say("addTitle")}>
        <Adding {...props} />
      </Card>
      <ColumnsCard {...props} speech={feesAdminSpeech(frame.language)} action={`${path}/columns`} />
    </AdminPage>
  );
};

const Exemptions = ({ frame, exemptions }: Props) => {
  const { say } = feesAdminSpeech(frame.language);
  if (exemptions.length === 0) return <p>{say("exemptionsNone")}</p>;
  const from = (one: FeeExemption) => ({ from: dayText(one.from), to: one.to === null ? "" : dayText(one.to) });
  return (
    <>
      <Table
        caption={say("exemptionsTitle")}
        columns={[
          { label: say("reason") },
          { label: say("basis") },
          { label: say("percent"), number: true },
          { label: say("applies") },
          { label: say("state") },
        ]}
        rows={exemptions.map((one) => [
          one.reason,
          one.legalBasis,
          one.percent,
          say(one.to === null ? "since" : "between", from(one)),
          one.endedAt === null ? <End frame={frame} id={one.id} /> : <Tag tone="neutral">{say("ended")}</Tag>,
        ])}
      />
      <p class="hint">{say("exemptionsLead")}</p>
    </>
  );
};

const End = ({ frame, id }: { frame: Frame; id: FeeExemptionId }) => {
  const { say } = feesAdminSpeech(frame.language);
  return (
    <Form frame={frame} action={`${path}/exemptions/${id}/end`} once>
      <Tag tone="good">{say("inForce")}</Tag> <Button look="grave">{say("end")}</Button>
    </Form>
  );
};

const Adding = ({ frame, typed, faults }: Props) => {
  const { say } = feesAdminSpeech(frame.language);
  const field = (name: string) => ({ name, value: typed[name], fault: faultAt(faults, name) });
  return (
    <Form frame={frame} action={`${path}/exemptions`} once>
      <TextField {...field("reason")} label={say("reason")} hint={say("reasonHint")} maxlength={300} />
      <TextField {...field("basis")} label={say("basis")} hint={say("basisHint")} maxlength={300} />
      <TextField
        {...field("percent")}
        label={say("percent")}
        hint={say("percentHint")}
        look="digits"
        numeric
        maxlength={3}
      />
      <TextField {...field("from")} label={say("from")} type="date" look="short" />
      <TextField {...field("to")} label={say("to")} hint={say("toHint")} type="date" look="short" required={false} />
      <Button>{say("add")}</Button>
    </Form>
  );
};
