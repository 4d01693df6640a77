import type { RecipientId, WebhookEndpointId } from "../../../core/ids.ts";
import type { EndpointHealth } from "../../../core/webhooks.ts";
import { Card, Table, Tag } from "../../design/content.tsx";
import { Button, Form } from "../../design/form.tsx";
import type { Frame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import { guardedPage, type Route } from "../../route.ts";
import { doneAt, idFrom, notFound } from "./shell.tsx";
import { speechIn } from "./speech.ts";
import type { AdministrationWorld } from "./world.ts";

/** Telling an endpoint again at once, when its recipient says that it answers now. */
export const recipientEndpointPages = (world: AdministrationWorld): readonly Route[] => [
  guardedPage({
    method: "POST",
    path: "/admin/recipients/:id/endpoints/:endpoint/tell",
    page: "/admin/recipients/:id",
    demands: ["administrator"],
    handle: async (c, actor) => {
      const id = idFrom<RecipientId>(c.req.param("id") ?? "");
      const endpoint = idFrom<WebhookEndpointId>(c.req.param("endpoint") ?? "");
      const told =
        id !== null && endpoint !== null && (await world.tellAgain({ recipientId: id, id: endpoint }, actor));
      return told ? c.redirect(doneAt(`/admin/recipients/${id}`, "told"), 303) : notFound(c);
    },
  }),
];

type Props = { readonly frame: Frame; readonly at: string; readonly endpoints: readonly EndpointHealth[] };

/** Where the recipient's programs are told, and whether they can be. */
export const Endpoints = ({ frame, at, endpoints }: Props) => {
  const { say } = speechIn(frame.language);
  const labels = [say("endpointUrl"), say("state"), say("endpointWaiting"), say("endpointNext"), say("endpointTell")];
  return (
    <Card title={say("endpointsTitle")}>
      <p>{say("endpointsLead")}</p>
      {endpoints.length === 0 ? (
        <p>{say("noEndpoints")}</p>
      ) : (
        <Table
          caption={say("endpointsTitle")}
          columns={labels.map((label) => ({ label }))}
          rows={endpoints.map((endpoint) => rowOf(frame, at, endpoint))}
        />
      )}
    </Card>
  );
};

function rowOf(frame: Frame, at: string, { id, url, waiting, givenUp, nextTryAt, ...health }: EndpointHealth) {
  const { say } = speechIn(frame.language);
  return [
    <span class="address">{url}</span>,
    <Standing frame={frame} of={{ givenUp, ...health }} />,
    String(waiting),
    nextTryAt === null ? "–" : shortTimeText(nextTryAt, frame.language),
    waiting + givenUp === 0 ? (
      "–"
    ) : (
      <Form frame={frame} action={`${at}/endpoints/${id}/tell`} once>
        <Button look="quiet">{say("endpointTellNow")}</Button>
      </Form>
    ),
  ];
}

type StandingOf = Pick<EndpointHealth, "failingSince" | "givenUp" | "lastStatus" | "lastError">;

const Standing = ({ frame, of }: { frame: Frame; of: StandingOf }) => {
  const { say } = speechIn(frame.language);
  const answer = of.lastStatus === null ? (of.lastError ?? "") : `HTTP ${of.lastStatus}`;
  if (of.failingSince !== null) {
    const since = shortTimeText(of.failingSince, frame.language);
    return <Tag tone="bad">{say("endpointFailing", { since, answer })}</Tag>;
  }
  if (of.givenUp > 0) return <Tag tone="care">{say("endpointGivenUp", { count: of.givenUp, answer })}</Tag>;
  return <Tag tone="good">{say("endpointWell")}</Tag>;
};
