import type { Context } from "hono";
import type { AgencyId } from "../../../core/ids.ts";
import { type AnnulmentList, anchorOf, type PublishedAnnulment } from "../../../core/status/annulment.ts";
import { answerPdf } from "../../answer-pdf.ts";
import { commonPage } from "../../common-page.ts";
import { Card, SummaryList } from "../../design/content.tsx";
import type { Frame } from "../../design/frame.ts";
import type { Packing } from "../../design/packed-skeleton.ts";
import { Page } from "../../design/page.tsx";
import { dayText } from "../../design/time.ts";
import { refuse } from "../../refusal.tsx";
import { publicPage, publicRoute, type Route, type WebEnv } from "../../route.ts";
import { csvOf } from "../../spreadsheet/csv.ts";
import { type Speech, speechIn } from "./speech.ts";
import { copyTextOf, kindTextOf, outcomeOf } from "./texts.ts";
import type { AnnulmentWorld } from "./world.ts";

/** TT 01/2020 Art. 7: decisions are published. Nothing here tells whose paper it was. */
export const listRoutes = (world: AnnulmentWorld, packing: Packing | null): readonly Route[] => [
  publicPage({ method: "GET", path: "/annulled", handle: showing(world, packing) }),
  publicRoute({
    method: "GET",
    path: "/annulled.json",
    handle: (c) => withList(c, world, (told, part) => listJson(c, world, told, part)),
  }),
  publicRoute({
    method: "GET",
    path: "/annulled.csv",
    handle: (c) => withList(c, world, (told) => listCsv(c, told.list)),
  }),
  publicPage({
    method: "GET",
    path: "/annulled.pdf",
    handle: async (c) => {
      const part = partAsked(c);
      if (part === "none") return refuse(c, { code: "not_found" });
      const paper = await world.annulmentsPaper(c.req.query("agency") ?? null, part);
      return answerPdf(c, paper, "inline", "ban-sao-het-gia-tri.pdf");
    },
  }),
];

const mostKept = 8; // of a thousand decisions each, a megabyte and more

function showing(world: AnnulmentWorld, packing: Packing | null) {
  const pageOf = commonPage((frame, shown: Shown) => <AnnulledList frame={frame} {...shown} />, packing, mostKept);
  return (c: Context<WebEnv>) =>
    withList(c, world, (told, part) => {
      const { agencyName } = c.var.site;
      const names = [...told.list, ...told.papers].map(({ agencyId }) => agencyName(agencyId));
      return pageOf(c, JSON.stringify([told, part, names]), { told, part, agencyName });
    });
}

/** `?part=2`: counted from the oldest decisions, so that an address tells the same for ever. */
function partAsked(c: Context<WebEnv>): number | null | "none" {
  const typed = c.req.query("part");
  if (typed === undefined) return null;
  return /^[1-9]\d{0,5}$/.test(typed) ? Number(typed) : "none";
}

type Telling = (told: AnnulmentList, part: number | null) => Response | Promise<Response>;

async function withList(c: Context<WebEnv>, world: AnnulmentWorld, tell: Telling): Promise<Response> {
  const part = partAsked(c);
  const told = part === "none" ? null : await world.annulments(part);
  return part === "none" || told === null ? refuse(c, { code: "not_found" }) : tell(told, part);
}

function listJson(c: Context<WebEnv>, world: AnnulmentWorld, told: AnnulmentList, part: number | null): Response {
  c.header("cache-control", "no-cache");
  return c.json({ asOf: world.now(), part, olderParts: told.older, annulments: told.list });
}

/** For the portal that must publish it: the columns of the page, in Vietnamese. */
function listCsv(c: Context<WebEnv>, list: readonly PublishedAnnulment[]): Response {
  const { say } = speechIn("vi");
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

type Shown = {
  readonly told: AnnulmentList;
  readonly part: number | null;
  readonly agencyName: (id: AgencyId) => string;
};

const AnnulledList = ({ frame, told, part, agencyName }: Shown & { readonly frame: Frame }) => {
  const speech = speechIn(frame.language);
  const { say } = speech;
  const { list, older, papers } = told;
  const asked = part === null ? "" : `?part=${part}`;
  return (
    <Page frame={frame} title={say("listTitle")}>
      <h1>{say("listTitle")}</h1>
      <p>{say("listLead")}</p>
      {part !== null && <p>{say("listPart", { part })}</p>}
      {list.length === 0 && <p>{say("listNone")}</p>}
      {list.map((one) => (
        <Card title={agencyName(one.agencyId)} id={anchorOf(one)}>
          <SummaryList rows={rowsOf(speech, one)} />
        </Card>
      ))}
      <p>
        <a href={`/annulled.csv${asked}`}>{say("listCsv")}</a> ·{" "}
        <a href={`/annulled.json${asked}`}>{say("listJson")}</a>
      </p>
      {older > 0 && <OlderParts older={older} isNewest={part === null} say={say} />}
      <PapersOf papers={papers} agencyName={agencyName} say={say} />
    </Page>
  );
};

const numbersTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

const OlderParts = ({ older, isNewest, say }: { older: number; isNewest: boolean } & Pick<Speech, "say">) => (
  <p>
    {say("listOlder")}
    {numbersTo(older).map((part) => (
      <>
        {" "}
        <a href={`/annulled?part=${part}`}>{part}</a>
      </>
    ))}
    {!isNewest && (
      <>
        {" · "}
        <a href="/annulled">{say("listNewest")}</a>
      </>
    )}
  </p>
);

/** A paper has one agency at its head: links for each that has decisions, whichever of them this page tells. */
const PapersOf = ({
  papers,
  agencyName,
  say,
}: Pick<AnnulmentList, "papers"> & Pick<Shown, "agencyName"> & Pick<Speech, "say">) => (
  <ul>
    {papers.map(({ agencyId, older }) => (
      <li>
        <a href={`/annulled.pdf?agency=${encodeURIComponent(agencyId)}`}>
          {say("listPdf", { agency: agencyName(agencyId) })}
        </a>
        {numbersTo(older).map((part) => (
          <>
            {" "}
            <a href={`/annulled.pdf?agency=${encodeURIComponent(agencyId)}&part=${part}`}>
              {say("listPdfPart", { part })}
            </a>
          </>
        ))}
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
