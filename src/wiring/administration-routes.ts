import { feeSettingsPages } from "../web/pages/administration/fees.tsx";
import { administrationPages } from "../web/pages/administration/routes.ts";
import { stepTimesPages } from "../web/pages/administration/step-times.tsx";
import { areaPages } from "../web/pages/areas/routes.tsx";
import { absencePages } from "../web/pages/mandates/absences.tsx";
import { comparingPolicyPages } from "../web/pages/mandates/comparing.tsx";
import { mandatePages } from "../web/pages/mandates/routes.tsx";
import { receptionPages } from "../web/pages/receptions/routes.tsx";
import type { Route } from "../web/route.ts";
import { absencesWorld } from "./absences.ts";
import { administrationWorld } from "./administration.ts";
import { areasWorld } from "./areas.ts";
import { feeSettings } from "./fee-settings.ts";
import type { House } from "./house.ts";
import { mandatesWorld } from "./mandates.ts";
import { receptionsWorld } from "./receptions.ts";
import { stepTimesWorld } from "./step-times.ts";

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
  ...stepTimesPages(stepTimesWorld(house)),
  ...areaPages(areasWorld(house)),
  ...receptionPages(receptionsWorld(house)),
];
