import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mountedRoutes } from "../../src/web/application.ts";
import { listRoutes } from "../../src/web/route.ts";
import type { House } from "../../src/wiring/house.ts";
import { allRoutes, buildWeb } from "../../src/wiring/routes.ts";

/** Answers any question with itself: the table is built from it, and nothing of it is ever asked for in earnest. */
const nothing: unknown = new Proxy(() => nothing, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "" : nothing),
});

const setting = {
  house: nothing as House,
  dataFolder: "",
  trustedProxies: 0,
  nobodysPasswordHash: "",
  scripts: [],
  isDraining: () => false,
};
const listed = readFileSync(new URL("./route-table.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");

test("DESIGN decision 9: every route demands what the table in route-table.txt says, and there is no other", () => {
  expect(listRoutes(allRoutes(setting))).toEqual(listed);
});

test("what is mounted is what is listed", () => {
  const mounted = mountedRoutes(buildWeb(setting));
  expect(mounted).toEqual(listed.map((line) => line.split(" ").slice(0, 2).join(" ")).toSorted());
});

test("nothing that changes anything is open to all but what is meant to be", () => {
  const open = listed.filter((line) => line.endsWith(" public") && !line.startsWith("GET "));
  expect(open).toEqual([
    "POST /api/session public",
    "POST /c/:secret public",
    "POST /c/:secret/data public",
    "POST /c/:secret/email public",
    "POST /c/:secret/end public",
    "POST /c/:secret/fee public",
    "POST /c/:secret/links public",
    "POST /c/:secret/links/:grant/confirm public",
    "POST /c/:secret/links/:grant/revoke public",
    "POST /c/:secret/links/leave public",
    "POST /c/:secret/links/prove public",
    "POST /c/:secret/voice public",
    "POST /c/:secret/withdraw public",
    "POST /feedback public",
    "POST /feedback/answer public",
    "POST /g/:secret/code public",
    "POST /g/:secret/counter public",
    "POST /g/:secret/open public",
    "POST /g/:secret/proof public",
    "POST /h/:recipient/copies public",
    "POST /h/:recipient/handover public",
    "POST /inbox/:recipient/:handover/open/:grant public",
    "POST /inbox/:recipient/:handover/report.csv public",
    "POST /inbox/:recipient/:handover/report.json public",
    "POST /inbox/:recipient/:handover/report.pdf public",
    "POST /inbox/:recipient/code public",
    "POST /inbox/:recipient/leave public",
    "POST /inbox/:recipient/proof public",
    "POST /look-alike public",
    "POST /look-up public",
    "POST /sign-in public",
    "POST /verify public",
    "POST /verify/report public",
  ]);
});
