import type { OfficialsWorld } from "../../officials/world.ts";
import { guardedPage, type Route } from "../../route.ts";
import { answerAnother, showAnother } from "./another-page.tsx";
import { answerMany, showMany } from "./many-page.tsx";

// Two hundred photographs of a telephone; the use case holds each to its own bound, and none of them is held in memory.
const filesLimitBytes = 1024 * 1024 * 1024;

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
  guardedPage({
    method: "GET",
    path: "/dossiers/:id/many",
    demands: ["receiver"],
    handle: (c, person) => showMany(c, person, world),
  }),
  guardedPage({
    method: "POST",
    path: "/dossiers/:id/many",
    demands: ["receiver"],
    bodyLimitBytes: filesLimitBytes,
    handle: (c, person) => answerMany(c, person, world),
  }),
];
