import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodePacking, nodeSha256 } from "../../src/primitives-node.ts";
import type { WebEnv } from "../../src/web/route.ts";
import { securityHeaders } from "../../src/web/security-headers.ts";
import { openBrowser, withPage } from "../support/browser.ts";
import { askedOverTheWire, firstFlightBytes } from "../support/over-the-wire.ts";
import { doorOf } from "./door.ts";
import { code, publishedSample } from "./sample.ts";

const paths = [`/v/${code}`, `/v/${code}?lang=en&on=2026-12-01`, "/verify", "/verify?lang=en&x=%3Cb%3E"];
let server: Server;

beforeAll(async () => {
  const app = new Hono<WebEnv>();
  app.use(securityHeaders(true, nodeSha256));
  app.route("/", doorOf(await publishedSample(), { packing: nodePacking }).app);
  server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }) as Server;
  await new Promise((resolve) => server.once("listening", resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const asked = (path: string, accepts?: string) => askedOverTheWire(`${address()}${path}`, accepts);

test.each(paths)("RFC 1952: %s comes in one flight for who takes gzip, and unpacks to the plain page", async (path) => {
  const [plain, packed] = [await asked(path), await asked(path, "gzip, deflate, br")];
  expect(plain.head["content-encoding"]).toBeUndefined();
  expect(packed.head["content-encoding"]).toBe("gzip");
  expect([plain.head["vary"], packed.head["vary"]]).toEqual(["Accept-Encoding", "Accept-Encoding"]);
  expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
  expect(plain.body.length).toBeGreaterThan(firstFlightBytes);
  expect(packed.wireBytes).toBeLessThanOrEqual(firstFlightBytes);
});

test.each([
  ["gzip;q=0.5, br", "gzip"],
  ["deflate,\tGZIP ; q=1.000", "gzip"],
  ["gzip;q=0", undefined],
  ["gzip;q=0.000, identity", undefined],
  ["br, deflate", undefined],
  ["gzipped", undefined],
  ["", undefined],
])("RFC 9110 §12.5.3: to who says «%s» the page comes as %s", async (accepts, coding) => {
  expect((await asked("/verify", accepts)).head["content-encoding"]).toBe(coding);
});

test("a browser shows the page that came packed, in one flight", async () => {
  const browser = await openBrowser();
  try {
    await withPage(browser, `${address()}/v/${code}`, { width: 390, javaScript: false }, async (page) => {
      const answer = await page.reload();
      const sizes = await answer?.request().sizes();
      expect(await page.locator("h1").isVisible()).toBe(true);
      expect((sizes?.responseBodySize ?? 0) + (sizes?.responseHeadersSize ?? 0)).toBeLessThanOrEqual(firstFlightBytes);
      expect(sizes?.responseBodySize).toBeGreaterThan(5_000);
    });
  } finally {
    await browser.close();
  }
});
