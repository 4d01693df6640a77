import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shot } from "../pages/desk.ts";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { digits, type LightHouse, lightHouse } from "./light-house.ts";
import { moodyServer } from "./smtp-mood.ts";

let world: LightHouse;
let mail: Awaited<ReturnType<typeof moodyServer>>;
let server: Server;
let url = "";
beforeAll(async () => {
  world = await lightHouse();
  mail = await moodyServer();
  (world.parts as { mail: unknown }).mail = mail.door;
  server = serve({ fetch: world.web.fetch, hostname: "127.0.0.1", port: 0 }) as Server;
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await mail.close();
  await world.close();
});

test("DISPATCH-1, VOICE-1 to 3: a citizen's phone and a head's desk, without a script of ours; axe finds nothing and nothing is cut", {
  timeout: 120_000,
}, async () => {
  const dossier = await world.released();
  mail.state.mood = "refuses";
  const stuck = await world.released({ email: "nguoi-dan@vi-du.example" });
  await world.dispatchAll();
  mail.state.mood = "takes";
  const browser = await openBrowser();
  const phone = { width: 390 } as const;
  const seen = async (page: Parameters<typeof violations>[0], name: string) => {
    expect(await violations(page), name).toEqual([]);
    const cut = await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    expect(cut, name).toBe(false);
    await shot(page, name);
    await page.setViewportSize({ width: 390, height: 800 });
  };
  try {
    await withPage(browser, `${url}${dossier.path}`, phone, async (page) => {
      await seen(page, "citizen-state");
      await page.click(`a[href="${dossier.path}/email"]`);
      await page.fill("[name=email]", "nguoi-dan@vi-du.example");
      await page.click("main button"); // without digits: told at their field, the address stays
      await page.waitForSelector(".fault");
      expect(await page.inputValue("[name=email]")).toBe("nguoi-dan@vi-du.example");
      await seen(page, "citizen-email-fault");
      await page.fill("[name=digits]", digits);
      await page.click("main button");
      await page.waitForURL(/email$/);
      await world.dispatchAll();
      await page.reload();
      await seen(page, "citizen-email");
      await page.goto(`${url}${dossier.path}/voice`);
      await seen(page, "citizen-voice");
      await page.check("[name=steps][value='4']");
      await page.click("main button >> nth=0");
      await page.waitForSelector("text=đã được ghi nhận");
      await page.check("[name=kind][value=feedback]");
      await page.fill("[name=words]", "Phải đi lại ba lần vì quầy đóng sớm (hư cấu).");
      await page.click("main button");
      await page.waitForSelector(".once");
      await seen(page, "citizen-receipt");
      const code = await page.innerText(".once");
      await page.goto(`${url}/feedback/answer`);
      await page.fill("[name=code]", code);
      await page.click("main button");
      await seen(page, "feedback-answer");
      await page.goto(`${url}/look-up`);
      await page.fill("[name=code]", dossier.code);
      await page.fill("[name=digits]", digits);
      await page.click("main button");
      await page.waitForSelector("text=đã sẵn sàng");
      await seen(page, "look-up");
      await page.goto(`${url}/feedback`);
      await seen(page, "feedback");
      await page.goto(`${url}/`);
      await seen(page, "home");
    });
    const cookie = `__Host-session=${await world.sessionOf("signer", "hoaban")}`;
    await withPage(browser, `${url}/petitions`, { ...phone, cookie }, async (page) => {
      await seen(page, "petitions");
      await page.click("tbody a");
      await seen(page, "petition");
      for (const path of ["ratings", "undelivered", `dossiers/${stuck.id}/dispatch`, "queue"]) {
        await page.goto(`${url}/${path}`);
        await seen(page, path.split("/").at(-1) ?? "");
      }
    });
  } finally {
    await browser.close();
  }
});
