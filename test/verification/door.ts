import { Hono } from "hono";
import { fail, type Instant, instantOfSeconds, ok, secondsOf } from "../../src/core/kernel.ts";
import type { StatusNow } from "../../src/core/status/standing.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { verifyEd25519 } from "../../src/publish/node-keys.ts";
import { publishedRecords } from "../../src/publish/published-records.ts";
import { sheetRoutes } from "../../src/web/assets.ts";
import type { Language } from "../../src/web/language.ts";
import type { WebEnv } from "../../src/web/route.ts";
import type { FiledReport, ReportDesk } from "../../src/web/verification/filed-report.ts";
import { publicFileRoutes } from "../../src/web/verification/public-file-routes.ts";
import { verificationRoutes } from "../../src/web/verification/routes.tsx";
import type { UploadReport } from "../../src/web/verification/upload-answer.ts";
import type { ExamineFailure, VerificationWorld } from "../../src/web/verification/world.ts";
import { sha256 } from "../log/memory-files.ts";
import { cipher, facts, type Sample } from "./sample.ts";

export type Report = {
  code?: string;
  status?: UploadReport["document"]["status"];
  copy?: UploadReport["certifiedCopy"];
  signatures?: UploadReport["signatures"];
};
export type Setting = {
  report?: Report;
  pinnedRoot?: Sample["root"]["publicKey"];
  knowsIdentity?: boolean;
  failure?: ExamineFailure["code"] | null;
  status?: StatusNow;
  /** How long each examination seems to take. */
  secondsAFile?: number;
  reports?: ReportDesk;
  /** What is found of each file in turn, for a report. */
  filed?: readonly FiledReport[];
  guesses?: VerificationWorld["guesses"];
  noteCheck?: VerificationWorld["noteCheck"];
  packing?: VerificationWorld["packing"];
};

/** A file that begins with one of these is not taken for the copy. */
export const stopping = 7;
export const unsignedFile = 8;
const unsigned = {
  code: "UNSIGNED",
  status: null,
  copy: { status: "unknown", reason: "record_missing" },
  signatures: [],
} as const;

/** The public pages over a published sample, without a service. */
export function doorOf(
  sample: Sample,
  {
    report = {},
    pinnedRoot = sample.root.publicKey,
    knowsIdentity = false,
    failure = null,
    secondsAFile = 0,
    reports,
    filed = [],
    guesses,
    noteCheck,
    packing,
    status = { status: "valid", asOf: "2026-12-01T01:59:30Z" as Instant },
  }: Setting = {},
) {
  const { inflate } = nodePrimitives;
  const records = publishedRecords({ read: sample.files.read, pinnedRoot, sha256, verifyEd25519, inflate, cipher });
  const asked: (string | null)[] = [];
  const reported = (record: { number: number } | null) => {
    asked.push(record === null ? null : String(record.number));
    return reportWith(report);
  };
  const examineUpload = async (pdf: Uint8Array) => {
    seconds += secondsAFile;
    if (failure !== null || pdf[0] === stopping) return fail({ code: failure ?? "stopped" });
    const filedNow = filed[examinedCount++] ?? null;
    const isCopy = pdf[0] !== unsignedFile;
    return ok({
      identity: isCopy ? facts.identity : null,
      reportWith: isCopy ? reported : () => reportWith(unsigned),
      filedWith: () => filedNow,
    });
  };
  const findRecordByIdentity = async () => sample.record;
  const statusNow = async () => status;
  let examinedCount = 0;
  let seconds = secondsOf("2026-12-01T02:00:00Z" as Instant);
  const now = () => instantOfSeconds(seconds);
  const world = {
    ...records,
    now,
    statusNow,
    examineUpload,
    ...(knowsIdentity && { findRecordByIdentity }),
    ...(reports && { reports }),
    ...(guesses && { guesses }),
    ...(noteCheck && { noteCheck }),
    ...(packing && { packing }),
  };
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.set("language", (c.req.query("lang") ?? "vi") as Language);
    c.set("site", { development: false, agencyName: String, scripts: {}, address: "https://chungthuc.example" });
    c.set("csrfToken", null);
    await next();
  });
  for (const route of [...verificationRoutes(world), ...publicFileRoutes(sample.files), ...sheetRoutes()]) {
    if (route.demands === "public") app.on(route.method, route.path, route.handle);
  }
  const upload = (fields: Record<string, string>, size = 10, language = "vi") => {
    const form = new FormData();
    if (size > 0) form.set("file", new File([new Uint8Array(size)], "copy.pdf", { type: "application/pdf" }));
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return app.request(`/verify?lang=${language}`, { method: "POST", body: form });
  };
  const uploadAll = (files: readonly File[], typed = "", language = "vi") => {
    const form = new FormData();
    for (const file of files) form.append("file", file);
    form.set("code", typed);
    return app.request(`/verify?lang=${language}`, { method: "POST", body: form });
  };
  return { app, upload, uploadAll, asked, world };
}

const signature = { signer: { name: "Trần Minh Khôi (hư cấu)" }, intact: true, trusted: true, level: "B-T" };
const reportWith = ({ code = "INTACT", status = "PASSED", copy, signatures }: Report): UploadReport => ({
  code,
  document: { status },
  certifiedCopy: copy ?? { status: "issued_here", reason: null },
  signatures: signatures ?? [signature, signature],
});
