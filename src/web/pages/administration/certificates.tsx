import type { Context } from "hono";
import type { Instant } from "../../../core/kernel.ts";
import { localDateOf } from "../../../core/kernel.ts";
import { endsSoon } from "../../../usecases/administration/readiness.ts";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import { type Fault, faultAt } from "../../design/error-summary.tsx";
import { CheckField } from "../../design/field.tsx";
import { Button, Buttons, Form, LinkButton } from "../../design/form.tsx";
import { type Frame, personFrame } from "../../design/frame.ts";
import { dayText, shortTimeText } from "../../design/time.ts";
import { readForm } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { confirmed } from "./confirming.ts";
import { placeText } from "./registering-device.tsx";
import { AdminPage, doneAt, idFrom, isAbsent, notFound } from "./shell.tsx";
import { faultOf, type Speech, speechIn, statusOfFailure } from "./speech.ts";
import type { AdministrationWorld, CertificateView } from "./world.ts";

const list = "/admin/certificates";

export const certificatePages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: list,
    demands: ["administrator"],
    handle: async (c, actor) =>
      c.html(
        <CertificatesPage
          frame={personFrame(c, actor)}
          certificates={await world.certificates(actor)}
          now={world.now()}
          offlineRoot={world.keyListToSign !== null}
        />,
      ),
  }),
  guardedPage({
    method: "GET",
    path: `${list}/:id`,
    demands: ["administrator"],
    handle: async (c, actor) => {
      const found = await certificateAt(c, actor, world);
      if (found === null) return notFound(c);
      return c.html(
        <CertificatePage frame={personFrame(c, actor)} certificate={found} now={world.now()} faults={[]} />,
      );
    },
  }),
  guardedPage({
    method: "POST",
    path: `${list}/:id/end`,
    page: `${list}/:id`,
    demands: ["administrator"],
    handle: (c, actor) => end(c, actor, world),
  }),
  guardedPage({
    method: "POST",
    path: `${list}/key-list`,
    page: list,
    demands: ["administrator"],
    handle: async (c, actor) => {
      if (world.keyListToSign === null) return notFound(c);
      const { payload, sequence } = await world.keyListToSign(actor);
      c.header("content-disposition", `attachment; filename="key-list-${sequence}.json"`);
      return c.body(payload, 200, { "content-type": "application/json" });
    },
  }),
];

async function certificateAt(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld) {
  const id = idFrom<string>(c.req.param("id") ?? "");
  const all = id === null ? [] : await world.certificates(actor);
  return all.find((one) => one.id === id) ?? null;
}

async function end(c: Context<WebEnv>, actor: Actor, world: AdministrationWorld) {
  const found = await certificateAt(c, actor, world);
  if (found === null) return notFound(c);
  const { say } = speechIn(c.var.language);
  const again = (faults: readonly Fault[], status: 400 | 403 | 409 | 422 | 429) => {
    const frame = { ...personFrame(c, actor), address: `${list}/${found.id}` };
    return c.html(<CertificatePage frame={frame} certificate={found} now={world.now()} faults={faults} />, status);
  };
  const form = await readForm(c, confirmed);
  if (!form.ok) return again([{ field: "confirm", says: say("confirmFault") }], 400);
  const ended = await world.endCertificate(found.id, actor);
  if (ended.ok) return c.redirect(doneAt(list, "ended"), 303);
  if (isAbsent(ended.failure)) return notFound(c);
  return again([faultOf(ended.failure, c.var.language, [])], statusOfFailure(ended.failure));
}

const holderText = ({ fullName }: CertificateView, { say }: Speech): string => fullName ?? say("holderAgency");

const spanText = ({ validFrom, validTo }: CertificateView, { say }: Speech): string =>
  say("validSpan", { from: dayText(localDateOf(validFrom)), to: dayText(localDateOf(validTo)) });

type StandingProps = { readonly frame: Frame; readonly certificate: CertificateView; readonly now: Instant };

