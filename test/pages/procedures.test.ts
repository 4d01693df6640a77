import { PDFDocument } from "pdf-lib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { type Counter, openAtCounter, openCounter, typedPaper } from "./counter.ts";
import { shot } from "./desk.ts";

let counter: Counter;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  counter = await openCounter();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await counter.close();
});

test("PROC-1: a foreign paper is ticked at the counter; dossier and slip say its code, a form with a fault keeps the tick", async () => {
  const wrong = { ...typedPaper, declaredPages: "0", issuedAbroad: "yes" };
  const again = await counter.send("tiepnhan", "/dossiers/new", "/dossiers/new", wrong);
  expect(again.status).toBe(400);
  expect(/<input[^>]*name="issuedAbroad"[^>]*>/.exec(again.text)?.[0]).toContain("checked");

  const path = await openAtCounter(counter, { issuedAbroad: "yes" });
  const digits = { identityDigits: typedPaper.identityDigits, kind: "Bằng", declaredPages: "1" };
  const beside = await counter.send("tiepnhan", `${path}/another`, `${path}/another`, digits);
  expect(beside.status).toBe(303);
  expect((await counter.get("tiepnhan", beside.goesTo)).text).toContain("2.000815, ");
  const dossier = (await counter.get("tiepnhan", path)).text;
  expect([dossier.includes("2.000843, "), dossier.includes("2.000815")]).toEqual([true, false]);
  expect((await counter.get("tiepnhan", `${path}/slip`)).text).toContain("2.000815; 2.000843");
  const pdf = await fetch(`${counter.url}${path}/slip.pdf`, { headers: { cookie: counter.cookie("tiepnhan") } });
  expect((await PDFDocument.load(await pdf.arrayBuffer(), { updateMetadata: false })).getPageCount()).toBe(1);

  for (const [name, page] of Object.entries({ new: "/dossiers/new", dossier: path, slip: `${path}/slip` }))
    await withPage(browser, `${counter.url}${page}`, { cookie: counter.cookie("tiepnhan") }, async (seen) => {
      expect(await violations(seen)).toEqual([]);
      await shot(seen, `procedure-${name}`);
    });
});
