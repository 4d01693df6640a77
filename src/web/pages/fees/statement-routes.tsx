import type { Context } from "hono";
import { z } from "zod";
import type { StatementFault } from "../../../core/statement.ts";
import type { Failure } from "../../../usecases/failure.ts";
import type { Fault } from "../../design/error-summary.tsx";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { statusOf, wordsOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { readUpload } from "../administration/upload.ts";
import { feesRoomSpeech } from "./speech.ts";
import { LinePage, type TypedOfLine } from "./statement-line-page.tsx";
import { StatementPage, StatementsPage } from "./statement-pages.tsx";
import type { StatementsDesk } from "./statements-world.ts";

const takers = ["receiver"] as const;
const mostBytes = 2 * 1024 * 1024;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const yes = z.literal("yes").optional();
const Booking = z.object({ code: z.string().max(40).default(""), another: yes, aside: yes, above: yes });
const SettingAside = z.object({
  reason: z
    .string()
    .max(1000)
    .regex(/^[^\0]*$/)
    .default(""),
});

/** Bank statements: brought in, looked at, booked where they agree, decided line by line where not. FEE-7. */
export const statementPages = (desk: StatementsDesk): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/fees/statements",
    demands: takers,
    handle: (c, person) => showAll(c, person, desk, [], 200),
  }),
  guardedPage({
    method: "POST",
    path: "/fees/statements",
    demands: takers,
    bodyLimitBytes: mostBytes + 4096,
    handle: (c, person) => bring(c, person, desk),
  }),
  ...linePages(desk),
  guardedPage({
    method: "GET",
    path: "/fees/statements/:statement",
    demands: takers,
    handle: async (c, person) => {
      const view = await desk.statement(known(c.req.param("statement")), actorOf(person));
      if (view === null) return refuse(c, { code: "not_found" });
      return c.html(<StatementPage frame={personFrame(c, person)} view={view} />);
    },
  }),
  guardedPage({
    method: "POST",
    path: "/fees/statements/:statement/book",
    demands: takers,
    page: "/fees/statements/:statement",
    bodyLimitBytes: 4096,
    handle: async (c, person) => {
      const id = known(c.req.param("statement"));
      const booked = await desk.bookExact(id, actorOf(person));
      return booked === null ? refuse(c, { code: "not_found" }) : c.redirect(`/fees/statements/${id}`, 303);
    },
  }),
];

/** One line that does not book itself. */
const linePages = (desk: StatementsDesk): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/fees/statements/lines/:line",
    demands: takers,
    handle: (c, person) => showLine(c, person, desk, {}, null),
  }),
  guardedPage({
    method: "POST",
    path: "/fees/statements/lines/:line/book",
    demands: takers,
    page: "/fees/statements/lines/:line",
    bodyLimitBytes: 4096,
    handle: async (c, person) => {
      const form = await readForm(c, Booking);
      const code = form.typed["code"] ?? "";
      const isTicked = (name: "another" | "aside" | "above") => form.typed[name] === "yes";
      const ticked = { another: isTicked("another"), above: isTicked("above") };
      const booking = { code, isAnother: ticked.another, isAside: isTicked("aside"), isAboveFee: ticked.above };
      const done = await desk.bookLine(lineId(c), booking, actorOf(person));
      if (done.ok) return c.redirect(`/fees/statements/${done.value.statementId}`, 303);
      const field = done.failure.code === "line_alike" ? "another" : "code";
      return showLine(c, person, desk, { code, ...ticked }, { field, failure: done.failure });
    },
  }),
  guardedPage({
    method: "POST",
    path: "/fees/statements/lines/:line/aside",
    demands: takers,
    page: "/fees/statements/lines/:line",
    bodyLimitBytes: 16 * 1024,
    handle: async (c, person) => {
      const form = await readForm(c, SettingAside);
      const reason = form.typed["reason"] ?? "";
      const done = await desk.setAside(lineId(c), form.ok ? form.value.reason : "", actorOf(person));
      return done.ok
        ? c.redirect(`/fees/statements/${done.value.statementId}`, 303)
        : showLine(c, person, desk, { reason }, { field: "reason", failure: done.failure });
    },
  }),
];

const nobodys = "00000000-0000-4000-8000-000000000000";

/** An id as it may be asked for; what is none names nothing. */
const known = (text: string): string => (uuid.test(text) ? text : nobodys);

const lineId = (c: Context<WebEnv>): string => known(c.req.param("line") ?? "");

async function showAll(
  c: Context<WebEnv>,
  person: Actor,
  desk: StatementsDesk,
  faults: readonly Fault[],
  status: 200 | 400 | 422,
): Promise<Response> {
  const statements = await desk.statements(actorOf(person));
  return c.html(<StatementsPage frame={personFrame(c, person)} statements={statements} faults={faults} />, status);
}

async function bring(c: Context<WebEnv>, person: Actor, desk: StatementsDesk): Promise<Response> {
  const { say } = feesRoomSpeech(c.var.language);
  const { file } = await readUpload(c);
  if (file === null) return showAll(c, person, desk, [{ field: "file", says: say("noFile") }], 400);
  const brought = await desk.bring(file, actorOf(person));
  if (brought.ok) return c.redirect(`/fees/statements/${brought.value}`, 303);
  return showAll(c, person, desk, [{ field: "file", says: saysOf(brought.failure, c) }], 422);
}

function saysOf(fault: StatementFault, c: Context<WebEnv>): string {
  const { say } = feesRoomSpeech(c.var.language);
  const found = fault.code === "columns_missing" ? fault.found.map((name) => `“${name.slice(0, 60)}”`).join(", ") : "";
  return say(`fault_${fault.code}`, { found });
}

async function showLine(
  c: Context<WebEnv>,
  person: Actor,
  desk: StatementsDesk,
  typed: TypedOfLine,
  refused: { readonly field: "code" | "another" | "reason"; readonly failure: Failure } | null,
): Promise<Response> {
  const found = await desk.line(lineId(c), actorOf(person));
  if (found === null) return refuse(c, { code: "not_found" });
  const faults = refused === null ? [] : [{ field: refused.field, says: refusedSays(c, refused.failure) }];
  const frame = { ...personFrame(c, person), address: `/fees/statements/lines/${found.line.id}` };
  const status = refused === null ? 200 : statusOf[refused.failure.code];
  return c.html(<LinePage {...{ frame, ...found, typed, faults }} />, status);
}

function refusedSays(c: Context<WebEnv>, failure: Failure): string {
  if (failure.code === "malformed_request") return feesRoomSpeech(c.var.language).say("codeFault");
  const { title, detail } = wordsOf(failure, c.var.language);
  return `${title} ${detail}`;
}
