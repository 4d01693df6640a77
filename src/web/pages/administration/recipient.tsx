import type { Context } from "hono";
import type { RecipientId } from "../../../core/ids.ts";
import type { Instant } from "../../../core/kernel.ts";
import { type KeyState, keyDays, keyScopes, keyStateAt, type RecipientKey } from "../../../core/recipients.ts";
import { shortId } from "../../../usecases/recipients/recipient-keys.ts";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckGroup, SelectField } from "../../design/field.tsx";
import { Button, Form, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import { faultsInWords, readForm, type Typed } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { Endpoints } from "./recipient-endpoints.tsx";
import { RecipientFields, RecipientForm, recipientLabels } from "./recipients.tsx";
import { AdminPage, doneAt, idFrom, notFound } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import type { AdministrationWorld, RecipientView } from "./world.ts";

const page = "/admin/recipients/:id";

/** One recipient: its addresses, its keys, whether it is active. Of another agency there is none. */
export const recipientPage = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: page,
    demands: ["administrator"],
    handle: async (c, actor) => showRecipient(c, actor, world, [], 200),
  }),
  guardedPage({
    method: "POST",
    path: page,
    page,
    demands: ["administrator"],
    handle: (c, actor) => change(c, actor, world),
  }),
  ...(["activate", "deactivate"] as const).map((act) =>
    guardedPage({
      method: "POST",
      path: `${page}/${act}`,
      page,
      demands: ["administrator"],
      handle: async (c, actor) => {
        const id = recipientIdOf(c);
        const done = id === null ? null : await world.setRecipientActive(id, act === "activate", actor);
        return id === null || done === null || !done.ok
          ? notFound(c)
          : c.redirect(doneAt(`/admin/recipients/${id}`, "saved"), 303);
      },
    }),
  ),
];

export const recipientIdOf = (c: Context<WebEnv>): RecipientId | null => idFrom<RecipientId>(c.req.param("id") ?? "");

/** The page with what was wrong with the last form. */
export async function showRecipient(
  c: Context<WebEnv>,
  actor: Actor,
  world: AdministrationWorld,
  faults: readonly Fault[],
  status: 200 | 400 | 403 | 409 | 422 | 429,
  typed?: Typed,
) {
  const id = recipientIdOf(c);
  const view = id === null ? null : await world.recipient(id, actor);
  if (view === null) return notFound(c);
  const frame =
    status === 200 ? personFrame(c, actor) : { ...personFrame(c, actor), address: `/admin/recipients/${id}` };
  const said = typed ?? { name: view.recipient.name, email: view.recipient.email, domain: view.recipient.domain ?? "" };
  return c.html(<RecipientPage frame={frame} view={view} now={world.now()} typed={said} faults={faults} />, status);
}

async function change(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld) {
  const id = recipientIdOf(c);
  if (id === null) return notFound(c);
  const { language } = c.var;
  const { labels, own } = recipientLabels(speechIn(language));
  const form = await readForm(c, RecipientForm);
  if (!form.ok)
    return showRecipient(c, actor, world, faultsInWords(form.faults, labels, language, own), 400, form.typed);
  const done = await world.changeRecipient(id, form.value, actor);
  if (done.ok) return c.redirect(doneAt(`/admin/recipients/${id}`, "saved"), 303);
  const faults = [faultOf(done.failure, language, Object.keys(labels))];
  return showRecipient(c, actor, world, faults, statusOfFailure(done.failure), form.typed);
}

