import type { Context } from "hono";
import { z } from "zod";
import type { RecipientKeyId } from "../../../core/ids.ts";
import type { Instant } from "../../../core/kernel.ts";
import { keyDays, keyScopes, keyStateAt, overlapHours, type RecipientKey } from "../../../core/recipients.ts";
import { shortId } from "../../../usecases/recipients/recipient-keys.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField, RadioGroup } from "../../design/field.tsx";
import { Button, Form } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import { faultsInWords, readForm } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { confirmed } from "./confirming.ts";
import { DaysField, recipientIdOf, showRecipient } from "./recipient.tsx";
import { AdminPage, doneAt, idFrom, notFound, SecretPage } from "./shell.tsx";
import { faultOf, speechIn, statusOfFailure } from "./speech.ts";
import type { AdministrationWorld, RecipientView } from "./world.ts";

const keys = "/admin/recipients/:id/keys";
const page = "/admin/recipients/:id";

/** One of a few numbers, which a form sends as text. */
const oneOf = <const N extends readonly number[]>(numbers: N) =>
  z.coerce.number().refine((value): value is N[number] => numbers.includes(value));

const Issue = z.object({
  scopes: z
    .string()
    .transform((lines) => lines.split("\n"))
    .pipe(z.array(z.enum(keyScopes)).min(1)),
  days: oneOf(keyDays),
});
const Rotate = z.object({ days: oneOf(keyDays), overlap: oneOf(overlapHours) });

/** Issuing, rotating and revoking the keys of one recipient. */
export const recipientKeyPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "POST",
    path: keys,
    page,
    demands: ["administrator"],
    handle: (c, actor) => issue(c, actor, world),
  }),
  guardedPage({
    method: "GET",
    path: `${keys}/:key`,
    demands: ["administrator"],
    handle: (c, actor) => showKey(c, actor, world, [], 200),
  }),
  guardedPage({
    method: "POST",
    path: `${keys}/:key/rotate`,
    page,
    demands: ["administrator"],
    handle: (c, actor) => rotate(c, actor, world),
  }),
  guardedPage({
    method: "POST",
    path: `${keys}/:key/revoke`,
    page,
    demands: ["administrator"],
    handle: (c, actor) => revoke(c, actor, world),
  }),
];

type C = Context<WebEnv>;

async function issue(c: C, actor: Actor, world: AdministrationWorld) {
  const id = recipientIdOf(c);
  if (id === null) return notFound(c);
  const { language } = c.var;
  const { say } = speechIn(language);
  const form = await readForm(c, Issue);
  if (!form.ok) {
    const labels = { scopes: say("keyScopes"), days: say("keyDays") };
    const own = { scopes: say("keyScopesFault") };
    return showRecipient(c, actor, world, faultsInWords(form.faults, labels, language, own), 400);
  }
  const issued = await world.issueKey(id, form.value, actor);
  return issued.ok ? showSecret(c, actor, issued.value) : notFound(c);
}

const showSecret = (
  c: C,
  actor: Actor,
  { recipient, token }: { recipient: RecipientView["recipient"]; token: string },
) => {
  const { say } = speechIn(c.var.language);
  const at = `/admin/recipients/${recipient.id}`;
  return c.html(
    <SecretPage
      frame={{ ...personFrame(c, actor), address: at }}
      title={say("keySecretTitle", { name: recipient.name })}
      lead={say("keySecretLead")}
      label={say("keySecret")}
      secret={token}
      back={{ href: at, says: say("toRecipient") }}
    />,
  );
};

async function keyAt(c: C, actor: Actor, world: AdministrationWorld) {
  const [id, keyId] = [recipientIdOf(c), idFrom<RecipientKeyId>(c.req.param("key") ?? "")];
  const view = id === null ? null : await world.recipient(id, actor);
  const key = view?.keys.find((one) => one.id === keyId) ?? null;
  return view === null || key === null ? null : { view, key };
}

