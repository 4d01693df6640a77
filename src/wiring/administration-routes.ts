import { feeSettingsPages } from "../web/pages/administration/fees.tsx";
import { administrationPages } from "../web/pages/administration/routes.ts";
import { absencePages } from "../web/pages/mandates/absences.tsx";
import { comparingPolicyPages } from "../web/pages/mandates/comparing.tsx";
import { mandatePages } from "../web/pages/mandates/routes.tsx";
import type { Route } from "../web/route.ts";
import { absencesWorld } from "./absences.ts";
import { administrationWorld } from "./administration.ts";
import { feeSettings } from "./fee-settings.ts";
import type { House } from "./house.ts";
import { mandatesWorld } from "./mandates.ts";

/** What an agency's administrator sets up: people and keys, who may sign, who is away. */
export const administrationRoutes = (
  house: House,
  checks: Parameters<typeof administrationWorld>[1],
): readonly Route[] => [
  ...administrationPages(administrationWorld(house, checks)),
  ...mandatePages(mandatesWorld(house)),
  ...absencePages(absencesWorld(house)),
  ...feeSettingsPages(feeSettings(house)),
  ...comparingPolicyPages(absencesWorld(house)),
];
