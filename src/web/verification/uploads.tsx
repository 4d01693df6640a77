import type { Context } from "hono";
import type { VerificationCode } from "../../core/verification-code.ts";
import type { WebEnv } from "../route.ts";
import { problemAnswer, refuse, voiceOf } from "./answers.tsx";
import { type CheckedFile, checkFiles } from "./check-files.ts";
import { answerDossier } from "./dossier.tsx";
import { reportOfFiles } from "./filing.ts";
import { findProven, type StandingProof } from "./find-record.ts";
import { judged, recordOf } from "./judge.ts";
import { offerOf } from "./report-routes.ts";
import { AnswerPage } from "./upload-page.tsx";
import type { UploadRoom } from "./upload-room.ts";
import type { VerificationWorld } from "./world.ts";

export const maximumUploadBytes = 64 * 1024 * 1024;
const formOverheadBytes = 64 * 1024;
export const uploadLimitBytes = maximumUploadBytes + formOverheadBytes;
const leastUploadBytes = 1024 * 1024; // whatever its size, an upload under way costs buffers and a parser

/** One that does not say its length takes the room of the largest. */
export async function admitUpload(c: Context<WebEnv>, world: VerificationWorld, room: UploadRoom): Promise<Response> {
  const declared = Number(c.req.header("content-length") ?? uploadLimitBytes);
  const bytes = Math.max(leastUploadBytes, declared || uploadLimitBytes);
  const leave = room.enter(bytes, world.addressOf?.(c) ?? "");
  if (leave === null) return problemAnswer(c, "busy");
  try {
    return await answerUpload(c, world);
  } finally {
    leave();
  }
}

async function answerUpload(c: Context<WebEnv>, world: VerificationWorld): Promise<Response> {
  const sent = await checkFiles(c, world, maximumUploadBytes);
  const [only, another] = sent?.files ?? [];
  if (sent === null || only === undefined) return problemAnswer(c, "noFile");
  const [code = null, anotherCode] = sent.codes;
  if (another !== undefined || anotherCode !== undefined) return answerDossier(c, sent, world);
  return only.examined === null ? refuseFile(c, only) : answerOne(c, { ...only, code }, world);
}

function refuseFile(c: Context<WebEnv>, { notExamined }: CheckedFile): Response | Promise<Response> {
  if (notExamined === "too_large") return problemAnswer(c, "tooLarge", { megabytes: maximumUploadBytes / 2 ** 20 });
  if (notExamined === "empty") return problemAnswer(c, "emptyFile");
  return problemAnswer(c, notExamined === "stopped" ? "stopped" : "busy");
}

type OneFile = Extract<CheckedFile, { notExamined: null }> & { readonly code: string | null };

async function answerOne(c: Context<WebEnv>, file: OneFile, world: VerificationWorld): Promise<Response> {
  if (file.code === null) {
    const found = await recordOf(file.examined.identity, world);
    return found === "unproven" ? problemAnswer(c, "broken") : tell(c, file, { found, code: null }, world);
  }
  const found = await findProven(c, file.code, "file", world);
  return found.is === "proven" ? tell(c, file, { found, code: found.code }, world) : refuse(c, found);
}

type Against = { readonly found: StandingProof | null; readonly code: VerificationCode | null };

async function tell(c: Context<WebEnv>, file: OneFile, { found, code }: Against, world: VerificationWorld) {
  const { report, answer, toTell } = judged(file, file.examined, found, world);
  const offer = await offerOf(world.reports ?? null, () => reportOfFiles([toTell], world.now()));
  const record = found?.record ?? null;
  return c.html(
    <AnswerPage {...voiceOf(c)} answer={answer} report={report} record={record} code={code} offer={offer} />,
  );
}