async function showKey(
  c: C,
  actor: Actor,
  world: AdministrationWorld,
  faults: readonly Fault[],
  status: 200 | 400 | 403 | 409 | 422 | 429,
) {
  const found = await keyAt(c, actor, world);
  if (found === null) return notFound(c);
  const frame = { ...personFrame(c, actor), address: addressOf(found.view, found.key) };
  return c.html(<KeyPage frame={frame} view={found.view} of={found.key} now={world.now()} faults={faults} />, status);
}

const addressOf = ({ recipient }: RecipientView, { id }: RecipientKey): string =>
  `/admin/recipients/${recipient.id}/keys/${id}`;

async function rotate(c: C, actor: Actor, world: AdministrationWorld) {
  const found = await keyAt(c, actor, world);
  if (found === null) return notFound(c);
  const { say } = speechIn(c.var.language);
  const form = await readForm(c, Rotate);
  if (!form.ok) {
    const labels = { overlap: say("overlap"), days: say("keyDays") };
    return showKey(c, actor, world, faultsInWords(form.faults, labels, c.var.language), 400);
  }
  const at = { recipientId: found.view.recipient.id, keyId: found.key.id };
  const rotated = await world.rotateKey(at, form.value, actor);
  if (rotated.ok) return showSecret(c, actor, rotated.value);
  return showKey(c, actor, world, [faultOf(rotated.failure, c.var.language, [])], statusOfFailure(rotated.failure));
}

async function revoke(c: C, actor: Actor, world: AdministrationWorld) {
  const found = await keyAt(c, actor, world);
  if (found === null) return notFound(c);
  const { language } = c.var;
  const form = await readForm(c, confirmed);
  if (!form.ok) {
    const faults = [{ field: "confirm", says: speechIn(language).say("confirmFault") }];
    return showKey(c, actor, world, faults, 400);
  }
  const { id } = found.view.recipient;
  const revoked = await world.revokeKey({ recipientId: id, keyId: found.key.id }, actor);
  if (revoked.ok) return c.redirect(doneAt(`/admin/recipients/${id}`, "revoked"), 303);
  return showKey(c, actor, world, [faultOf(revoked.failure, language, [])], statusOfFailure(revoked.failure));
}

type Props = {
  readonly frame: Frame;
  readonly view: RecipientView;
  readonly of: RecipientKey;
  readonly now: Instant;
  readonly faults: readonly Fault[];
};

const KeyPage = ({ frame, view, of: key, now, faults }: Props) => {
  const { say } = speechIn(frame.language);
  const at = addressOf(view, key);
  const options = overlapHours.map((hours) => ({ value: String(hours), label: say(`overlap_${hours}`) }));
  return (
    <AdminPage frame={frame} title={`${say("keyId")} ${shortId(key.id)}`} faults={faults} wide={false}>
      <Card>
        <SummaryList
          rows={[
            [say("recipientName"), <a href={`/admin/recipients/${view.recipient.id}`}>{view.recipient.name}</a>],
            [say("state"), say(`key_${keyStateAt(key, now)}`)],
            [say("keyScopes"), key.scopes.map((scope) => say(`scope_${scope}`)).join(", ")],
            [say("keyEnds"), shortTimeText(key.expiresAt, frame.language)],
          ]}
        />
      </Card>
      <Card title={say("rotateTitle")}>
        <Form frame={frame} action={`${at}/rotate`} once>
          <p>{say("rotateLead")}</p>
          <RadioGroup
            name="overlap"
            label={say("overlap")}
            options={options}
            value="168"
            fault={faultAt(faults, "overlap")}
          />
          <DaysField frame={frame} />
          <Button>{say("rotate")}</Button>
        </Form>
      </Card>
      <Card title={say("revokeTitle")}>
        <Form frame={frame} action={`${at}/revoke`} once>
          <p>{say("revokeLead")}</p>
          <CheckField name="confirm" label={say("revokeConfirm")} fault={faultAt(faults, "confirm")} />
          <Button look="grave">{say("revoke")}</Button>
        </Form>
      </Card>
    </AdminPage>
  );
};
