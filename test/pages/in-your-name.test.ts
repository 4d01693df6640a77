import { Hono } from "hono";
import { expect, test } from "vitest";
import type { Instant } from "../../src/core/kernel.ts";
import type { SealedEntry, StrangeEntry } from "../../src/core/sealed-entry.ts";
import { inYourNamePages } from "../../src/web/pages/in-your-name/routes.tsx";
import { entriesAtOnce, type InYourNameWorld } from "../../src/web/pages/in-your-name/world.ts";
import { isKeyRoute, type Role, type WebEnv } from "../../src/web/route.ts";
import { inYourNameVi } from "../../src/web/words/in-your-name.vi.ts";
import { somebody } from "../web/memory-world.ts";

const entry = (index: number): SealedEntry => ({
  index,
  at: "2026-11-22T03:00:00Z" as Instant,
  number: index,
  bookText: "01/2026-SCTĐT/BS",
  title: `Giấy số ${index} (hư cấu)`,
  signedBy: "Lò Văn Ký (hư cấu)",
  sealedBy: null,
});
const alarm: StrangeEntry = { ...entry(7), event: "issued" };

function pagesFor(roles: readonly Role[], { count = 2, strange = [] as readonly StrangeEntry[] } = {}) {
  const asked: unknown[] = [];
  const world: InYourNameWorld = {
    publicUrl: "https://chungthuc.example",
    sealed: async (_, scope, before) => {
      asked.push([scope, before]);
      return Array.from({ length: count }, (_, i) => entry(100 - i));
    },
    strange: async () => strange,
  };
  const app = new Hono<WebEnv>();
  const actor = somebody("minh", roles);
  app.use(async (c, next) => {
    c.set("language", "vi");
    c.set("site", { development: false, agencyName: String, scripts: {}, address: null });
    c.set("actor", actor);
    c.set("csrfToken", "");
    await next();
  });
  for (const route of inYourNamePages(world))
    if (route.demands !== "public" && !isKeyRoute(route))
      app.on(route.method, route.path, (c) => route.handle(c, actor));
  return { app, asked };
}

const text = async (app: Hono<WebEnv>, path: string) => (await app.request(path)).text();

test("a signer sees the own entries whatever is asked for; who holds the seal or the keys sees the agency's", async () => {
  const signer = pagesFor(["signer"]);
  await text(signer.app, "/in-your-name?of=agency");
  const clerk = pagesFor(["clerk"]);
  await text(clerk.app, "/in-your-name?of=mine");
  const both = pagesFor(["signer", "administrator"]);
  await text(both.app, "/in-your-name");
  await text(both.app, "/in-your-name.json?of=agency&before=40");
  expect([signer.asked, clerk.asked, both.asked]).toEqual([
    [["mine", null]],
    [["agency", null]],
    [
      ["mine", null],
      ["agency", 40],
    ],
  ]);
});

test("an entry that the register does not know is an alarm above everything, and first in the feed", async () => {
  const { app } = pagesFor(["clerk"], { strange: [alarm] });
  const page = await text(app, "/in-your-name");
  expect(page.indexOf(inYourNameVi.strangeTitle)).toBeGreaterThan(0);
  expect(page.indexOf(inYourNameVi.strangeTitle)).toBeLessThan(page.indexOf("Giấy số 100"));
  const feed = JSON.parse(await text(app, "/in-your-name.json"));
  expect(feed.items[0]).toMatchObject({ id: "strange-7", tags: ["alarm"] });
});

test("JSON Feed 1.1: version, addresses, the next page where there is one, and an item a log entry", async () => {
  const { app } = pagesFor(["signer"], { count: entriesAtOnce });
  const answer = await app.request("/in-your-name.json");
  expect(answer.headers.get("content-type")).toContain("application/feed+json");
  const feed = (await answer.json()) as { items: unknown[] };
  expect(feed).toMatchObject({
    version: "https://jsonfeed.org/version/1.1",
    feed_url: "https://chungthuc.example/in-your-name.json?of=mine",
    next_url: `https://chungthuc.example/in-your-name.json?of=mine&before=${100 - entriesAtOnce + 1}`,
  });
  expect(feed.items).toHaveLength(entriesAtOnce);
  expect(await text(app, "/in-your-name")).toContain(`before=${100 - entriesAtOnce + 1}`);
});
