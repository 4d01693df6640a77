import type { Route } from "../../route.ts";
import { sealing, signing } from "./act.ts";
import { actPages } from "./act-routes.tsx";
import { agentPages } from "./agent-page.tsx";
import { copyPages } from "./copy.tsx";
import { actListPages } from "./list-routes.tsx";
import { remoteBeginnings, remotePages } from "./remote-routes.tsx";
import { voidPages } from "./void.tsx";
import type { DeskWorld } from "./world.ts";

/** The desk of the certifying official and of the clerk: two people, two keys, two pages. SIGN-1. */
export const signingPages = (world: DeskWorld): readonly Route[] => [
  ...[signing, sealing].flatMap((act) => [
    ...actPages(act, world),
    ...actListPages(act, world),
    ...remoteBeginnings(act.name, act.role, world.remote),
  ]),
  ...remoteBeginnings("notice", "signer", world.remote),
  ...voidPages(world),
  ...copyPages(world),
  ...agentPages(world),
  ...remotePages(world.remote),
];
