import { createHash } from "node:crypto";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { listedRoots } from "../../src/publish/listed-roots.ts";
import type { Language } from "../../src/web/language.ts";
import type { WebEnv } from "../../src/web/route.ts";
import { helpRoutes } from "../../src/web/verification/help-routes.tsx";
import type { ListedRoot } from "../../src/web/verification/root-help.tsx";
import { rootHelpVi } from "../../src/web/words/root-help.vi.ts";
import { viewerPagesEn } from "../../src/web/words/viewer-pages.en.ts";
import { serviceKeys } from "./sample.ts";

function site(roots: readonly ListedRoot[] | null) {
  const app = new Hono<WebEnv>();
  app.use(async (c, next) => {
    c.set("language", (c.req.query("lang") ?? "vi") as Language);
    c.set("site", { development: false, agencyName: String, scripts: {}, address: null });
    c.set("csrfToken", null);
    await next();
  });
  for (const route of helpRoutes({ roots: async () => roots }))
    if (route.demands === "public") app.on(route.method, route.path, route.handle);
  return app;
}

test("the page on roots shows the fingerprints of the key list as it stands, one root once, and gives exactly those bytes", async () => {
  const { list } = serviceKeys();
  const [anchor] = list.anchors;
  if (anchor === undefined) throw new Error("an anchor");
  const anchors = [anchor, { ...anchor, purpose: "official" as const }];
  const roots = await listedRoots({ ...list, anchors });
  expect(roots.map(({ purposes }) => purposes)).toEqual([["timestamp", "official"]]);
  const digest = (name: string) => createHash(name).update(anchor.certificate).digest("hex");
  const page = await (await site(roots).request("/help/roots")).text();
  for (const name of ["sha256", "sha1"])
    expect(page).toContain((digest(name).toUpperCase().match(/../g) ?? []).join(":"));
  const file = await site(roots).request(`/help/roots/${digest("sha256")}.crt`);
  expect(file.headers.get("content-type")).toBe("application/pkix-cert");
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(anchor.certificate);
  expect((await site(roots).request(`/help/roots/${"0".repeat(64)}.crt`)).status).toBe(404);
});

test("where the key list cannot be believed no root is offered, and the page says so", async () => {
  const page = await (await site(null).request("/help/roots")).text();
  expect(page).toContain(rootHelpVi.noRoots);
  expect(page).not.toContain('.crt"');
});

test("each drawing of a viewer says that it is one, and what stands in it is told as text", async () => {
  const page = await (await site([]).request("/help/viewers?lang=en")).text();
  const captions = [...page.matchAll(/<figcaption[^>]*>([^<]*)/g)].map(([, text]) => text);
  expect(captions).toHaveLength(6);
  for (const caption of captions) expect(caption).toMatch(/^Sketch: ./);
  expect(page).toContain(viewerPagesEn.acrobatUnknownMeans);
  expect(page).not.toMatch(/<img|<script/);
});
