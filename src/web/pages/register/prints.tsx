import type { Context } from "hono";
import { z } from "zod";
import { type Bytes, localDateOf, ok, type Result } from "../../../core/kernel.ts";
import { yearOf } from "../../../core/register.ts";
import { type Period, parsePeriod, yearOfPeriod } from "../../../core/register-print.ts";
import type { Failure } from "../../../usecases/failure.ts";
import { personFrame } from "../../design/frame.ts";
import { readForm } from "../../forms/read-form.ts";
import { actorOf } from "../../officials/answers.ts";
import { statusOf } from "../../problem.ts";
import { refuse } from "../../refusal.tsx";
import { type Actor, guardedPage, type Route, type WebEnv } from "../../route.ts";
import { csvOf } from "../../spreadsheet/csv.ts";
import { xlsxOf } from "../../spreadsheet/xlsx.ts";
import { exportTable } from "./line-texts.ts";
import { PeriodPage } from "./period-page.tsx";
import type { PrintsWorld } from "./prints-world.ts";
import { YearPage } from "./year-page.tsx";

const readers = ["receiver", "comparer", "signer", "clerk", "administrator"] as const;
const OnePin = z.object({ pin: z.string().min(4).max(64) });
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Months and year of the register, printed and signed. NĐ 23/2015 Art. 13, REG-3. */
export const registerPrintPages = (world: PrintsWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: world.base,
    demands: readers,
    handle: (c, person) => showYear(c, person, world),
  }),
  guardedPage({
    method: "GET",
    path: `${world.base}/:period`,
    demands: readers,
    handle: (c, person) => withPeriod(c, (period) => showPeriod(c, person, world, period, null)),
  }),
  guardedPage({
    method: "POST",
    path: `${world.base}/:period`,
    demands: ["signer"],
    bodyLimitBytes: 4096,
    handle: (c, person) => withPeriod(c, (period) => sign(c, person, world, period)),
  }),
  fileRoute(world.base, "draft.pdf", "ban-in-cho-ky.pdf", "application/pdf", "inline", world.draft),
  fileRoute(world.base, "signed.pdf", "ban-in-so-chung-thuc.pdf", "application/pdf", "attachment", world.signed),
  fileRoute(
    world.base,
    "lines.csv",
    "so-chung-thuc.csv",
    "text/csv; charset=utf-8",
    "attachment",
    async (period, actor) => ok(csvOf(exportTable(period, await world.lines(period, actor)))),
  ),
  fileRoute(world.base, "lines.xlsx", "so-chung-thuc.xlsx", xlsxType, "attachment", async (period, actor) =>
    ok(xlsxOf(period, exportTable(period, await world.lines(period, actor)))),
  ),
];

type Made = (period: Period, actor: ReturnType<typeof actorOf>) => Promise<Result<Bytes, Failure>>;

const fileRoute = (
  base: string,
  file: string,
  saveAs: string,
  type: string,
  how: "inline" | "attachment",
  make: Made,
): Route =>
  guardedPage({
    method: "GET",
    path: `${base}/:period/${file}`,
    demands: readers,
    handle: (c, person) =>
      withPeriod(c, async (period) => {
        const made = await make(period, actorOf(person));
        if (!made.ok) return refuse(c, made.failure);
        const headers = { "content-type": type, "content-disposition": `${how}; filename="${saveAs}"` };
        return c.body(made.value, 200, headers);
      }),
  });

async function withPeriod(c: Context<WebEnv>, show: (period: Period) => Promise<Response>): Promise<Response> {
  const period = parsePeriod(c.req.param("period") ?? "");
  return period.ok ? show(period.value) : refuse(c, { code: "not_found" });
}

async function showYear(c: Context<WebEnv>, person: Actor, world: PrintsWorld): Promise<Response> {
  const today = localDateOf(world.now());
  const asked = parsePeriod(c.req.query("year") ?? "");
  const year = asked.ok ? yearOfPeriod(asked.value) : yearOf(today);
  const view = await world.year(year, actorOf(person));
  return c.html(<YearPage frame={personFrame(c, person)} base={world.base} year={year} today={today} {...view} />);
}

async function showPeriod(
  c: Context<WebEnv>,
  person: Actor,
  world: PrintsWorld,
  period: Period,
  failure: Failure | null,
): Promise<Response> {
  const view = await world.period(period, actorOf(person));
  if (failure?.code === "throttled") c.header("retry-after", String(failure.retryAfterSeconds));
  const page = <PeriodPage frame={personFrame(c, person)} root={world.base} view={view} failure={failure} />;
  return c.html(page, failure === null ? 200 : statusOf[failure.code]);
}

/** Sent twice it is signed once: the second finds the print kept. */
async function sign(c: Context<WebEnv>, person: Actor, world: PrintsWorld, period: Period): Promise<Response> {
  const form = await readForm(c, OnePin);
  if (!form.ok) return showPeriod(c, person, world, period, { code: "malformed_request", field: "pin" });
  const signed = await world.sign(period, form.value.pin, actorOf(person));
  return signed.ok ? c.redirect(`${world.base}/${period}`, 303) : showPeriod(c, person, world, period, signed.failure);
}
