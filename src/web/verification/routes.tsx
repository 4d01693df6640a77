import type { Context } from "hono";
import type { Bytes, Result } from "../../core/kernel.ts";
import type { CopyRecord, RecordFailure } from "../../core/record.ts";
import { parseVerificationCode, type VerificationCode } from "../../core/verification-code.ts";
import type { PublishedRecords } from "../../publish/published-records.ts";
import { publicFrame } from "../design/frame.ts";
import type { Fills } from "../design/speech.ts";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { ProblemPage, problemStatus, type VisitorProblem } from "./problem-page.tsx";
import { RecordPage, UnprovenPage } from "./record-page.tsx";
import { speechIn } from "./speech.ts";
import { answerOf, type UploadReport } from "./upload-answer.ts";
import { AnswerPage, UploadPage } from "./upload-page.tsx";
import { type UploadRoom, uploadRoom } from "./upload-room.ts";
import type { Distrust } from "./why.ts";

/** SHA-256 and length of an upload up to the end of the agency signature's revision. DESIGN decision 5. */
export type CopyIdentity = CopyRecord["identity"];

/** What an examination of an upload gives back: the report and, where there is an agency signature, the copy's identity. */
export type Examined = { readonly report: UploadReport; readonly identity: CopyIdentity | null };

export type VerificationWorld = Pick<PublishedRecords, "find" | "prove"> & {
  /** @param record the proven record that the visitor's code led to, or the identity did; never throws for a bad file */
  readonly examineUpload: (pdf: Bytes, record: CopyRecord | null) => Promise<Examined>;
  /** The record of a file that came without its code; a door without a database leaves this out and asks for the code. */
  readonly findRecordByIdentity?: (identity: CopyIdentity) => Promise<CopyRecord | null>;
  /** how many witnesses this log still waits for */
  readonly witnesses: number;
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
];

const voiceOf = (c: Context<WebEnv>) => ({ speech: speechIn(c.var.language), frame: publicFrame(c) });

type Found =
  | { readonly is: "proven"; readonly code: VerificationCode; readonly record: CopyRecord; readonly proven: Proven }
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
  return { is: "proven", code: code.value, record: record.value, proven: proven.value };
}

async function showRecord(c: Context<WebEnv>, typed: string, world: VerificationWorld): Promise<Response> {
  const found = await findProven(typed, world);
  return found.is === "proven"
    ? c.html(<RecordPage {...voiceOf(c)} {...found} witnesses={world.witnesses} />)
    : refuse(c, found);
}

function refuse(c: Context<WebEnv>, found: Exclude<Found, { is: "proven" }>): Response | Promise<Response> {
  if (found.is === "problem") return problemAnswer(c, found.problem);
  return c.html(<UnprovenPage {...voiceOf(c)} why={found.why} />, 503);
}

function problemAnswer(c: Context<WebEnv>, problem: VisitorProblem, fills?: Fills): Response | Promise<Response> {
  const page = <ProblemPage {...voiceOf(c)} problem={problem} {...(fills && { fills })} />;
  return c.html(page, problemStatus[problem]);
}

/** One that does not say its length takes the room of the largest. */
async function admitUpload(c: Context<WebEnv>, world: VerificationWorld, room: UploadRoom): Promise<Response> {
  const declared = Number(c.req.header("content-length") ?? uploadLimitBytes);
  const leave = room.enter(Math.max(leastUploadBytes, declared || uploadLimitBytes));
  if (leave === null) {
    c.header("retry-after", "60");
    return problemAnswer(c, "broken");
  }
  try {
    return await answerUpload(c, world);
  } finally {
    leave();
  }
}

async function answerUpload(c: Context<WebEnv>, world: VerificationWorld): Promise<Response> {
  const form = await formOrNothing(c);
  const { file: sent, code: typed } = form as { file?: string | File; code?: string | File };
  if (!(sent instanceof File) || sent.size === 0) return problemAnswer(c, "noFile");
  if (sent.size > maximumUploadBytes) return problemAnswer(c, "tooLarge", { megabytes: maximumUploadBytes / 2 ** 20 });
  const pdf = new Uint8Array(await sent.arrayBuffer());
  if (typeof typed !== "string" || typed.trim() === "") return answerWithoutCode(c, pdf, world);
  const found = await findProven(typed, world);
  if (found.is !== "proven") return refuse(c, found);
  return tell(c, await world.examineUpload(pdf, found.record), found.record, found.code);
}

/** What is no form has no file; a body past its limit is told so by the guard. */
async function formOrNothing(c: Context<WebEnv>): Promise<object> {
  try {
    return await c.req.parseBody();
  } catch {
    return {};
  }
}

/** First to learn whose copy it says it is, then, if that copy is known here, to judge it beside its record. */
async function answerWithoutCode(c: Context<WebEnv>, pdf: Bytes, world: VerificationWorld): Promise<Response> {
  const alone = await world.examineUpload(pdf, null);
  const record = alone.identity === null ? null : ((await world.findRecordByIdentity?.(alone.identity)) ?? null);
  const proven = record === null ? null : await world.prove(record);
  if (record === null || proven === null) return tell(c, alone, null, null);
  if (!proven.ok) return problemAnswer(c, "broken");
  return tell(c, await world.examineUpload(pdf, record), record, null);
}

function tell(
  c: Context<WebEnv>,
  { report }: Examined,
  record: CopyRecord | null,
  code: VerificationCode | null,
): Response | Promise<Response> {
  const answer = answerOf(report);
  return c.html(<AnswerPage {...voiceOf(c)} answer={answer} report={report} record={record} code={code} />);
}
