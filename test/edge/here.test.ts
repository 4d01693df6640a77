import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Miniflare } from "miniflare";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Bytes, type LocalDate, utf8 } from "../../src/core/kernel.ts";
import { makeKeyList } from "../../src/core/key-list.ts";
import { type CodeFacts, makeSignedCode } from "../../src/core/signed-code.ts";
import { webSha256 } from "../../src/primitives-web.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { makeSealedCopy, now, type SealedCopy, value } from "../signing/examine/sealed-copy.ts";
import { openBrowser, withPage } from "../support/browser.ts";
import { bundleBrowserScripts } from "../support/browser-scripts.ts";
import { has } from "../support/tools.ts";
import { code, facts, publishStatuses, serviceKeys } from "../verification/sample.ts";
import { bundle, workerd } from "./bundle.ts";
import { publishedCopy } from "./published-copy.ts";

type Seen = { readonly method: string; readonly path: string; readonly bodyBytes: number };

describe.skipIf(!has("openssl"))(
  "ADR 0037: a page that checks in the visitor's own browser",
  { timeout: 60_000 },
  () => {
    const folder = mkdtempSync(join(tmpdir(), "chungthuc-here-"));
    const seen: Seen[] = [];
    let copy: SealedCopy;
    let edge: Miniflare;
    let server: Server;
    let address: string;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let keys: ReturnType<typeof serviceKeys>;
    let bucket: { readonly put: (key: string, bytes: Bytes) => Promise<void> };
    let list: Bytes;

    beforeAll(async () => {
      copy = await makeSealedCopy();
      keys = serviceKeys();
      const files = await publishedCopy(copy, keys);
      await bundleBrowserScripts(folder);
      for (const name of ["worker", "page", "code"])
        await files.write(
          `app/${name}.js`,
          new Uint8Array(readFileSync(join(folder, "src/browser/bundled", `${name}.js`))),
        );
      edge = workerd(await bundle("src/edge.ts", "esm"), {
        r2Buckets: ["PUBLIC"],
        bindings: { ROOT_KEY: Buffer.from(keys.root.publicKey).toString("base64") },
      });
      bucket = (await edge.getR2Bucket("PUBLIC")) as unknown as typeof bucket;
      list = files.stored.get("keys") ?? new Uint8Array();
      server = watched(edge, seen);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const bound = server.address();
      address = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`;
      await publishStatuses(files, keys, now(), [], address);
      for (const [path, bytes] of files.stored) await bucket.put(path, bytes);
      browser = await openBrowser();
      context = await browser.newContext({ serviceWorkers: "allow" });
      page = await context.newPage();
      for (const [name, bytes] of [
        ["good", copy.sealed],
        ["changed", copy.sealed.with(900, (copy.sealed[900] ?? 0) ^ 1)],
      ] as const)
        writeFileSync(join(folder, `${name}.pdf`), bytes);
    });
    afterAll(async () => {
      await context?.close();
      await browser?.close();
      server?.closeAllConnections();
      server?.close();
      await edge?.dispose();
      await copy?.end();
      rmSync(folder, { recursive: true, force: true });
    });

    const check = async (name: string, typed = "") => {
      await page.goto(`${address}/verify/here/`);
      await page.waitForSelector("form[data-here]", { timeout: 20_000 });
      await page.setInputFiles("[name=file]", join(folder, `${name}.pdf`));
      await page.fill("[name=code]", typed);
      await Promise.all([page.waitForURL(/\/answer\//, { timeout: 20_000 }), page.click("form[data-here] button")]);
      return page.textContent("h1");
    };
    const filled = (sentence: string) => sentence.replace("{agency}", facts.agency.name);

    test("the same sentences as every other door; nothing but GET without a body ever reaches the network", async () => {
      expect(await check("good", code)).toBe(filled(verificationVi.answerGood));
      expect(await check("good")).toBe(verificationVi.answerNeedsCode);
      expect(await check("changed", code)).toBe(verificationVi.answerAltered);
      expect(seen.length).toBeGreaterThan(5);
      expect(seen.filter(({ method, bodyBytes }) => method !== "GET" || bodyBytes > 0)).toEqual([]);
      const paths = seen.map(({ path }) => path.replace(/\?.*/, ""));
      const allowed =
        /^\/(verify\/here\/(worker\.js|page\.js|app\.webmanifest)?|assets\/[\w.]+|keys|status\/0|record\/[0-9a-f]{64}|favicon\.ico)$/;
      expect(paths.filter((path) => !allowed.test(path))).toEqual([]);
      expect(seen.some(({ path }) => path.includes(code))).toBe(false);
    });

    test("DESIGN decision 16: whoever has the site later brings back no older key list, and none that the root did not sign", async () => {
      const agencies = keys.list.agencies.slice(0, 0);
      const older = utf8(
        await makeKeyList({ ...keys.list, agencies, sequence: keys.list.sequence - 1 }, keys.root, webSha256),
      );
      for (const brought of [older, utf8("<p>sign in here</p>"), list.with(200, (list[200] ?? 0) ^ 1)]) {
        await bucket.put("keys", brought);
        expect(await check("good", code)).toBe(filled(verificationVi.answerGood));
      }
      await bucket.put("keys", list);
    });

    test("the page's policy lets no form and no script carry a file away", async () => {
      await page.goto(`${address}/verify/here/`);
      const before = seen.length;
      const tried = await page.evaluate<string>(
        `fetch("/verify", { method: "POST", body: "a file" }).then(() => "sent", () => "refused")`,
      );
      expect(tried).toBe("refused");
      await page.evaluate(
        `(() => { const f = document.createElement("form"); f.method = "post"; f.action = "/verify"; document.body.append(f); f.submit(); })()`,
      );
      await page.waitForTimeout(300);
      expect(seen.slice(before).filter(({ method }) => method !== "GET")).toEqual([]);
    });

    test.each([
      390, 1280,
    ])("at %d px, scripts on: what a link opens is one request, whole and styled", async (width) => {
      for (const path of [`/v/${code}`, `/v/${"0".repeat(26)}`, "/v/x"]) {
        await withPage(browser, "about:blank", { width }, async (first) => {
          const asked: string[] = [];
          first.context().on("request", (request) => asked.push(request.url()));
          await first.goto(`${address}${path}`);
          await first.waitForLoadState("networkidle");
          expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([`${address}${path}`]);
          const ground = await first.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor");
          expect(ground).toBe("rgb(122, 18, 18)");
          expect(await first.getAttribute("link[rel=icon]", "href")).toMatch(/^data:image\/svg\+xml/);
        });
      }
    });

    describe("DESIGN, signed code: what the printed code says by itself", () => {
      const codeOf = async (changed: Partial<CodeFacts> = {}) => {
        const said: CodeFacts = {
          ...{ agencyId: facts.agency.id, bookText: facts.book.text, number: facts.number, pageCount: facts.pageCount },
          ...{ date: "2026-11-22" as LocalDate, kind: "Bằng tốt nghiệp THPT", holderInitials: facts.holderInitials },
          ...{ numberMasked: "•431", pagesDigest: new Uint8Array(16).fill(7), statusIndex: facts.statusIndex },
          ...changed,
        };
        return Buffer.from(value(await makeSignedCode(said, keys.code))).toString("base64url");
      };
      const outcomeAt = async (path: string) => {
        await page.goto("about:blank");
        await page.goto(`${address}${path}`);
        const shown = page.locator("[data-outcome]:visible");
        await shown.waitFor({ timeout: 10_000 });
        return shown.getAttribute("data-outcome");
      };

      test("genuine: facts to compare, the status, never green; the fragment leaves the address bar and reaches nobody", async () => {
        const fragment = await codeOf();
        expect(await outcomeAt(`/v/${code}#${fragment}`)).toBe("CODE_GENUINE_COMPARE");
        expect(await page.textContent("[data-fact=number]")).toBe(String(facts.number));
        expect(await page.textContent("[data-fact=agency]")).toBe(facts.agency.name);
        expect(await page.textContent("[data-status]:visible")).toBe(verificationVi.codeStatusValid);
        expect(await page.getAttribute("[data-outcome]:visible", "class")).toBe("verdict neutral");
        expect(await page.evaluate<string>("location.href")).toBe(`${address}/v/${code}`);
        expect(seen.some(({ path }) => path.includes(fragment.slice(0, 20)))).toBe(false);
      });

      test("changed, of another service, or of another copy than the link's: refused by name", async () => {
        const fragment = await codeOf();
        const changed = `${fragment.slice(0, 40)}${fragment[40] === "A" ? "B" : "A"}${fragment.slice(41)}`;
        expect(await outcomeAt(`/v/${code}#${changed}`)).toBe("refused");
        expect(await outcomeAt(`/v/${code}#nonsense`)).toBe("refused");
        expect(await outcomeAt(`/v/${code}#${await codeOf({ number: 18 })}`)).toBe("another");
      });

      test("DESIGN decision 16: an older key list, or one that the root did not sign, is not taken for the one met before", async () => {
        const agencies = keys.list.agencies.map((one) => ({ ...one, agencyName: "Tên cũ (hư cấu)" }));
        const older = await makeKeyList(
          { ...keys.list, agencies, sequence: keys.list.sequence - 1 },
          keys.root,
          webSha256,
        );
        for (const brought of [utf8(older), utf8("<p>sign in here</p>"), list.with(200, (list[200] ?? 0) ^ 1)]) {
          await bucket.put("keys", brought);
          expect(await outcomeAt(`/v/${"0".repeat(26)}#${await codeOf()}`)).toBe("CODE_GENUINE_COMPARE");
          expect(await page.textContent("[data-fact=agency]")).toBe(facts.agency.name);
        }
        await bucket.put("keys", list);
      });

      test("genuine, but on another site than its issuer's: told with the issuer's address, and no fact is shown as its own", async () => {
        const other = address.replace("127.0.0.1", "localhost");
        await page.goto("about:blank");
        await page.goto(`${other}/v/${code}#${await codeOf()}`);
        await page.locator("[data-outcome=elsewhere]:visible").waitFor({ timeout: 10_000 });
        expect(await page.textContent("[data-issuer]")).toBe(new URL(address).host);
        expect(await page.locator("[data-outcome=CODE_GENUINE_COMPARE]").isVisible()).toBe(false);
      });

      test("where the record is gone the code still speaks; without a fragment nothing more is loaded", async () => {
        expect(await outcomeAt(`/v/${"0".repeat(26)}#${await codeOf()}`)).toBe("CODE_GENUINE_COMPARE");
        const before = seen.length;
        await page.goto(`${address}/v/${code}`);
        await page.waitForLoadState("networkidle");
        expect(await page.locator("[data-signed-code]").isVisible()).toBe(false);
        expect(seen.slice(before).some(({ path }) => path.includes("code.js"))).toBe(false);
      });
    });

    test("with the service gone: the page opens, damage is told, and what the register alone knows is not guessed", async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      expect(await check("good", code)).toBe(verificationVi.answerNeedsNetwork);
      expect(await check("changed", code)).toBe(verificationVi.answerAltered);
      expect(await page.getAttribute("html", "lang")).toBe("vi");
    });
  },
);

/** The edge behind a line that is watched: what a browser sends, whoever in it sends it. */
function watched(edge: Miniflare, seen: Seen[]): Server {
  return createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat(await request.toArray());
      seen.push({ method: request.method ?? "", path: request.url ?? "", bodyBytes: body.length });
      const headers = { "accept-language": "vi" };
      const answer = await edge.dispatchFetch(`https://edge.example${request.url}`, { headers });
      const plain = [...answer.headers].filter(([name]) => name !== "strict-transport-security");
      response.writeHead(answer.status, Object.fromEntries(plain));
      Readable.from(Buffer.from(await answer.arrayBuffer())).pipe(response);
    })();
  });
}