type Props = {
  readonly frame: Frame;
  readonly view: RecipientView;
  readonly now: Instant;
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const RecipientPage = ({ frame, view, now, typed, faults }: Props) => {
  const { say } = speechIn(frame.language);
  const { recipient } = view;
  const at = `/admin/recipients/${recipient.id}`;
  return (
    <AdminPage frame={frame} title={recipient.name} faults={faults}>
      <Card>
        <SummaryList
          rows={[
            [say("state"), say(recipient.active ? "active" : "inactive")],
            [say("registeredAt"), shortTimeText(recipient.registeredAt, frame.language)],
          ]}
        />
      </Card>
      {recipient.active && (
        <LinkButton href={`${at}/poster`} look="quiet">
          {say("posterButton")}
        </LinkButton>
      )}
      <Keys frame={frame} at={at} keys={view.keys} now={now} />
      <IssueForm frame={frame} at={at} faults={faults} />
      <Endpoints frame={frame} at={at} endpoints={view.endpoints} />
      <Card title={say("changeRecipient")}>
        <Form frame={frame} action={at} once>
          <RecipientFields frame={frame} typed={typed} faults={faults} />
          <Button>{say("save")}</Button>
        </Form>
      </Card>
      <Card title={say(recipient.active ? "deactivateTitle" : "activate")}>
        <Form frame={frame} action={`${at}/${recipient.active ? "deactivate" : "activate"}`} once>
          {recipient.active && <p>{say("deactivateRecipientLead")}</p>}
          <Button look={recipient.active ? "grave" : "quiet"}>
            {say(recipient.active ? "deactivate" : "activate")}
          </Button>
        </Form>
      </Card>
    </AdminPage>
  );
};

const tones: Record<KeyState, "good" | "neutral" | "care"> = { live: "good", expired: "neutral", revoked: "care" };

export const KeyStateTag = ({ frame, of, now }: { frame: Frame; of: RecipientKey; now: Instant }) => {
  const state = keyStateAt(of, now);
  return <Tag tone={tones[state]}>{speechIn(frame.language).say(`key_${state}`)}</Tag>;
};

type KeysProps = {
  readonly frame: Frame;
  readonly at: string;
  readonly keys: readonly RecipientKey[];
  readonly now: Instant;
};

const Keys = ({ frame, at, keys, now }: KeysProps) => {
  const { language } = frame;
  const { say } = speechIn(language);
  const labels = [say("keyId"), say("state"), say("keyScopes"), say("keyEnds"), say("keyLastUsed")];
  const rows = keys.map((key) => [
    keyStateAt(key, now) === "live" ? <a href={`${at}/keys/${key.id}`}>{shortId(key.id)}</a> : shortId(key.id),
    <KeyStateTag frame={frame} of={key} now={now} />,
    key.scopes.map((scope) => say(`scope_${scope}`)).join(", "),
    shortTimeText(key.expiresAt, language),
    key.lastUsedAt === null ? say("keyNever") : shortTimeText(key.lastUsedAt, language),
  ]);
  return (
    <Card title={say("keysTitle")}>
      <p>{say("keysLead")}</p>
      {keys.length === 0 ? (
        <p>{say("noKeys")}</p>
      ) : (
        <Table caption={say("keysTitle")} columns={labels.map((label) => ({ label }))} rows={rows} />
      )}
    </Card>
  );
};

const IssueForm = ({ frame, at, faults }: { frame: Frame; at: string; faults: readonly Fault[] }) => {
  const { say } = speechIn(frame.language);
  const options = keyScopes.map((scope) => ({
    value: scope,
    label: say(`scope_${scope}`),
    hint: say(`scopeHint_${scope}`),
  }));
  return (
    <Card title={say("issueKey")}>
      <Form frame={frame} action={`${at}/keys`} once>
        <CheckGroup
          name="scopes"
          label={say("keyScopes")}
          options={options}
          values={["verify"]}
          fault={faultAt(faults, "scopes")}
        />
        <DaysField frame={frame} />
        <Button>{say("issueKey")}</Button>
      </Form>
    </Card>
  );
};

export const DaysField = ({ frame }: { frame: Frame }) => {
  const { say } = speechIn(frame.language);
  const options = keyDays.map((days) => ({ value: String(days), label: say("keyDaysOption", { days }) }));
  return <SelectField name="days" label={say("keyDays")} options={options} value="180" />;
};
