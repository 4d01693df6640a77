import type { Context } from "hono";
import { receiptText } from "../../../core/fee-account.ts";
import type { FeeLine } from "../../../core/fee-totals.ts";
import { type Bytes, localDateOf, parseLocalDate } from "../../../core/kernel.ts";
import { isYear, monthsOf, type Period, parsePeriod, yearOfPeriod } from "../../../core/register-print.ts";
import { personFrame } from "../../design/frame.ts";
import { shortTimeText } from "../../design/time.ts";
import type { Language } from "../../language.ts";
import { actorOf } from "../../officials/answers.ts";
import { refuse } from "../../refusal.tsx";
import { guardedPage, type Route, type WebEnv } from "../../route.ts";
import { csvOf } from "../../spreadsheet/csv.ts";
import { xlsxOf } from "../../spreadsheet/xlsx.ts";
import { MonthPage, UnpaidPage } from "./room-pages.tsx";
import type { FeesRoom } from "./room-world.ts";
import { feesRoomSpeech, feesSpeech } from "./speech.ts";

const readers = ["receiver", "signer", "administrator"] as const;
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** What was taken, by day and month, and what is still to be paid. */
export const feeRoomPages = (room: FeesRoom): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/fees",
    demands: readers,
    handle: (c) => c.redirect(`/fees/months/${thisMonth(room)}`, 303),
  }),
  guardedPage({
    method: "GET",
    path: "/fees/unpaid",
    demands: readers,
    handle: async (c, person) => {
      const upTo = parseLocalDate(c.req.query("upTo") ?? "");
      const told = await room.unpaid(upTo.ok && upTo.value.startsWith("20") ? upTo.value : null, actorOf(person));
      return c.html(<UnpaidPage frame={personFrame(c, person)} told={told} />);
    },
  }),
  guardedPage({
    method: "GET",
    path: "/fees/months/:period",
    demands: readers,
    handle: (c, person) =>
      withMonth(c, async (month) => {
        const told = await room.month(month, actorOf(person));
        const after = monthAway(month, 1);
        const shown = { month, before: monthAway(month, -1), after: after > thisMonth(room) ? null : after, told };
        return c.html(<MonthPage frame={personFrame(c, person)} {...shown} />);
      }),
  }),
  fileRoute(room, "entries.csv", "text/csv; charset=utf-8", (_, table) => csvOf(table)),
  fileRoute(room, "entries.xlsx", xlsxType, (month, table) => xlsxOf(month, table)),
];

type Table = readonly (readonly (string | number)[])[];

const fileRoute = (room: FeesRoom, file: string, type: string, make: (month: Period, table: Table) => Bytes): Route =>
  guardedPage({
    method: "GET",
    path: `/fees/months/:period/${file}`,
    demands: readers,
    handle: (c, person) =>
      withMonth(c, async (month) => {
        const table = tableOf(await room.lines(month, actorOf(person)), c.var.language);
        const saveAs = `thu-phi-${month}.${file.split(".")[1] ?? ""}`;
        const headers = { "content-type": type, "content-disposition": `attachment; filename="${saveAs}"` };
        return c.body(make(month, table), 200, headers);
      }),
  });

/** Sums as numbers, so that they add up in a spreadsheet. */
function tableOf(lines: readonly FeeLine[], language: Language): Table {
  const { say } = feesRoomSpeech(language);
  const fees = feesSpeech(language);
  const head = [
    "colReceipt",
    "colWhat",
    "colTime",
    "colCode",
    "colPayer",
    "colWay",
    "colAmount",
    "colBy",
    "colReason",
  ] as const;
  return [
    head.map((word) => say(word)),
    ...lines.map((line) => [
      receiptText(line.receipt),
      say(line.kind),
      shortTimeText(line.at, language),
      line.code,
      line.payer,
      fees.say(`way_${line.way}`),
      line.amountDong,
      line.by,
      line.reason,
    ]),
  ];
}

const thisMonth = (room: FeesRoom): Period => localDateOf(room.now()).slice(0, 7) as Period;

/** @param step -1 or 1 */
function monthAway(month: Period, step: -1 | 1): Period {
  const year = yearOfPeriod(month);
  const at = Number(month.slice(5)) - 1 + step;
  const months = monthsOf(at < 0 ? year - 1 : at > 11 ? year + 1 : year);
  return months[(at + 12) % 12] ?? month;
}

async function withMonth(c: Context<WebEnv>, show: (month: Period) => Promise<Response>): Promise<Response> {
  const period = parsePeriod(c.req.param("period") ?? "");
  return period.ok && !isYear(period.value) ? show(period.value) : refuse(c, { code: "not_found" });
}
