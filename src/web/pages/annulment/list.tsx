import type { Context } from "hono";
import type { AgencyId } from "../../../core/ids.ts";
import type { PublishedAnnulment } from "../../../core/status/annulment.ts";
import { answerPdf } from "../../answer-pdf.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import { type Frame, publicFrame } from "../../design/frame.ts";
import { Page } from "../../design/page.tsx";
import { dayText } from "../../design/time.ts";
import { publicPage, publicRoute, type Route, type WebEnv } from "../../route.ts";
import { csvOf } from "../../spreadsheet/csv.ts";
import { type Speech, speechIn } from "./speech.ts";
import { copyTextOf, kindTextOf, outcomeOf } from "./texts.ts";
import type { AnnulmentWorld } from "./world.ts";

/** TT 01/2020 Art. 7: decisions are published. Nothing here tells whose paper it was. */
export const listRoutes = (world: AnnulmentWorld): readonly Route[] => [
  publicPage({
    method: "GET",
    path: "/annulled",
    handle: async (c) => {
      const agencyName = c.var.site.agencyName;
      const list = await world.annulments();
      return c.html(<AnnulledList frame={publicFrame(c)} list={list} agencyName={agencyName} />);
    },
  }),
  publicRoute({ method: "GET", path: "/annulled.json", handle: (c) => listJson(c, world) }),
  publicRoute({ method: "GET", path: "/annulled.csv", handle: (c) => listCsv(c, world) }),
  publicPage({
    method: "GET",
    path: "/annulled.pdf",
    handle: async (c) =>
      answerPdf(c, await world.annulmentsPaper(c.req.query("agency") ?? null), "inline", "ban-sao-het-gia-tri.pdf"),
  }),
];

async function listJson(c: Context<WebEnv>, world: AnnulmentWorld): Promise<Response> {
  const annulments = await world.annulments();
  c.header("cache-control", "no-cache");
  return c.json({ asOf: world.now(), annulments });
}

/** For the portal that must publish it: the columns of the page, in Vietnamese. */
async function listCsv(c: Context<WebEnv>, world: AnnulmentWorld): Promise<Response> {
  const { say } = speechIn("vi");
  const list = await world.annulments();
  const heads = ["Cơ quan", "Số chứng thực", "Quyển số", "Ngày chứng thực", say("columnKind"), "Số quyết định", "Ngày quyết định", "Người ký", say("columnReason"), say("columnPaper"), "Số bản"]; // biome-ignore format: one line
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
    kindTextOf(say, one),
    one.copies,
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
      <PapersOf list={list} agencyName={agencyName} say={say} />
    </Page>
  );
};

/** A paper has one agency at its head: a link for each that is in the list. */
const PapersOf = ({ list, agencyName, say }: Omit<ListProps, "frame"> & Pick<Speech, "say">) => (
  <ul>
    {[...new Set(list.map(({ agencyId }) => agencyId))].map((agencyId) => (
      <li>
        <a href={`/annulled.pdf?agency=${encodeURIComponent(agencyId)}`}>
          {say("listPdf", { agency: agencyName(agencyId) })}
        </a>
      </li>
    ))}
  </ul>
);

function rowsOf({ say }: Speech, one: PublishedAnnulment): (readonly [string, string])[] {
  const { decision } = one;
  const { number, by, reason } = decision;
  return [
    [say("columnCopy"), copyTextOf(say, one)],
    [say("columnPaper"), kindTextOf(say, one)],
    [say("columnKind"), outcomeOf(say, one)],
    [say("columnDecision"), say("decisionText", { number, date: dayText(decision.date), by })],
    [say("columnReason"), reason],
  ];
}
