import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Child, entryBeside, startChild } from "../../../ocr/child.ts";
import { residentBytes } from "../../../ocr/resident-memory.ts";
import type { Bytes } from "../../core/kernel.ts";
import { keptDemoSecrets } from "../../development/demo-secrets.ts";
import { samplePaths } from "../../development/sample.ts";
import { randomOf } from "../../wiring/house.ts";
import { type ApiClient, apiClient, type SignedIn } from "../api-client.ts";

export type WebUpload = {
  readonly bytes: Bytes;
  readonly fileName: string | null;
  readonly declaredType: string | null;
};

/** @property growthMiB highest memory of the service over its idle until the file was read; null where no /proc tells it */
export type WebOutcome = { readonly told: string; readonly growthMiB: number | null };

/** A running service as the receiver meets it. One file at a time, or the growth of one would be told of another. */
export type WebService = {
  /** `accepted`, or the code of the refusal; `harmed: …` where the dossier is not as it was before a refusal. */
  readonly upload: (upload: WebUpload) => Promise<WebOutcome>;
  readonly stop: () => Promise<void>;
};

/** Started when the first file comes. */
export function webService(): WebService {
  let running: Promise<Running> | null = null;
  return {
    upload: async (upload) => {
      running ??= start();
      return uploadTo(await running, upload);
    },
    stop: async () => {
      const service = await running?.catch(() => null);
      if (!service) return;
      await service.child.ask({ head: { stop: true }, parts: [] }, { wallSeconds: 60 });
      service.child.kill();
      await rm(service.folder, { recursive: true, force: true });
    },
  };
}

type Running = {
  readonly child: Child;
  readonly folder: string;
  readonly api: ApiClient;
  readonly as: SignedIn;
  readonly idleBytes: number;
};

const heapMiB = 2048;
const noBound = 1024 * 1024; // what is measured must not be cut off
const warmUps = 2;

async function start(): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), "chungthuc-corpus-"));
  const entry = entryBeside(import.meta.url, "service-child");
  const child = await startChild({ entry, heapMiB, growthMiB: noBound });
  if (!child.ok) throw new Error(`no service: ${child.failure.code}`);
  const answer = await child.value.ask({ head: { start: folder }, parts: [] }, { wallSeconds: 180 });
  const { port } = (answer.ok ? answer.value.head : {}) as { port?: number };
  if (port === undefined) throw new Error(`the service did not start: ${JSON.stringify(answer)}`);
  const api = apiClient(`http://127.0.0.1:${port}`);
  const password = keptDemoSecrets(join(folder, "keys"), randomOf)["tiepnhan"]?.password ?? "";
  const as = await api.signIn("tiepnhan", password);
  if (!as.ok) throw new Error(`the receiver cannot sign in: ${as.failure.code}`);
  const warm = { child: child.value, folder, api, as: as.value, idleBytes: Number.POSITIVE_INFINITY };
  const bytes = new Uint8Array(readFileSync(samplePaths.scan));
  for (let i = 0; i < warmUps; i++) await uploadTo(warm, { bytes, fileName: "warm.jpg", declaredType: null });
  return { ...warm, idleBytes: residentBytes(child.value.pid) ?? 0 };
}

async function uploadTo(running: Running, upload: WebUpload): Promise<WebOutcome> {
  const path = `/api/dossiers/${await openDossier(running)}`;
  const { pid } = running.child;
  // Whichever is lower: what an earlier file left behind must not hide what this one takes.
  const idleBytes = Math.min(running.idleBytes, residentBytes(pid) ?? Number.POSITIVE_INFINITY);
  const isMeasured = resetPeak(pid);
  const told = await sendAndWait(running, path, upload);
  const peak = isMeasured ? peakBytes(pid) : null;
  return { told, growthMiB: peak === null ? null : (peak - idleBytes) / 1024 / 1024 };
}

const paper = {
  applicantName: "Lò Thị Thử (hư cấu)",
  identityDigits: "0000",
  kind: "Giấy thử",
  title: "Giấy thử (hư cấu)",
  holderName: "Lò Thị Thử (hư cấu)",
  declaredPages: 1,
};

async function openDossier({ api, as }: Running): Promise<string> {
  const opened = await api.ask("open", { method: "POST", path: "/api/dossiers", as, json: paper });
  if (!opened.ok) throw new Error(`no dossier: ${opened.failure.code}`);
  return ((await opened.value.json()) as { dossierId: string }).dossierId;
}

type View = {
  readonly status: string;
  readonly originals: readonly { readonly status: string; readonly refusalReason: string | null }[];
  readonly pages: readonly unknown[];
};

async function sendAndWait(running: Running, path: string, upload: WebUpload): Promise<string> {
  const { api, as } = running;
  const { bytes: body, fileName, declaredType } = upload;
  const headers = {
    ...(fileName === null ? {} : { "x-file-name": encodeURIComponent(fileName) }),
    ...(declaredType === null ? {} : { "content-type": declaredType }),
  };
  const sent = await api.ask("send", { method: "POST", path: `${path}/scans`, as, body, headers });
  const view = await settled(running, path);
  if (!sent.ok) return view.originals.length === 0 ? unharmed(view, sent.failure.code) : "harmed: half kept";
  const [original] = view.originals;
  if (original?.status === "read") return "accepted";
  return unharmed(view, original?.refusalReason ?? "not read in time");
}

const unharmed = (view: View, told: string): string =>
  view.status === "received" && view.pages.length === 0 ? told : `harmed: ${view.status}`;

const readSeconds = 120;

/** The dossier once no scan of it waits to be read any more, or time is up. */
async function settled({ api, as }: Running, path: string): Promise<View> {
  const deadline = performance.now() + readSeconds * 1000;
  for (;;) {
    const answer = await api.ask("look", { method: "GET", path, as });
    if (!answer.ok) throw new Error(`the dossier is gone: ${answer.failure.code}`);
    const view = (await answer.value.json()) as View;
    if (view.originals.every(({ status }) => status !== "waiting") || performance.now() > deadline) return view;
    await sleep(50);
  }
}

/** proc(5): 5 makes the highest resident memory begin anew. @returns false where the system has no such thing */
function resetPeak(pid: number): boolean {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
    return true;
  } catch {
    return false;
  }
}

function peakBytes(pid: number): number | null {
  const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"));
  return line === null ? null : Number(line[1]) * 1024;
}
