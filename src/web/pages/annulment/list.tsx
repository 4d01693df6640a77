import type { Context } from "hono";
import type { AgencyId } from "../../../core/ids.ts";
import { numberText } from "../../../core/register.ts";
import type { PublishedAnnulment } from "../../../core/status/annulment.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { type Frame, publicFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText } from "../../design/time.ts";
import { publicPage, publicRoute, type Route, type WebEnv } from "../../route.ts";
import { csvOf } from "../../spreadsheet/csv.ts";
import { type Speech, speechIn } from "./speech.ts";
import type { AnnulmentWorld } from "./world.ts";

const mostListed = 1000;

/** TT 01/2020 Art. 7: decisions are published. Nothing here tells whose paper it was. */
export const listRoutes = (world: AnnulmentWorld): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/annulled",
    handle: async (c) => {
      const agencyName = c.var.site.agencyName;
      const list = await world.annulments(null, mostListed);
      return c.html(<AnnulledList frame={publicFrame(c)} list={list} agencyName={agencyName} />);
    },
  }),
  publicRoute({ method: "GET", path: "/annulled.json", handle: (c) => listJson(c, world) }),
  publicRoute({ method: "GET", path: "/annulled.csv", handle: (c) => listCsv(c, world) }),
];

async function listJson(c: Context<WebEnv>, world: AnnulmentWorld): Promise<Response> {
  const annulments = await world.annulments(null, mostListed);
  c.header("cache-control", "no-cache");
  return c.json({ asOf: world.now(), annulments });
}

/** For the portal that must publish it: the columns of the page, in Vietnamese. */
async function listCsv(c: Context<WebEnv>, world: AnnulmentWorld): Promise<Response> {
  const { say } = speechIn("vi");
  const list = await world.annulments(null, mostListed);
  const heads = ["Cơ quan", "Số chứng thực", "Quyển số", "Ngày chứng thực", say("columnKind"), "Số quyết định", "Ngày quyết định", "Người ký", say("columnReason")]; // biome-ignore format: one line
  const rows = list.map((one) => [
    c.var.site.agencyName(one.agencyId),
    one.number,
    one.bookText,
    dayText(one.date),
    outcomeOf(say, one),
    one.decision.number,
    dayText(one.decision.date),
    one.decision.by,
    one.decision.reason,
  ]);
  const headers = { "content-type": "text/csv; charset=utf-8", "content-disposition": 'attachment; filename="ban-sao-het-gia-tri.csv"', "cache-control": "no-cache" }; // biome-ignore format: one line
  return c.body(csvOf([heads, ...rows]), 200, headers);
}

type ListProps = {
  readonly frame: Frame;
  readonly list: readonly PublishedAnnulment[];
  readonly agencyName: (id: AgencyId) => string;
};

const AnnulledList = ({ frame, list, agencyName }: ListProps) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  return (
    <Page frame={frame} title={say("listTitle")}>
      <h1>{say("listTitle")}</h1>
      <p>{say("listLead")}</p>
      {list.length === 0 && <p>{say("listNone")}</p>}
      {list.map((one) => (
        <Card title={agencyName(one.agencyId)}>
          <SummaryList rows={rowsOf(speech, one)} />
        </Card>
      ))}
      <p>
        <a href="/annulled.csv">{say("listCsv")}</a> · <a href="/annulled.json">{say("listJson")}</a>
      </p>
    </Page>
  );
};

function outcomeOf(say: Speech["say"], { kind, successor }: PublishedAnnulment): string {
  const replaced = successor && { number: numberText(successor.number), book: successor.bookText };
  return kind === "superseded" && replaced ? say("listSuperseded", replaced) : say("listAnnulled");
}

function rowsOf({ say }: Speech, one: PublishedAnnulment): (readonly [string, string])[] {
  const { decision } = one;
  const { number, by, reason } = decision;
  return [
    [
      say("columnCopy"),
      say("copyText", { number: numberText(one.number), book: one.bookText, date: dayText(one.date) }),
    ],
    [say("columnKind"), outcomeOf(say, one)],
    [say("columnDecision"), say("decisionText", { number, date: dayText(decision.date), by })],
    [say("columnReason"), reason],
  ];
}
