import type { Context } from "hono";
import type { Result } from "../../core/kernel.ts";
import type { Failure } from "../../usecases/failure.ts";
import { refuse } from "../refusal.tsx";
import { publicPage, type Route, type WebEnv } from "../route.ts";
import { type CheckedFile, checkFile, checkFiles } from "../verification/check-files.ts";
import { toTellOf } from "../verification/dossier.tsx";
import type { ReportOfFiles } from "../verification/filed-report.ts";
import { reportOfFiles } from "../verification/filing.ts";
import type { UploadRoom } from "../verification/upload-room.ts";
import { maximumUploadBytes, uploadLimitBytes } from "../verification/uploads.tsx";
import type { VerificationWorld } from "../verification/world.ts";
import { inboxSpeech } from "./pages.tsx";
import { reportCsv } from "./report-csv.ts";
import { elsewhere, handoverOf, handoverPage, recipientOf, tokenOf } from "./routes.tsx";
import type { InboxWorld } from "./world.ts";

type Asked = Context<WebEnv>;
const forms = ["pdf", "json", "csv"] as const;
type As = (typeof forms)[number];

const leastUploadBytes = 1024 * 1024; // whatever its size, an upload under way costs buffers and a parser

/**
 * One receipt for all papers of one applicant: the copies that stand open, and files that the clerk adds, checked as
 * `/verify` checks them. Nothing added is kept.
 *
 * @param room the same for all: files of strangers take memory whoever brings them
 */
export const inboxReportRoutes = (
  world: InboxWorld,
  verification: VerificationWorld,
  room: UploadRoom,
): readonly Route[] =>
  forms.map((as) =>
    publicPage({
      method: "POST",
      path: `/inbox/:recipient/:handover/report.${as}`,
      bodyLimitBytes: uploadLimitBytes,
      handle: (c) => report(c, as, world, verification, room),
    }),
  );

async function report(
  c: Asked,
  as: As,
  world: InboxWorld,
  verification: VerificationWorld,
  room: UploadRoom,
): Promise<Response> {
  const copies = await world.openCopies(recipientOf(c), tokenOf(c), handoverOf(c));
  if (!copies.ok) return elsewhere(c, copies.failure); // before a byte of any file is read
  const declared = Number(c.req.header("content-length") ?? uploadLimitBytes) || uploadLimitBytes;
  const leave = room.enter(Math.max(leastUploadBytes, declared), recipientOf(c));
  if (leave === null) return refuse(c, { code: "throttled", retryAfterSeconds: 60 });
  try {
    const files = await checkedFiles(c, copies.value, verification);
    if (files === null) return refuse(c, { code: "upload_cut" });
    const filed = files.length === 0 ? null : await filedOf(files, verification);
    if (filed === null) return nothing(c, world);
    return await give(c, as, await named(filed, world, recipientOf(c)), verification);
  } finally {
    leave();
  }
}

type OpenCopies = Extract<Awaited<ReturnType<InboxWorld["openCopies"]>>, { ok: true }>["value"];

async function checkedFiles(
  c: Asked,
  copies: OpenCopies,
  verification: VerificationWorld,
): Promise<readonly CheckedFile[] | null> {
  const sent = await checkFiles(c, verification, maximumUploadBytes);
  if (sent === null) return null;
  const own: CheckedFile[] = [];
  for (const { name, read } of copies) own.push(await checkFile({ name, content: await read() }, verification, false));
  return [...own, ...sent.files];
}

async function filedOf(files: readonly CheckedFile[], verification: VerificationWorld): Promise<ReportOfFiles | null> {
  const told = [];
  for (const file of files) told.push(await toTellOf(file, verification));
  return reportOfFiles(told, verification.now());
}

/** Here the name is not merely typed: whoever asks has proven to be this recipient. */
async function named(filed: ReportOfFiles, world: InboxWorld, recipientId: string): Promise<ReportOfFiles> {
  const office = await world.office(recipientId);
  return { ...filed, checkedBy: office?.name ?? null };
}

function nothing(c: Asked, world: InboxWorld) {
  const says = inboxSpeech(c.var.language).say("reportNothing");
  return handoverPage(c, world, [{ field: "file", says }]);
}

async function give(c: Asked, as: As, filed: ReportOfFiles, { reports }: VerificationWorld): Promise<Response> {
  if (as === "csv") return file(c, reportCsv(filed), "text/csv; charset=utf-8", as);
  const unavailable: Failure = { code: "key_unavailable", reason: "report_key" };
  if (reports === undefined) return refuse(c, unavailable);
  if (as === "json") {
    const sealed = await reports.seal(filed);
    return sealed === null ? refuse(c, unavailable) : file(c, reports.json(sealed), "application/jose+json", as);
  }
  const pdf: Result<Uint8Array<ArrayBuffer>, { readonly code: string }> = await reports.pdf(c, filed, c.var.language);
  return pdf.ok ? file(c, pdf.value, "application/pdf", as) : refuse(c, unavailable);
}

const file = (c: Asked, content: Uint8Array<ArrayBuffer> | string, type: string, as: As): Response =>
  c.body(content, 200, {
    "content-type": type,
    "content-disposition": `attachment; filename="bien-nhan-ho-so-${handoverOf(c).slice(0, 8)}.${as}"`,
  });