const Standing = ({ frame, certificate, now }: StandingProps) => {
  const { say } = speechIn(frame.language);
  const { endedAt, validFrom, validTo, listed } = certificate;
  if (endedAt !== null) return <Tag tone="neutral">{say("validEnded")}</Tag>;
  if (validTo <= now) return <Tag tone="neutral">{say("validPast")}</Tag>;
  if (!listed) return <Tag tone="bad">{say("listedNo")}</Tag>;
  if (validFrom > now) return <Tag tone="care">{say("validLater")}</Tag>;
  return endsSoon(validTo, now) ? <Tag tone="care">{say("validSoon")}</Tag> : <Tag tone="good">{say("validNow")}</Tag>;
};

type ListProps = {
  readonly frame: Frame;
  readonly certificates: readonly CertificateView[];
  readonly now: Instant;
  readonly offlineRoot: boolean;
};

const CertificatesPage = ({ frame, certificates, now, offlineRoot }: ListProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const labels = [say("holder"), say("subject"), say("validity"), say("state")];
  return (
    <AdminPage frame={frame} title={say("certificatesTitle")}>
      <p>{say("certificatesLead")}</p>
      <Buttons>
        <LinkButton href={`${list}/new`}>{say("registerCertificate")}</LinkButton>
        <LinkButton href={`${list}/device`} look="quiet">
          {say("registerDevice")}
        </LinkButton>
        {frame.development && (
          <LinkButton href={`${list}/demo`} look="quiet">
            {say("issueDemo")}
          </LinkButton>
        )}
      </Buttons>
      <Card>
        <Table
          caption={say("certificatesTitle")}
          columns={labels.map((label) => ({ label }))}
          rows={certificates.map((one) => [
            <a href={`${list}/${one.id}`}>{holderText(one, speech)}</a>,
            one.subject,
            spanText(one, speech),
            <Standing frame={frame} certificate={one} now={now} />,
          ])}
        />
      </Card>
      <Card title={say("keyListTitle")}>
        {offlineRoot ? <KeyListForm frame={frame} /> : <p>{say("keyListDevelopment")}</p>}
      </Card>
    </AdminPage>
  );
};

const KeyListForm = ({ frame }: { frame: Frame }) => {
  const { say } = speechIn(frame.language);
  return (
    <Form frame={frame} action={`${list}/key-list`}>
      <p>{say("keyListLead")}</p>
      <p class="hint">{say("keyListHint")}</p>
      <Button look="quiet">{say("keyListButton")}</Button>
    </Form>
  );
};

type OneProps = {
  readonly frame: Frame;
  readonly certificate: CertificateView;
  readonly now: Instant;
  readonly faults: readonly Fault[];
};

const CertificatePage = ({ frame, certificate, now, faults }: OneProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  return (
    <AdminPage frame={frame} title={holderText(certificate, speech)} faults={faults} wide={false}>
      <Card>
        <SummaryList
          rows={[
            [say("state"), <Standing frame={frame} certificate={certificate} now={now} />],
            [say("subject"), certificate.subject],
            [say("issuer"), certificate.issuer],
            [say("validity"), spanText(certificate, speech)],
            [say("keyPlace"), placeText(certificate.keyPlace, speech)],
            [say("fingerprint"), <span class="address">{certificate.sha256}</span>],
          ]}
        />
      </Card>
      {certificate.endedAt === null && certificate.validTo > now ? (
        <Card title={say("endTitle")}>
          <Form frame={frame} action={`${list}/${certificate.id}/end`} once>
            <p>{say("endLead")}</p>
            <CheckField name="confirm" label={say("endConfirm")} fault={faultAt(faults, "confirm")} />
            <Button look="grave">{say("endButton")}</Button>
          </Form>
        </Card>
      ) : (
        certificate.endedAt !== null && (
          <p>
            {say("validEnded")}: {shortTimeText(certificate.endedAt, frame.language)}
          </p>
        )
      )}
    </AdminPage>
  );
};
