import type { Instant } from "../../../core/kernel.ts";
import { type ErasureProof, erasureItems } from "../../../core/personal-data.ts";
import { isErasing, type KeptThing, keptThings, requestStanding, type Terms } from "../../../core/terms.ts";
import { type DataSpeech, dataSpeech } from "../../citizens/access-list.tsx";
import { ErasureList, Told } from "../../citizens/data-page.tsx";
import { Card, SummaryList, Table, Tag } from "../../design/content.tsx";
import type { Fault } from "../../design/error-summary.tsx";
import type { Frame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import { AdminPage } from "../administration/shell.tsx";
import { Decision } from "./decision.tsx";
import type { DataRequest } from "./world.ts";

type RequestsProps = { readonly frame: Frame; readonly requests: readonly DataRequest[]; readonly now: Instant };

/** What waits, by its due date: late, and what will be. */
export const RequestsPage = ({ frame, requests, now }: RequestsProps) => {
  const speech = dataSpeech(frame.language);
  const { say, language } = speech;
  const labels = [say("columnKind"), say("columnAsked"), say("columnDue"), say("columnState")];
  return (
    <AdminPage frame={frame} title={say("adminTitle")}>
      <p>{say("adminLead")}</p>
      <p>
        <a href="/admin/erasures">{say("toProofs")}</a> · <a href="/admin/breaches">{say("toBreaches")}</a>
      </p>
      {requests.length === 0 ? (
        <p>{say("adminNone")}</p>
      ) : (
        <Card>
          <Table
            caption={say("adminTitle")}
            columns={labels.map((label) => ({ label }))}
            rows={requests.map((request) => [
              <a href={`/admin/data-requests/${request.id}`}>{say(request.kind)}</a>,
              shortTimeText(request.askedAt, language),
              shortTimeText(request.dueAt, language),
              <StateTag request={request} now={now} speech={speech} />,
            ])}
          />
        </Card>
      )}
    </AdminPage>
  );
};

const states = {
  open: ["neutral", "stateOpen"],
  soon: ["care", "stateSoon"],
  late: ["bad", "stateLate"],
} as const;

const StateTag = ({ request, now, speech }: { request: DataRequest; now: Instant; speech: DataSpeech }) => {
  if (request.answeredAt !== null) return <Tag tone="good">{speech.say("stateDone")}</Tag>;
  const [tone, word] = states[requestStanding(request.dueAt, now)];
  return <Tag tone={tone}>{speech.say(word)}</Tag>;
};

type RequestProps = {
  readonly frame: Frame;
  readonly request: DataRequest;
  readonly terms: Terms;
  readonly faults: readonly Fault[];
  readonly typed?: Readonly<Record<string, string>>;
};

/** One request: what would be erased and what stays, then the answer; answered, what became of each thing. */
export const RequestPage = ({ frame, request, terms, faults, typed = {} }: RequestProps) => {
  const speech = dataSpeech(frame.language);
  const { say, language } = speech;
  const { kind, answeredAt } = request;
  const items = answeredAt === null && isErasing(kind) ? erasureItems(kind, request.status, false) : request.items;
  return (
    <AdminPage frame={frame} title={say(kind)} faults={faults} wide={false}>
      <p>
        <a href="/admin/data-requests">‹ {say("toRequests")}</a>
      </p>
      <Card>
        <SummaryList
          rows={[
            [say("columnAsked"), shortTimeText(request.askedAt, language)],
            [say("columnDue"), shortTimeText(request.dueAt, language)],
            [say("columnState"), answeredAt === null ? say("stateOpen") : shortTimeText(answeredAt, language)],
            [say("dossier", { code: "" }).trim(), request.code],
            ...(request.words === null ? [] : [[say("askedBy"), request.words.asked] as const]),
          ]}
        />
        <Told request={request} speech={speech} />
      </Card>
      {items.length > 0 && (
        <Card title={say("proposalTitle")}>
          <ErasureList items={items} speech={speech} done={answeredAt !== null} />
        </Card>
      )}
      {answeredAt === null && (
        <Decision frame={frame} request={request} terms={terms} faults={faults} speech={speech} typed={typed} />
      )}
    </AdminPage>
  );
};

type ProofsProps = { readonly frame: Frame; readonly proofs: readonly ErasureProof[]; readonly terms: Terms };

/** The terms as configured, and what went by them or on request. */
export const ProofsPage = ({ frame, proofs, terms }: ProofsProps) => {
  const { say, language } = dataSpeech(frame.language);
  const termText = (thing: KeptThing) => {
    const days = terms.keep[thing];
    return days === null ? say("termNever") : say("termDays", { days });
  };
  const columns = [
    { label: say("columnAt") },
    { label: say("columnRule") },
    { label: say("columnCause") },
    { label: say("columnThings"), number: true },
    { label: say("columnDigest") },
  ];
  return (
    <AdminPage frame={frame} title={say("proofsTitle")}>
      <p>{say("proofsLead")}</p>
      <p>
        <a href="/admin/data-requests">{say("toRequests")}</a> · <a href="/api/erasures">{say("proofsJson")}</a>
      </p>
      <Card title={say("termsTitle")}>
        <SummaryList rows={keptThings.map((thing) => [say(`thing_${thing}`), termText(thing)])} />
      </Card>
      {proofs.length === 0 ? (
        <p>{say("proofsNone")}</p>
      ) : (
        <Card>
          <Table
            caption={say("proofsTitle")}
            columns={columns}
            rows={proofs.map(({ at, rule, onRequest, things, idsSha256 }) => [
              shortTimeText(at, language),
              say(`thing_${rule}`),
              say(onRequest ? "causeRequest" : "causeTerm"),
              things,
              <span class="address">{idsSha256}</span>,
            ])}
          />
        </Card>
      )}
    </AdminPage>
  );
};
