import type { Context } from "hono";
import { type Bytes, type Instant, parseLocalDate, type Result } from "../../core/kernel.ts";
import type { CopyRecord, RecordFailure } from "../../core/record.ts";
import { standingOn } from "../../core/status/annulment.ts";
import { type StandingRecord, type StatusNow, standingRecord } from "../../core/status/standing.ts";
import { parseVerificationCode, type VerificationCode } from "../../core/verification-code.ts";
import type { PublishedRecords } from "../../publish/published-records.ts";
import { publicFrame } from "../design/frame.ts";
import type { Fills } from "../design/speech.ts";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import type { ReportDesk, ReportOfFile } from "./filed-report.ts";
import { ProblemPage, problemStatus, type VisitorProblem } from "./problem-page.tsx";
import { type DayAnswer, RecordPage, UnprovenPage } from "./record-page.tsx";
import { offerOf, reportRoute } from "./report-routes.ts";
import { readSentFile } from "./sent-file.ts";
import { speechIn } from "./speech.ts";
import { answerOf, type UploadReport } from "./upload-answer.ts";
import { AnswerPage, UploadPage } from "./upload-page.tsx";
import { type UploadRoom, uploadRoom } from "./upload-room.ts";
import type { Distrust } from "./why.ts";

/** SHA-256 and length of an upload up to the end of the agency signature's revision. DESIGN decision 5. */
export type CopyIdentity = CopyRecord["identity"];

/** What an examination of an upload gives back. */
export type Examined = {
  /** Null where there is no agency signature. */
  readonly identity: CopyIdentity | null;
  /** @param record the proven record that the visitor's code led to, or the identity did, with its status now */
  readonly reportWith: (record: StandingRecord | null) => UploadReport;
  /** The same with everything that was found, for a report to be filed; null where there is too much for one. */
  readonly filedWith?: (record: StandingRecord | null) => ReportOfFile | null;
};

/** `busy`: too many files wait. `stopped`: this one asked for more time or memory than one file gets. */
export type ExamineFailure = { readonly code: "busy" | "stopped" };

export type VerificationWorld = Pick<PublishedRecords, "find" | "prove"> & {
  /** Never throws for a bad file. */
  readonly examineUpload: (pdf: Bytes) => Promise<Result<Examined, ExamineFailure>>;
  /** The record of a file that came without its code; a door without a database leaves this out and asks for the code. */
  readonly findRecordByIdentity?: (identity: CopyIdentity) => Promise<CopyRecord | null>;
  readonly statusNow: (record: CopyRecord) => Promise<StatusNow>;
  readonly now: () => Instant;
  /** A door in the visitor's browser: whether it reached the service's files for this answer. */
  readonly isCutOff?: () => boolean;
  /** Base 64 of the pinned root: what a visitor's browser reads signed codes by. Left out where no code leads. */
  readonly rootKey?: string;
  /** Left out where there is no key to sign reports: the page then says so. */
  readonly reports?: ReportDesk;
};

export const maximumUploadBytes = 64 * 1024 * 1024;
const formOverheadBytes = 64 * 1024;
const uploadLimitBytes = maximumUploadBytes + formOverheadBytes;
const leastUploadBytes = 1024 * 1024; // whatever its size, an upload under way costs buffers and a parser
const roomBytes = 4 * uploadLimitBytes;

/** The public verification pages, the same lines for the server and the edge. They work without JavaScript. */
export const verificationRoutes = (world: VerificationWorld): readonly Route[] =>
  routesOf(world, uploadRoom(roomBytes));

const routesOf = (world: VerificationWorld, room: UploadRoom): readonly Route[] => [
  publicPage({ method: "GET", path: "/v/:code", handle: (c) => showRecord(c, c.req.param("code"), world) }),
  publicPage({
    method: "GET",
    path: "/verify",
    handle: (c) => c.html(<UploadPage {...voiceOf(c)} />),
  }),
  publicPage({
    method: "POST",
    path: "/verify",
    bodyLimitBytes: uploadLimitBytes,
    handle: (c) => admitUpload(c, world, room),
  }),
  reportRoute(world.reports ?? null, (c, problem) => problemAnswer(c, problem)),
];

const voiceOf = (c: Context<WebEnv>) => ({ speech: speechIn(c.var.language), frame: publicFrame(c) });

type Found =
  | { readonly is: "proven"; readonly code: VerificationCode; readonly record: StandingRecord; readonly proven: Proven }
  | { readonly is: "distrusted"; readonly code: VerificationCode; readonly why: Distrust }
  | { readonly is: "problem"; readonly problem: "unknown" | "malformed" };

type Proven = Extract<Awaited<ReturnType<VerificationWorld["prove"]>>, { ok: true }>["value"];

