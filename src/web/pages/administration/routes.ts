import type { Route } from "../../route.ts";
import { agencyPages } from "./agency.tsx";
import { bookNamesPages } from "./book-names.tsx";
import { bookPages } from "./books.tsx";
import { certificatePages } from "./certificates.tsx";
import { logPages } from "./log.tsx";
import { overviewPages } from "./overview.tsx";
import { peoplePages } from "./people.tsx";
import { personPages } from "./person.tsx";
import { picturePages } from "./pictures.tsx";
import { receivingAccountPages } from "./receiving-account.tsx";
import { recipientPage } from "./recipient.tsx";
import { recipientEndpointPages } from "./recipient-endpoints.tsx";
import { recipientKeyPages } from "./recipient-keys.tsx";
import { recipientPages } from "./recipients.tsx";
import { registeringPages } from "./registering.tsx";
import { devicePages } from "./registering-device.tsx";
import type { AdministrationWorld } from "./world.ts";

/** Everything under `/admin`. Fixed addresses before those with an id in them. */
export const administrationPages = (world: AdministrationWorld): readonly Route[] => [
  ...overviewPages(world),
  ...agencyPages(world),
  ...receivingAccountPages(world),
  ...peoplePages(world),
  ...personPages(world),
  ...registeringPages(world),
  ...devicePages(world),
  ...certificatePages(world),
  ...picturePages(world),
  ...bookPages(world),
  ...bookNamesPages(world),
  ...recipientPages(world),
  ...recipientPage(world),
  ...recipientKeyPages(world),
  ...recipientEndpointPages(world),
  ...logPages(world),
];
