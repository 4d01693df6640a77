import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SignedIn } from "../../src/commands/api-client.ts";
import { isKeyRoute, type Role, type Route } from "../../src/web/route.ts";
import { allRoutes } from "../../src/wiring/routes.ts";
import { fieldNamesIn } from "../support/field-names.ts";
import { smallScan } from "../support/officials.ts";
import { startTwoAgencies, type TwoAgencies } from "./two-agencies.ts";

/** What people of the own agency, or a program in their name, may send by mistake or to find a weak place. */
const garbage = ["\u0000", "NaN", "99999999999999999999", "2026-02-30", "\u202ea\u0301\r\nBcc: x '\"<${{"];

/** Every field that any form or question knows. */
const fieldNames = fieldNamesIn("src/web");
/** So many at once fit into 4 KiB, the least that a route takes: a form too long is refused before anybody reads it. */
const fieldsAtOnce = 60;
const names: Record<Role, string> = {
  receiver: "tiepnhan",
  comparer: "doichieu",
  signer: "lanhdao",
  clerk: "vanthu",
  administrator: "quantri",
  province: "tinh",
};

let world: TwoAgencies;
let routes: readonly Route[];
let dossierId: string;

beforeAll(async () => {
  world = await startTwoAgencies();
  const setting = { house: world.house, dataFolder: world.dataFolder, trustedProxies: 0, scripts: [] };
  const all = allRoutes({ ...setting, nobodysPasswordHash: "", isDraining: () => false });
  routes = all.filter((route) => !isKeyRoute(route) && !/sign-out|^\/account|^\/api\/session|demo$/.test(route.path));
  dossierId = (await world.officials.attested(await smallScan(9), "Giấy thử (hư cấu)")).dossierId;
});
afterAll(() => world?.stop());

type Sent = { readonly body: string | URLSearchParams | FormData; readonly type?: string };

/** One value in every field, as a form, as a form with files, as JSON of several shapes, and as nothing of the kind. */
function sentWith(value: string, i: number, csrf: string): readonly Sent[] {
  const fields = [...fieldNames].map((name): [string, string] => [name, value.slice(0, 200)]);
  const sent = fields.filter(([name]) => name !== "csrf");
  const forms = Array.from({ length: Math.ceil(sent.length / fieldsAtOnce) }, (_, nth) => ({
    body: new URLSearchParams([...sent.slice(nth * fieldsAtOnce, (nth + 1) * fieldsAtOnce), ["csrf", csrf]]),
  }));
  const files = new FormData();
  files.set("csrf", csrf);
  for (const [name] of fields.slice(i, i + 20)) files.set(name, value);
  const json = [Object.fromEntries(fields), Object.fromEntries(fields.map(([name]) => [name, [value]])), [value], null];
  return [
    ...forms,
    { body: files },
    { body: JSON.stringify(json[i % json.length]), type: "application/json" },
    { body: i % 2 === 0 ? "[".repeat(30_000) : value, type: "application/json" },
    { body: value, type: "text/plain" },
  ];
}

const placed = (route: Route, value: string) =>
  route.path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) =>
    name === "id" && route.path.includes("/dossiers/") ? dossierId : encodeURIComponent(value.slice(0, 200) || "x"),
  );

async function answerOf(route: Route, path: string, as: SignedIn | null, sent: Sent | null): Promise<string | null> {
  const type: Record<string, string> = sent?.type === undefined ? {} : { "content-type": sent.type };
  const program = as === null || sent?.type === undefined ? {} : { "x-csrf-token": as.csrf }; // a form says it in a field
  const headers = { ...type, ...(as !== null && { cookie: as.cookie }), ...program };
  const answer = await fetch(`${world.url}${path}`, {
    ...{ method: route.method, headers, redirect: "manual" },
    ...(sent !== null && { body: sent.body }),
  });
  const text = await answer.text();
  const isLater = answer.status === 503 && answer.headers.has("retry-after"); // said too often, and when to come again
  const isPlain = (answer.status < 500 || isLater) && !/node_modules|\.ts:\d/.test(text);
  return isPlain ? null : `${route.method} ${path.slice(0, 60)}: ${answer.status}`;
}

const roleFor = ({ demands }: Route): Role | null =>
  demands === "public" ? null : demands === "session" ? "receiver" : ((demands[0] as Role | undefined) ?? null);

function queryWith(value: string, i: number): string {
  const some = [...fieldNames].slice(i * 9, i * 9 + 40);
  return `?${new URLSearchParams(Object.fromEntries(some.map((name) => [name, value.slice(0, 60)])))}`;
}

async function brokenBy(route: Route, value: string, i: number): Promise<readonly string[]> {
  const role = roleFor(route);
  const as = role === null ? null : await world.session(names[role]);
  const isLook = route.method === "GET";
  const path = `${placed(route, value)}${isLook ? queryWith(value, i) : ""}`;
  const broken: string[] = [];
  for (const sent of isLook ? [null] : sentWith(value, i, as?.csrf ?? "")) {
    const wrong = await answerOf(route, path, as, sent);
    if (wrong !== null) broken.push(wrong);
  }
  return broken;
}

describe("STYLE C3: garbage is a value, not an exception, at every door", () => {
  test.each(
    garbage.map((value, i) => ({ value, i, shown: value.slice(0, 30) })),
  )("$shown in every field and address", async ({ value, i }) => {
    const broken: string[] = [];
    for (const route of routes) broken.push(...(await brokenBy(route, value, i)));
    expect(broken).toEqual([]);
  }, 240_000);
});
