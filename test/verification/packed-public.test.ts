import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodePacking } from "../../src/primitives-node.ts";
import { commonPage } from "../../src/web/common-page.ts";
import type { WebEnv } from "../../src/web/route.ts";
import { type Counter, openCounter } from "../pages/counter.ts";
import { askedOverTheWire, firstFlightBytes } from "../support/over-the-wire.ts";

const paths = ["/", "/posted/hoaban", "/annulled", "/help/viewers", "/help/roots"];
let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
});
afterAll(() => counter.close());

test.each(
  paths.flatMap((path) => [path, `${path}?lang=en&x=%3Cb%3E`]),
)("RFC 6928: %s comes in one flight for who takes gzip, twice the same, and unpacks to the plain page", async (path) => {
  const asked = (accepts?: string) => askedOverTheWire(`${counter.url}${path}`, accepts);
  const [plain, packed, again] = [await asked(), await asked("gzip, br"), await asked("gzip")];
  expect([plain.head["content-encoding"], packed.head["content-encoding"]]).toEqual([undefined, "gzip"]);
  expect(plain.head["vary"]).toContain("Accept-Encoding");
  expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
  expect(again.body.equals(packed.body)).toBe(true);
  expect(packed.wireBytes).toBeLessThanOrEqual(firstFlightBytes);
});

test("ADR 0096: a kept page goes on to say what is so, in each language, however many were kept", async () => {
  const app = siteOf(2);
  const ask = async (said: string, query = "") =>
    (await app.request(`/said/${encodeURIComponent(said)}${query}`)).text();
  for (const said of ["a", "b", "c", "a", "b"]) expect(await ask(said)).toBe(`<p>vi /said/${said} ${said}</p>`);
  expect(await ask("a", "?x=1&lang=en")).toBe("<p>en /said/a?x=1 a</p>");
});

test("ADR 0096: an official's words make no gap, whatever signs they are of", async () => {
  const said = "\uE000query\uE000 <b>";
  const page = await (await siteOf(2).request(`/said/${encodeURIComponent(said)}?x=stolen`)).text();
  expect(page).toContain("\uE000query\uE000 &lt;b&gt;");
  expect(page.split("stolen")).toHaveLength(2); // in its own address alone
});

function siteOf(most: number) {
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.set("language", c.req.query("lang") === "en" ? "en" : "vi");
    c.set("site", { development: false, agencyName: String, scripts: {}, address: null });
    c.set("csrfToken", null);
    await next();
  });
  const escaped = (text: string) => text.replace(/</g, "&lt;").replace(/>/g, "&gt;");
  const draw = ({ language, address }: { language: string; address: string }, said: string) =>
    new String(`<p>${language} ${address} ${escaped(said)}</p>`);
  const pageOf = commonPage(draw, nodePacking, most);
  app.get("/said/:said", (c) => pageOf(c, c.req.param("said"), c.req.param("said")));
  return app;
}
