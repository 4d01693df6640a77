import type { ChildProcess } from "node:child_process";
import { sign } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";
import { canUseTokens, tokenPin } from "../support/soft-token.ts";
import { askPlainly, freePort, startAgent } from "./agent-at-desk.ts";
import { type HouseWithToken, startWithToken } from "./with-token.ts";

/** `npm run large-order-token` walks a thousand. */
const orderCopies = Number(process.env["CHUNGTHUC_ORDER_COPIES"] ?? 4);
const orderTimeout = 90_000 + orderCopies * 1000;

describe.skipIf(!canUseTokens)("the token agent at an official's own computer", () => {
  let world: HouseWithToken;
  let browser: Browser;
  let agent: ChildProcess;
  let address = "";
  let port = 0;
  let pairing = "";
  let keyFile = "";
  let certificate = "";
  let cookie = "";
  let scans = 40;

  beforeAll(async () => {
    port = await freePort();
    address = `http://127.0.0.1:${port}`;
    world = await startWithToken(() => ({ agentPort: port }));
    const given = await world.giveKey("agent");
    keyFile = given.keyFile;
    certificate = Buffer.from(given.certificate).toString("base64");
    browser = await openBrowser();
    cookie = (await world.session("lanhdao")).cookie;
    agent = await serve(world.url);
  }, 180_000);
  afterAll(async () => {
    agent?.kill();
    await browser?.close();
    await world?.stop();
  });

  async function serve(origin: string): Promise<ChildProcess> {
    const started = await startAgent(world.tokens, port, origin);
    pairing = started.pairing;
    return started.child;
  }

  const attested = async (copies = 1) =>
    (await world.officials.attested(await smallScan(++scans), "Giấy ký bằng token (hư cấu)", copies)).dossierId;
  const asSigner = <T>(path: string, look: (page: Page) => Promise<T>) =>
    withPage(browser, `${world.url}${path}`, { cookie }, look);
  const shown = (page: Page, state: string) =>
    page.waitForSelector(`[data-agent-state="${state}"]:not([hidden])`, { timeout: orderTimeout });
  const ask = (path: string, headers: Record<string, string>, body?: string) => askPlainly(port, path, headers, body);
  const own = () => ({
    host: `127.0.0.1:${port}`,
    origin: world.url,
    authorization: `Pairing ${pairing}`,
    "content-type": "application/json",
  });
  const prepare = async (id: string) =>
    (
      (await world.officials.ask("lanhdao", "POST", "/api/sign/prepared", { dossiers: [id] })).json["items"] as {
        id: string;
        toBeSigned: string;
      }[]
    )[0];
  const requestFor = (toBeSigned: string) =>
    JSON.stringify({ certificate, items: [{ id: "1", title: "x", number: "1", toBeSigned }] });

  /** In the agent's own page: look, PIN, sign. */
  async function confirm(context: BrowserContext, page: Page, pin: string): Promise<Page> {
    const [own] = await Promise.all([context.waitForEvent("page"), page.click("[data-agent-open] a")]);
    await own.waitForSelector("#pin");
    await own.fill("#pin", pin);
    await own.click("button[value=sign]");
    await own.waitForLoadState();
    return own;
  }

  test("whole sign: the page prepares, the agent shows and asks the PIN, the service completes; the PIN goes nowhere else", async () => {
    const id = await attested();
    await asSigner(`/dossiers/${id}/sign`, async (page) => {
      const sent: string[] = [];
      page.context().on("request", (one) => sent.push(`${one.url()} ${one.postData() ?? ""}`));
      expect(await page.locator("#pin").count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.fill("#pairing", pairing);
      await page.click("form[data-agent] button[type=submit]");
      await shown(page, "waiting");
      const wrong = await confirm(page.context(), page, "000000");
      expect(await wrong.textContent("main")).toContain("Mã PIN chưa đúng");
      expect(await wrong.textContent("main")).toContain("Giấy ký bằng token (hư cấu)");
      expect(await violations(wrong)).toEqual([]);
      await wrong.fill("#pin", tokenPin);
      await wrong.click("button[value=sign]");
      await page.waitForSelector(".verdict.good");
      expect(await page.textContent("h1")).toMatch(/^Đã ký: số /);
      expect(sent.filter((one) => one.includes(tokenPin) && !one.startsWith(address))).toEqual([]);
    });
    expect((await world.officials.seal(id)).ok).toBe(true);
    await world.officials.waitFor(id, "released");
    expect(world.logged()).not.toContain(tokenPin);
  }, 90_000);

  test("REFUSE-1: the notice of a refusal is signed on the token the same way, and has no number", async () => {
    const id = await attested();
    await world.officials.ask("lanhdao", "POST", `/api/dossiers/${id}/refusal`, {
      ground: "A22_1",
      reason: "Bản chính bị tẩy xóa (hư cấu)",
    });
    await asSigner(`/dossiers/${id}/refusal`, async (page) => {
      expect(await page.locator("#pin").count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.fill("#pairing", pairing);
      await page.click("form[data-agent] button[type=submit]");
      await shown(page, "waiting");
      const own = await confirm(page.context(), page, tokenPin);
      expect(await own.textContent("main")).not.toContain("Số chứng thực");
      await page.waitForSelector('a[href$="refusal.pdf?save=yes"]');
    });
  }, 90_000);

  test(
    "COPIES-1: a list, one of it an order of many copies, is shown whole and signed under one PIN",
    async () => {
      const ids = [await attested(), await attested(orderCopies)];
      await asSigner("/sign?all=yes", async (page) => {
        await page.fill("#pairing", pairing);
        await page.click("form[data-agent] button[type=submit]");
        await shown(page, "waiting");
        expect(await page.textContent("[data-agent-count]")).toContain(`0/${orderCopies + 1}`);
        const [asked] = await Promise.all([page.context().waitForEvent("page"), page.click("[data-agent-open] a")]);
        const told = await asked.textContent("main");
        const all = `Tổng số chữ ký / Signatures in all${orderCopies + 1}`;
        for (const words of [all, `Số bản / Copies: ${orderCopies}`, "Bản / Copy 4: "]) expect(told).toContain(words);
        expect(await violations(asked)).toEqual([]);
        await asked.fill("#pin", tokenPin);
        await asked.click("button[value=sign]");
        await asked.waitForLoadState();
        expect(await asked.textContent("main")).toMatch(/Đã ký|Đang ký/);
        await page.waitForURL("**/sign", { timeout: orderTimeout });
      });
      for (const id of ids) expect((await world.officials.view(id)).status).toBe("person_signed");
    },
    orderTimeout,
  );

  test("refused by the person: nothing is sent, and the dossier waits under its number", async () => {
    const id = await attested();
    await asSigner(`/dossiers/${id}/sign`, async (page) => {
      await page.fill("#pairing", pairing);
      await page.click("form[data-agent] button[type=submit]");
      await shown(page, "waiting");
      const [own] = await Promise.all([page.context().waitForEvent("page"), page.click("[data-agent-open] a")]);
      await own.click("button[value=refuse]");
      await shown(page, "refused");
    });
    expect((await world.officials.view(id)).status).toBe("numbered");
  }, 60_000);

  test("attacks: another origin, another Host, a wrong pairing, a form from elsewhere: none is served", async () => {
    const standing = (headers: Record<string, string>) => ask("/api/standing", { ...own(), ...headers });
    expect((await standing({})).status).toBe(200);
    expect((await standing({ origin: "https://evil.example" })).status).toBe(403);
    expect((await standing({ origin: "null" })).status).toBe(403);
    expect((await standing({ host: `evil.example:${port}` })).status).toBe(421);
    expect((await standing({ authorization: "Pairing 0" })).status).toBe(401);
    const preflight = await ask("/api/requests", { ...own(), origin: "https://evil.example" }, "{}");
    expect(preflight.status).toBe(403);
    const waiting = await prepare(await attested());
    const made = await ask("/api/requests", own(), requestFor(waiting?.toBeSigned ?? ""));
    const { id } = JSON.parse(made.text) as { id: string };
    const form = { host: own().host, "content-type": "application/x-www-form-urlencoded" };
    const answer = `answer=sign&pin=${tokenPin}&token=`;
    expect((await ask(`/requests/${id}`, { ...form, origin: world.url }, answer)).status).toBe(403);
    expect((await ask(`/requests/${id}`, { ...form, origin: address }, answer)).status).toBe(403); // without its token
    expect(JSON.parse((await ask(`/api/requests/${id}`, own())).text)).toEqual({ state: "waiting", values: [] });
  });

  test("attacks: a changed digest, another certificate's, bytes that are no signed attributes", async () => {
    const waiting = await prepare(await attested());
    const good = Buffer.from(waiting?.toBeSigned ?? "", "base64");
    const forOther = Buffer.from(good);
    forOther[forOther.length - 1] = (forOther.at(-1) ?? 0) ^ 1; // the end of the certificate's hash
    for (const bytes of [forOther, Buffer.from("any contract"), readFileSync(`${keyFile}.der`)]) {
      expect((await ask("/api/requests", own(), requestFor(bytes.toString("base64")))).status).toBe(400);
    }
    const changed = Buffer.from(good);
    const at = changed.indexOf(Buffer.from("04200", "latin1")) < 0 ? changed.indexOf(Buffer.from([0x04, 0x20])) + 3 : 0;
    changed[at] = (changed[at] ?? 0) ^ 1;
    const value = sign("sha256", changed, readFileSync(keyFile, "utf8")).toString("base64");
    const values = [{ id: waiting?.id, value }];
    const done = await world.officials.ask("lanhdao", "POST", "/api/sign/values", { values });
    expect(done.json["items"]).toMatchObject([{ code: "signing_failed" }]);
  });

  test("replay: values are handed out once, and a signed request is not signed again", async () => {
    const waiting = await prepare(await attested());
    const made = await ask("/api/requests", own(), requestFor(waiting?.toBeSigned ?? ""));
    const { id } = JSON.parse(made.text) as { id: string };
    await withPage(browser, `${address}/requests/${id}`, {}, async (page) => {
      await page.fill("#pin", tokenPin);
      await page.click("button[value=sign]");
      await page.waitForSelector("main");
    });
    expect(JSON.parse((await ask(`/api/requests/${id}`, own())).text)).toMatchObject({ state: "signed" });
    expect((await ask(`/api/requests/${id}`, own())).status).toBe(404);
    expect((await ask(`/requests/${id}`, { host: own().host })).status).toBe(404);
  }, 30_000);

  test("self-test: the page says in plain words what is wrong: ready, wrong pairing, another site's agent, no token, none at all", async () => {
    const check = async (code: string, state: string) =>
      asSigner("/token-agent", async (page) => {
        await page.fill("#pairing", code);
        await page.click("[data-agent-check]");
        await shown(page, state);
        expect(await violations(page)).toEqual([]);
      });
    await check(pairing, "ready");
    await check("0".repeat(32), "pairing_wrong");
    world.tokens.pull();
    await check(pairing, "token_absent");
    agent.kill();
    await new Promise((gone) => agent.once("exit", gone));
    await check(pairing, "unreachable");
    agent = await serve("https://another.example");
    await check(pairing, "origin_refused");
    await withPage(browser, `${address}/`, {}, async (page) => {
      expect(await page.textContent("main")).toContain("https://another.example");
      expect(await violations(page)).toEqual([]);
    });
  }, 90_000);
});
