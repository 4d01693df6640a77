import { expect, test } from "vitest";
import { nodePacking } from "../../src/primitives-node.ts";
import type { Route } from "../../src/web/route.ts";
import { verificationRoutes } from "../../src/web/verification/routes.tsx";
import type { VerificationWorld } from "../../src/web/verification/world.ts";
import { appOf, memoryWorld } from "../web/memory-world.ts";
import { doorOf } from "./door.ts";
import { code, publishedSample } from "./sample.ts";

const unknown = "0".repeat(26);

/** Both ways over the same table: the second knows nothing of the short one. */
async function twoWays(changed: Partial<VerificationWorld> = {}) {
  const counted: string[] = [];
  const world: VerificationWorld = {
    ...doorOf(await publishedSample(), { packing: nodePacking }).world,
    guesses: () => ({ refusedForSeconds: () => null, missed: () => void counted.push("missed") }),
    noteCheck: (statusIndex, door) => void counted.push(`${statusIndex} ${door}`),
    ...changed,
  };
  const routes = verificationRoutes(world);
  const long = routes.map((route): Route => (route.demands === "public" ? { ...route, shortly: undefined } : route));
  return Promise.all([routes, long].map((table) => wayOver(table, counted)));
}

async function wayOver(table: readonly Route[], counted: string[]) {
  const memory = memoryWorld([]);
  const app = appOf(table, memory.world);
  return async (path: string, init: RequestInit = {}) => {
    const answer = await app.request(path, init);
    const body = Buffer.from(await answer.arrayBuffer()).toString("base64");
    const told = { status: answer.status, headers: [...answer.headers], body };
    return { ...told, lines: memory.lines.splice(0), counted: counted.splice(0) };
  };
}

const asks: readonly (readonly [what: string, path: string, init?: RequestInit])[] = [
  ["a code", `/v/${code}`],
  ["a code as people type it", `/v/${code.toUpperCase().slice(0, 13)}-${code.slice(13)}`],
  ["a code in English", `/v/${code}`, { headers: { "accept-language": "en, vi;q=0.5" } }],
  ["a packed page", `/v/${code}`, { headers: { "accept-encoding": "gzip, br" } }],
  ["a page fetched ahead", `/v/${code}`, { headers: { "sec-purpose": "prefetch" } }],
  ["the head alone", `/v/${code}`, { method: "HEAD" }],
  ["a chosen language", `/v/${code}?lang=en`],
  ["a remembered language", `/v/${code}`, { headers: { cookie: "lang=en" } }],
  ["a day", `/v/${code}?on=2026-12-01`],
  ["a code that nobody has", `/v/${unknown}`],
  ["no code", "/v/abc"],
  ["a sign in another spelling", `/v/${code}%20`],
  ["a control sign", "/v/%00"],
  ["more of a path", `/v/${code}/x`],
  ["two slashes", `//v/${code}`],
  ["a declared body", `/v/${code}`, { headers: { "content-length": "999999999" } }],
  ["another method", `/v/${code}`, { method: "POST" }],
];

test.each(
  asks.map(([what, path, init]) => ({ what, path, init })),
)("$what: the short way answers as the usual one does, in status, head, body, line and what is counted", async ({
  path,
  init,
}) => {
  const [short, usual] = await twoWays();
  expect(await short?.(path, init)).toEqual(await usual?.(path, init));
});

test("who guesses too much is refused the right code on the short way too", async () => {
  const [short, usual] = await twoWays({ guesses: () => ({ refusedForSeconds: () => 60, missed: () => undefined }) });
  const answer = await short?.(`/v/${code}`);
  expect(answer?.status).toBe(429);
  expect(answer).toEqual(await usual?.(`/v/${code}`));
});

test("what fails on the short way is told by the usual one, once", async () => {
  const statusNow = () => Promise.reject(new Error("outage"));
  const [short, usual] = await twoWays({ statusNow });
  const answer = await short?.(`/v/${code}`);
  expect([answer?.status, answer?.lines.length]).toEqual([503, 1]);
  expect(answer).toEqual(await usual?.(`/v/${code}`));
});
