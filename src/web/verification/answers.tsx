import type { Context } from "hono";
import { publicFrame } from "../design/frame.ts";
import type { Fills } from "../design/speech.ts";
import type { WebEnv } from "../route.ts";
import type { Found } from "./find-record.ts";
import { ProblemPage, problemStatus, type VisitorProblem } from "./problem-page.tsx";
import { UnprovenPage } from "./record-page.tsx";
import { speechIn } from "./speech.ts";

export const voiceOf = (c: Context<WebEnv>) => ({ speech: speechIn(c.get("language")), frame: publicFrame(c) });

export function refuse(
  c: Context<WebEnv>,
  found: Exclude<Found, { is: "proven" }>,
  rootKey?: string,
): Response | Promise<Response> {
  if (found.is === "problem") return problemAnswer(c, found.problem, undefined, rootKey);
  return c.html(<UnprovenPage {...voiceOf(c)} why={found.why} />, 503);
}

export function problemAnswer(
  c: Context<WebEnv>,
  problem: VisitorProblem,
  fills?: Fills,
  rootKey?: string,
): Response | Promise<Response> {
  const page = <ProblemPage {...voiceOf(c)} problem={problem} rootKey={rootKey} {...(fills && { fills })} />;
  if (problem === "busy") c.header("retry-after", "60");
  return c.html(page, problemStatus[problem]);
}