/** Parse, find, prove: nothing of a record is shown before its place in the log was computed again. */
async function findProven(typed: string, world: VerificationWorld): Promise<Found> {
  const code = parseVerificationCode(typed);
  if (!code.ok) return { is: "problem", problem: "malformed" };
  const record: Result<CopyRecord, RecordFailure> | null = await world.find(code.value);
  if (record === null) return { is: "problem", problem: "unknown" };
  if (!record.ok) return { is: "distrusted", code: code.value, why: record.failure.code };
  const proven = await world.prove(record.value);
  if (!proven.ok) return { is: "distrusted", code: code.value, why: proven.failure.code };
  const standing = standingRecord(record.value, await world.statusNow(record.value));
  return { is: "proven", code: code.value, record: standing, proven: proven.value };
}

async function showRecord(c: Context<WebEnv>, typed: string, world: VerificationWorld): Promise<Response> {
  const found = await findProven(typed, world);
  return found.is === "proven"
    ? c.html(<RecordPage {...voiceOf(c)} {...found} day={dayAsked(c, found, world)} rootKey={world.rootKey ?? null} />)
    : refuse(c, found, world.rootKey);
}

/** `?on=2026-03-01`: how the copy stood that day; nothing where no day was asked for. */
function dayAsked(
  c: Context<WebEnv>,
  { record }: Extract<Found, { is: "proven" }>,
  world: VerificationWorld,
): DayAnswer {
  const asked = c.req.query("on") ?? "";
  if (asked === "") return null;
  const day = parseLocalDate(asked);
  return day.ok ? { day: day.value, standing: standingOn(day.value, record, world.now()) } : { day: null };
}

function refuse(
  c: Context<WebEnv>,
  found: Exclude<Found, { is: "proven" }>,
  rootKey?: string,
): Response | Promise<Response> {
  if (found.is === "problem") return problemAnswer(c, found.problem, undefined, rootKey);
  return c.html(<UnprovenPage {...voiceOf(c)} why={found.why} />, 503);
}

function problemAnswer(
  c: Context<WebEnv>,
  problem: VisitorProblem,
  fills?: Fills,
  rootKey?: string,
): Response | Promise<Response> {
  const page = <ProblemPage {...voiceOf(c)} problem={problem} rootKey={rootKey} {...(fills && { fills })} />;
  if (problem === "busy") c.header("retry-after", "60");
  return c.html(page, problemStatus[problem]);
}

/** One that does not say its length takes the room of the largest. */
async function admitUpload(c: Context<WebEnv>, world: VerificationWorld, room: UploadRoom): Promise<Response> {
  const declared = Number(c.req.header("content-length") ?? uploadLimitBytes);
  const leave = room.enter(Math.max(leastUploadBytes, declared || uploadLimitBytes));
  if (leave === null) return problemAnswer(c, "busy");
  try {
    return await answerUpload(c, world);
  } finally {
    leave();
  }
}

async function answerUpload(c: Context<WebEnv>, world: VerificationWorld): Promise<Response> {
  const { file: pdf, code } = await readSentFile(c, maximumUploadBytes);
  if (pdf === null) return problemAnswer(c, "noFile");
  if (pdf === "too_large") return problemAnswer(c, "tooLarge", { megabytes: maximumUploadBytes / 2 ** 20 });
  if (code.trim() === "") return answerWithoutCode(c, pdf, world);
  const found = await findProven(code, world);
  if (found.is !== "proven") return refuse(c, found);
  const examined = await world.examineUpload(pdf);
  return examined.ok ? tell(c, examined.value, found, world) : problemAnswer(c, examined.failure.code);
}

/** Where the copy that the file says it is is known here, it is judged beside its record. */
async function answerWithoutCode(c: Context<WebEnv>, pdf: Bytes, world: VerificationWorld): Promise<Response> {
  const examined = await world.examineUpload(pdf);
  if (!examined.ok) return problemAnswer(c, examined.failure.code);
  const { identity } = examined.value;
  const record = identity === null ? null : ((await world.findRecordByIdentity?.(identity)) ?? null);
  const proven = record === null ? null : await world.prove(record);
  if (proven?.ok === false) return problemAnswer(c, "broken");
  const standing = record === null ? null : standingRecord(record, await world.statusNow(record));
  return tell(c, examined.value, { record: standing, code: null }, world);
}

type Against = { readonly record: StandingRecord | null; readonly code: VerificationCode | null };

async function tell(
  c: Context<WebEnv>,
  examined: Examined,
  { record, code }: Against,
  world: VerificationWorld,
): Promise<Response> {
  const report = examined.reportWith(record);
  const told = answerOf(report);
  const answer = told === "needs_code" && world.isCutOff?.() ? "needs_network" : told;
  const offer = await offerOf(world.reports ?? null, examined.filedWith?.(record) ?? null);
  return c.html(
    <AnswerPage {...voiceOf(c)} answer={answer} report={report} record={record} code={code} offer={offer} />,
  );
}
