import type { Context } from "hono";
import type { Fault } from "../../design/error-summary.tsx";
import type { Part } from "../../forms/part.ts";
import { actorOf, onDossier } from "../../officials/answers.ts";
import { checkFileName } from "../../officials/file-name.ts";
import type { OfficialsWorld } from "../../officials/world.ts";
import { type Problem, wordsOf } from "../../problem.ts";
import type { Actor, WebEnv } from "../../route.ts";
import { receivingSpeech } from "./dossier-page.tsx";
import { reasonText } from "./scans.tsx";

export type Received = {
  /** One for each file that was not taken; the others are. */
  readonly faults: readonly Fault[];
  /** What ended the upload before its last file: the dossier has gone on, the line broke, the store is full. */
  readonly ended: Problem | null;
};

/** Takes the files of the form one after the other, each streamed to where it stays; a bad one stops no other. */
export async function receiveScans(c: Context<WebEnv>, person: Actor, world: OfficialsWorld): Promise<Received> {
  const faults: Fault[] = [];
  let files = 0;
  for await (const part of c.var.parts ?? []) {
    if (part.name !== "scans" || part.fileName === null || part.fileName === "") continue;
    files += 1;
    const failure = await receiveOne(c, person, world, part);
    if (failure === null) continue;
    if (endsAll.has(failure.code)) return { faults, ended: failure };
    faults.push({ field: "scans", says: faultText(c, part.fileName, failure) });
  }
  if (files === 0) faults.push({ field: "scans", says: receivingSpeech(c.var.language).say("addScansFault") });
  return { faults, ended: null };
}

const endsAll = new Set<Problem["code"]>(["not_found", "wrong_stage", "upload_cut", "storage_full"]);

async function receiveOne(c: Context<WebEnv>, person: Actor, world: OfficialsWorld, part: Part) {
  const name = checkFileName(part.fileName ?? "");
  if (!name.ok) return { code: "upload_refused", reason: "INVALID_FILENAME" } as const;
  const scan = { body: part.body, fileName: name.value, declaredType: part.mediaType };
  const received = await onDossier(c.req.param("id") ?? "", (id) => world.receiveScan(id, scan, actorOf(person)));
  return received.ok ? null : received.failure;
}

/** Signs that nobody sees are left out of a name that is shown. */
export function faultText(c: Context<WebEnv>, fileName: string, failure: Problem): string {
  const { language } = c.var;
  const { say } = receivingSpeech(language);
  const file = fileName.replace(/[\p{Cc}\p{Cf}]/gu, "").slice(0, 80);
  if (failure.code === "upload_refused") {
    return say("scanFault", { file, reason: reasonText(failure.reason, language), code: failure.reason });
  }
  const { title, detail } = wordsOf(failure, language);
  return say("scanNotKept", { file, reason: `${title} ${detail}` });
}
