import { Hono } from "hono";
import { expect, test } from "vitest";
import { fail, type Instant, ok } from "../../src/core/kernel.ts";
import type { LookAlikeReport } from "../../src/core/look-alikes.ts";
import type { Language } from "../../src/web/language.ts";
import type { WebEnv } from "../../src/web/route.ts";
import { lookAlikeRoutes } from "../../src/web/verification/look-alike.tsx";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { doorOf } from "./door.ts";
import { code, publishedSample } from "./sample.ts";

function site(room = 2) {
  const kept: LookAlikeReport[] = [];
  let asked = 0;
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.set("language", (c.req.query("lang") ?? "vi") as Language);
    c.set("site", { development: false, agencyName: String, scripts: {}, address: "https://chungthuc.example" });
    c.set("csrfToken", null);
    await next();
  });
  const routes = lookAlikeRoutes({
    now: () => "2026-12-01T02:00:00Z" as Instant,
    admit: async () => (++asked > 3 ? fail({ retryAfterSeconds: 900 }) : ok(null)),
    keep: async (report) => kept.length < room && kept.push(report) > 0,
  });
  for (const route of routes) if (route.demands === "public") app.on(route.method, route.path, route.handle);
  const send = (fields: Record<string, string>) =>
    app.request("/look-alike", { method: "POST", body: new URLSearchParams(fields) });
  return { app, kept, send };
}

test("a look-alike is reported with its address alone, without a script and without a name", async () => {
  const { app, kept, send } = site();
  const page = await (await app.request("/look-alike")).text();
  expect(page).not.toMatch(/<script|type="email"|name="name"/);
  const answer = await send({ address: " http://chung-thuc.example/v/1 " });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining(verificationVi.lookAlikeThanks)]);
  expect(kept).toEqual([{ at: "2026-12-01T02:00:00Z", address: "http://chung-thuc.example/v/1", seen: "" }]);
});

test("no address, too long a text, too many by one visitor and too many unread: each is told, nothing of them is kept", async () => {
  const { kept, send } = site(1);
  expect((await send({ seen: "x" })).status).toBe(400);
  expect((await send({ address: "x".repeat(501) })).status).toBe(400);
  expect((await send({ address: "\u0000" })).status).toBe(400);
  expect((await send({ address: "a\u0000" })).status).toBe(200);
  expect(kept[0]?.address).toBe("a"); // PostgreSQL keeps no zero octet in a text
  const full = await send({ address: "b" });
  expect([full.status, await full.text()]).toEqual([503, expect.stringContaining(verificationVi.lookAlikeLaterTitle)]);
  await send({ address: "c" });
  const often = await send({ address: "d" });
  expect([often.status, often.headers.get("retry-after"), await often.text()]).toEqual([
    429,
    "900",
    expect.stringContaining(verificationVi.lookAlikeOftenTitle),
  ]);
  expect(kept).toHaveLength(1);
});

test("every verification page says which site it must be, and where a look-alike is reported", async () => {
  const { app, upload } = doorOf(await publishedSample());
  const pages = [await app.request("/verify"), await app.request(`/v/${code}`), await app.request("/v/x")];
  for (const answer of [...pages, await upload({ code })]) {
    const page = await answer.text();
    expect(page).toContain("Trang này phải là chungthuc.example.");
    expect(page).toContain('href="https://chungthuc.example/look-alike?lang=vi"');
  }
});
