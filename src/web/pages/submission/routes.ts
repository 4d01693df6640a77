import type { OfficialsWorld } from "../../officials/world.ts";
import { guardedPage, type Route } from "../../route.ts";
import { answerAnother, showAnother } from "./another-page.tsx";

/** What is presented together with a paper that is here. DOS-1. */
export const submissionPages = (world: OfficialsWorld): readonly Route[] => [
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/another",
    demands: ["receiver"],
    handle: (c, person) => showAnother(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/another",
    demands: ["receiver"],
    handle: (c, person) => answerAnother(c, person, world),
  }),
];
