import type { Context } from "hono";
import { nodePacking } from "../primitives-node.ts";
import { ownEmailRoutes } from "../web/citizens/email-page.tsx";
import { ownLinkEndRoutes } from "../web/citizens/end-routes.tsx";
import { ownFeeRoutes } from "../web/citizens/fee-page.tsx";
import { lookupRoutes } from "../web/citizens/lookup.tsx";
import { citizenRoutes } from "../web/citizens/routes.tsx";
import { ownWithdrawalRoutes } from "../web/citizens/withdraw-routes.tsx";
import type { CitizensWorld } from "../web/citizens/world.ts";
import { dispatchPolicyPages } from "../web/pages/administration/dispatch-policy.tsx";
import { dispatchPages } from "../web/pages/dispatch/routes.tsx";
import { voiceDeskPages } from "../web/petitions/desk-pages.tsx";
import { ownVoiceRoutes } from "../web/petitions/own-pages.tsx";
import { publicVoiceRoutes } from "../web/petitions/public-pages.tsx";
import { postingRoutes } from "../web/posting/pages.tsx";
import type { Route, WebEnv } from "../web/route.ts";
import { dispatchDesk, ownEmailWorld } from "./dispatch-desk.ts";
import type { House } from "./house.ts";
import { ownLinkEndWorld } from "./link-end.ts";
import { lookupDoor } from "./lookup.ts";
import { ownFeeWorld } from "./own-fee.ts";
import { postingWorld } from "./postings.ts";
import { ownVoiceWorld, publicVoiceWorld, voiceDesk } from "./voices.ts";
import { ownWithdrawal } from "./withdrawing.ts";

/** What citizens ask for by their link, by a code or without anything, and the desks that answer them. */
export const ofCitizens = (
  house: House,
  citizens: CitizensWorld,
  addressOf: (c: Context<WebEnv>) => string,
): readonly Route[] => [
  ...citizenRoutes(citizens),
  ...ownWithdrawalRoutes({ state: citizens.state, withdraw: ownWithdrawal(house) }),
  ...ownLinkEndRoutes(ownLinkEndWorld(house)),
  ...ownFeeRoutes(ownFeeWorld(house)),
  ...lookupRoutes(lookupDoor(house, addressOf)),
  ...ownVoiceRoutes(ownVoiceWorld(house)),
  ...postingRoutes(postingWorld(house), nodePacking),
  ...publicVoiceRoutes(publicVoiceWorld(house, addressOf)),
  ...voiceDeskPages(voiceDesk(house)),
  ...ownEmailRoutes(ownEmailWorld(house)),
  ...dispatchPages(dispatchDesk(house)),
  ...dispatchPolicyPages(dispatchDesk(house)),
];
