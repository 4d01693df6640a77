import type { OfficialsWorld } from "../web/officials/world.ts";
import { calendarPages } from "../web/pages/calendar/routes.tsx";
import { comparingPages } from "../web/pages/comparing/routes.tsx";
import { deadlinePages } from "../web/pages/deadlines/routes.tsx";
import { feeRoomPages } from "../web/pages/fees/room-routes.tsx";
import { feePages } from "../web/pages/fees/routes.tsx";
import { statementPages } from "../web/pages/fees/statement-routes.tsx";
import { giveOncePages } from "../web/pages/give-once/routes.tsx";
import { linkEndPages } from "../web/pages/link-end/routes.tsx";
import { offSitePages } from "../web/pages/off-site/routes.tsx";
import { paperCopiesPages } from "../web/pages/paper/routes.tsx";
import { provincePages } from "../web/pages/province/routes.tsx";
import { receivingPages } from "../web/pages/receiving/routes.tsx";
import { forgeryPages } from "../web/pages/refusal/forgery-routes.tsx";
import { registerLinePages } from "../web/pages/register/line-routes.tsx";
import { registerPrintPages } from "../web/pages/register/prints.tsx";
import { registerSearchPages } from "../web/pages/register/search.tsx";
import { sourcesPages } from "../web/pages/sources/routes.tsx";
import { statisticsPages } from "../web/pages/statistics/routes.tsx";
import { tracePages } from "../web/pages/statistics/trace.tsx";
import { weeklyPages } from "../web/pages/weekly/routes.tsx";
import { withdrawalPages } from "../web/pages/withdrawal/routes.tsx";
import type { Route } from "../web/route.ts";
import { calendarPagesWorld } from "./calendars.ts";
import { deadlinesWorld } from "./deadlines.ts";
import { feeDesk } from "./fees.ts";
import { feesRoom } from "./fees-room.ts";
import { forgeryWorld } from "./forgery-records.ts";
import type { House } from "./house.ts";
import { linkEndWorld } from "./link-end.ts";
import { paperCopiesWorld } from "./paper-copies.ts";
import { provinceWorld } from "./province.ts";
import { lineWorld, registerSearchWorld } from "./register-lines.ts";
import { printsWorld } from "./register-prints.ts";
import { statementsDesk } from "./statements.ts";
import { statisticsWorld } from "./statistics.ts";
import { traceRules } from "./step-times.ts";
import { weeklyWorld } from "./weekly-reports.ts";
import { withdrawalWorld } from "./withdrawing.ts";

/** Lines of the register by themselves, found among all, and the prints of both books. */
export const printedRegisters = (house: House): readonly Route[] => [
  ...registerLinePages(lineWorld(house)),
  ...registerSearchPages(registerSearchWorld(house)),
  ...registerPrintPages(printsWorld(house, "electronic")),
  ...registerPrintPages(printsWorld(house, "paper")),
];

/** What stands at the counter, one dossier after the other. */
export const atTheCounter = (house: House, officials: OfficialsWorld): readonly Route[] => [
  ...receivingPages(officials),
  ...deadlinePages(deadlinesWorld(house, officials)),
  ...calendarPages(calendarPagesWorld(house)),
  ...comparingPages(officials),
  ...giveOncePages(officials),
  ...offSitePages(officials),
  ...forgeryPages(forgeryWorld(house, officials)),
  ...sourcesPages(officials),
  ...paperCopiesPages(paperCopiesWorld(house, officials)),
  ...feePages(feeDesk(house, officials)),
  ...feeRoomPages(feesRoom(house)),
  ...statementPages(statementsDesk(house)),
  ...statisticsPages(statisticsWorld(house)),
  ...provincePages(provinceWorld(house)),
  ...weeklyPages(weeklyWorld(house)),
  ...tracePages({ ...officials, rules: traceRules(house) }),
  ...withdrawalPages(withdrawalWorld(house, officials)),
  ...linkEndPages(linkEndWorld(house, officials)),
];
