import type { Context } from "hono";
import type { Bytes } from "../../core/kernel.ts";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import type { ReportDesk, ReportFailure, ReportOfFile } from "./filed-report.ts";
import type { VisitorProblem } from "./problem-page.tsx";
import type { ReportOffer } from "./report-card.tsx";

/** An envelope is base 64 of at most some 70 KiB with a few certificates before it. */
const mostFormBytes = 192 * 1024;

type Answer = Response | Promise<Response>;
type TellProblem = (c: Context<WebEnv>, problem: VisitorProblem) => Answer;

/** Nothing but what this service signed a moment ago comes out of here, and nothing is kept. */
export const reportRoute = (desk: ReportDesk | null, tell: TellProblem): Route =>
  publicPage({
    method: "POST",
    path: "/verify/report",
    bodyLimitBytes: mostFormBytes,
    handle: (c) => (desk === null ? tell(c, "noReport") : giveReport(c, desk, tell)),
  });

/** What the page of an answer offers. */
export async function offerOf(desk: ReportDesk | null, filed: ReportOfFile | null): Promise<ReportOffer> {
  if (desk === null) return { is: "no_key" };
  if (filed === null) return { is: "too_long" };
  const envelope = await desk.seal(filed);
  return envelope === null ? { is: "no_key" } : { is: "signed", envelope };
}

async function giveReport(c: Context<WebEnv>, desk: ReportDesk, tell: TellProblem): Promise<Response> {
  const fields = new URLSearchParams(await c.req.text());
  const envelope = fields.get("report") ?? "";
  const opened = await desk.open(envelope);
  if (!opened.ok) return refuse(c, opened.failure, tell);
  const name = `chungthuc-report-${opened.value.report.documentSha256.slice(0, 12)}`;
  if (fields.get("as") === "json") return file(c, desk.json(envelope), "application/jose+json", `${name}.json`);
  const pdf = await desk.pdf(c, opened.value, c.var.language);
  return pdf.ok ? file(c, pdf.value, "application/pdf", `${name}.pdf`) : refuse(c, pdf.failure, tell);
}

const problemOf: Readonly<Record<ReportFailure["code"], VisitorProblem>> = {
  malformed: "reportRefused",
  not_ours: "reportRefused",
  too_old: "reportTooOld",
  busy: "reportLater",
  unavailable: "reportLater",
  throttled: "reportLater",
};

async function refuse(c: Context<WebEnv>, failure: ReportFailure, tell: TellProblem): Promise<Response> {
  const problem = problemOf[failure.code];
  const seconds = failure.code === "throttled" ? failure.retryAfterSeconds : 60;
  if (problem === "reportLater") c.header("retry-after", String(seconds));
  return await tell(c, problem);
}

const file = (c: Context<WebEnv>, content: Bytes | string, type: string, name: string): Response =>
  c.body(content, 200, { "content-type": type, "content-disposition": `attachment; filename="${name}"` });
