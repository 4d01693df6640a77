import type { Context } from "hono";
import { z } from "zod";
import type { Result } from "../../../core/kernel.ts";
import type { LookAlikeCase } from "../../../core/look-alikes.ts";
import type { LookAlikeClosingFailure } from "../../../usecases/administration/close-look-alike.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { faultsInWords, readForm } from "../../forms/read-form.ts";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { lookAlikesAtOnce, reportsPath as path, ReportPage, ReportsPage, speechIn } from "./look-alike-pages.tsx";
import { doneAt, notFound } from "./shell.tsx";

export type LookAlikeDesk = {
  /** Newest first. @param before id of the last one seen */
  readonly reports: (before: string | null, limit: number) => Promise<readonly LookAlikeCase[]>;
  readonly report: (id: string) => Promise<LookAlikeCase | null>;
  readonly close: (id: string, words: string, actor: Actor) => Promise<Result<null, LookAlikeClosingFailure>>;
};

const demands = ["administrator"] as const;

/** A running number from an address, or null. */
const numberFrom = (text = ""): string | null => (/^[1-9][0-9]{0,17}$/.test(text) ? text : null);

/** Reports of look-alike sites are about the whole site: an administrator of any agency reads and closes them. ADR 42. */
export const lookAlikePages = (desk: LookAlikeDesk): readonly Route[] => [
  guardedPage({
    method: "GET",
    path,
    demands,
    handle: async (c, person) => {
      const reports = await desk.reports(numberFrom(c.req.query("before")), lookAlikesAtOnce);
      return c.html(<ReportsPage frame={personFrame(c, person)} reports={reports} />);
    },
  }),
  guardedPage({
    method: "GET",
    path: `${path}/:id`,
    demands,
    handle: (c, person) => show(c, person, desk),
  }),
  guardedPage({
    method: "POST",
    path: `${path}/:id`,
    demands,
    bodyLimitBytes: 8192,
    handle: (c, person) => close(c, person, desk),
  }),
];

async function show(c: Context<WebEnv>, person: Actor, desk: LookAlikeDesk, faulty?: Faulty): Promise<Response> {
  const id = numberFrom(c.req.param("id"));
  const report = id === null ? null : await desk.report(id);
  if (report === null) return notFound(c);
  const { faults = [], note = "", status = 200 } = faulty ?? {};
  return c.html(<ReportPage frame={personFrame(c, person)} report={report} note={note} faults={faults} />, status);
}

type Faulty = { readonly faults: readonly Fault[]; readonly note: string; readonly status: 400 | 409 };

const Closing = z.object({ note: z.string().max(300) });

async function close(c: Context<WebEnv>, person: Actor, desk: LookAlikeDesk): Promise<Response> {
  const { language } = c.var;
  const { say } = speechIn(language);
  const id = numberFrom(c.req.param("id"));
  if (id === null) return notFound(c);
  const form = await readForm(c, Closing);
  const note = form.typed["note"] ?? "";
  if (!form.ok) {
    const faults = faultsInWords(form.faults, { note: say("note") }, language);
    return show(c, person, desk, { faults, note, status: 400 });
  }
  const closed = await desk.close(id, form.value.note, person);
  if (closed.ok) return c.redirect(doneAt(`${path}/${id}`, "report"), 303);
  if (closed.failure.code === "not_found") return notFound(c);
  return show(c, person, desk, { faults: [{ field: null, says: say("closedBefore") }], note, status: 409 });
}
