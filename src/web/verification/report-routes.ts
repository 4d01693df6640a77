import type { Context } from "hono";
import type { Bytes } from "../../core/kernel.ts";
import { typedFields } from "../forms/typed-fields.ts";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import type { ReportDesk, ReportFailure, ReportOfFiles } from "./filed-report.ts";
import type { VisitorProblem } from "./problem-page.tsx";
import type { ReportOffer } from "./report-card.tsx";

/** An envelope is base 64 of at most 256 KiB with a few certificates before it. */
const mostFormBytes = 512 * 1024;
const mostSignsOfChecker = 200;

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
export async function offerOf(desk: ReportDesk | null, file: () => ReportOfFiles | null): Promise<ReportOffer> {
  if (desk === null) return { is: "no_key" };
  const filed = file();
  if (filed === null) return { is: "too_long" };
  const envelope = await desk.seal(filed);
  return envelope === null ? { is: "no_key" } : { is: "signed", envelope };
}

async function giveReport(c: Context<WebEnv>, desk: ReportDesk, tell: TellProblem): Promise<Response> {
  const fields = await typedFields(c);
  const envelope = fields.get("report") ?? "";
  const opened = await desk.open(envelope);
  if (!opened.ok) return refuse(c, opened.failure, tell);
  const filed = { ...opened.value, checkedBy: checkerOf(fields.get("by") ?? "") };
  const name = fileName(filed);
  if (fields.get("as") === "json") return giveJson(c, desk, filed, tell);
  const pdf = await desk.pdf(c, filed, c.var.language);
  return pdf.ok ? file(c, pdf.value, "application/pdf", `${name}.pdf`) : refuse(c, pdf.failure, tell);
}

/** Signed again: who checked was typed after the answer was. */
async function giveJson(c: Context<WebEnv>, desk: ReportDesk, filed: ReportOfFiles, tell: TellProblem) {
  const sealed = await desk.seal(filed);
  if (sealed === null) return refuse(c, { code: "unavailable" }, tell);
  return file(c, desk.json(sealed), "application/jose+json", `${fileName(filed)}.json`);
}

/** In one line, without signs that nobody sees or that turn the direction; null where nothing was typed. */
function checkerOf(typed: string): string | null {
  const plain = typed.normalize("NFC").replace(/\s+/gu, " ").replace(/\p{C}/gu, "").trim();
  return plain === "" ? null : [...plain].slice(0, mostSignsOfChecker).join("");
}

function fileName({ files, checkedAt }: ReportOfFiles): string {
  const [only, another] = files;
  const of = another === undefined ? only?.sha256?.slice(0, 12) : null;
  return `chungthuc-report-${of ?? `${files.length}-files-${checkedAt.replace(/\D/g, "")}`}`;
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
