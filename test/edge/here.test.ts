import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Miniflare } from "miniflare";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bytes } from "../../src/core/kernel.ts";
import { verificationVi } from "../../src/web/words/verification.vi.ts";
import { makeSealedCopy, type SealedCopy } from "../signing/examine/sealed-copy.ts";
import { openBrowser } from "../support/browser.ts";
import { bundleBrowserScripts } from "../support/browser-scripts.ts";
import { has } from "../support/tools.ts";
import { code, facts, serviceKeys } from "../verification/sample.ts";
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

    beforeAll(async () => {
      copy = await makeSealedCopy();
      const keys = serviceKeys();
      const files = await publishedCopy(copy, keys);
      await bundleBrowserScripts(folder);
      for (const name of ["worker", "page"])
        await files.write(
          `app/${name}.js`,
          new Uint8Array(readFileSync(join(folder, "src/browser/bundled", `${name}.js`))),
        );
      edge = workerd(await bundle("src/edge.ts", "esm"), {
        r2Buckets: ["PUBLIC"],
        bindings: { ROOT_KEY: Buffer.from(keys.root.publicKey).toString("base64") },
      });
      const bucket = (await edge.getR2Bucket("PUBLIC")) as unknown as {
        put: (key: string, bytes: Bytes) => Promise<void>;
      };
      for (const [path, bytes] of files.stored) await bucket.put(path, bytes);
      server = watched(edge, seen);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const bound = server.address();
      address = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`;
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
