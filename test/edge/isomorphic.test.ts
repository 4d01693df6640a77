import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { webPrimitives } from "../../src/primitives-web.ts";
import { appended } from "../signing/examine/appended.ts";
import { evidenceBehind, numbersOf } from "../signing/examine/attacked-copy.ts";
import { makeSealedCopy, now, type SealedCopy } from "../signing/examine/sealed-copy.ts";
import { has } from "../support/tools.ts";
import { withPageAdded } from "./added-page.ts";
import { bundle, launchBrowser, workerd } from "./bundle.ts";
import { reportText } from "./examine-entry.ts";

const plain = (bytes: Uint8Array): Bytes => new Uint8Array(bytes);

const smuggled = (sealed: Bytes): Bytes =>
  appended(sealed, [...evidenceBehind(sealed, numbersOf(sealed)), [950, "<</Note(read me)>>"]]);

describe.skipIf(!has("openssl"))("one examiner, three runtimes", () => {
  let copy: SealedCopy;
  let at: Instant;
  let samples: readonly (readonly [string, Bytes])[];
  beforeAll(async () => {
    copy = await makeSealedCopy();
    at = now();
    const changed = copy.sealed.with(900, (copy.sealed[900] ?? 0) ^ 1);
    samples = [
      ["sealed", copy.sealed],
      ["one changed byte", plain(changed)],
      ["officer only", copy.officerOnly],
      ["unsigned", copy.unsigned],
      ["a page added", withPageAdded(copy.sealed)],
      ["something appended", plain(Buffer.concat([copy.sealed, Buffer.from("\n% more\n")]))],
      ["an object beside evidence", smuggled(copy.sealed)],
      ["not a PDF", plain(Buffer.from("hello"))],
    ];
  });
  afterAll(() => copy?.end());
  const inNode = (pdf: Bytes) => reportText(pdf, copy.pki.der("root"), at, nodePrimitives);

  test("DESIGN way 7: Node with its own primitives and with those of the web says the same, letter by letter", async () => {
    for (const [name, pdf] of samples) {
      const web = await reportText(pdf, copy.pki.der("root"), at, webPrimitives);
      expect([name, web]).toEqual([name, await inNode(pdf)]);
    }
    expect(await inNode(copy.sealed)).toContain('"code":"INTACT","document":{"status":"PASSED"');
    expect([await inNode(copy.sealed), await inNode(smuggled(copy.sealed))]).toEqual([
      expect.stringMatching(/,null\]$/),
      expect.stringMatching(/"PASSED".*,\d+\]$/),
    ]);
  });

  test("DESIGN way 7: workerd, without any Node compatibility, says the same", async () => {
    const edge = workerd(await bundle("test/edge/examine-entry.ts", "esm"));
    try {
      for (const [name, pdf] of samples) {
        const form = new FormData();
        form.set("pdf", new File([pdf], "copy.pdf"));
        form.set("root", new File([plain(copy.pki.der("root"))], "root.der"));
        form.set("at", at);
        const sent = new Request("http://edge.example/", { method: "POST", body: form });
        const headers = { "content-type": sent.headers.get("content-type") ?? "" };
        const answer = await edge.dispatchFetch(sent.url, { method: "POST", headers, body: await sent.arrayBuffer() });
        expect([name, await answer.text()]).toEqual([name, await inNode(pdf)]);
      }
    } finally {
      await edge.dispose();
    }
  });

  test("DESIGN way 7: a browser says the same, and asks the network for nothing", async () => {
    const script = await bundle("test/edge/examine-entry.ts", "iife");
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      await page.route("**/*", (route) => {
        asked.push(route.request().url());
        return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
      });
      await page.goto("https://verify.example/"); // WebCrypto wants a secure origin
      await page.addScriptTag({ content: script });
      for (const [name, pdf] of samples) {
        const [file, root] = [pdf, copy.pki.der("root")].map((bytes) => Buffer.from(bytes).toString("base64"));
        const call = `reportOfBase64(${JSON.stringify(file)}, ${JSON.stringify(root)}, ${JSON.stringify(at)})`;
        expect([name, await page.evaluate(call)]).toEqual([name, await inNode(pdf)]);
      }
      expect(asked.filter((url) => !url.endsWith("favicon.ico"))).toEqual(["https://verify.example/"]);
    } finally {
      await browser.close();
    }
  });
});

const { CHUNGTHUC_CORPUS: corpus } = process.env;
if (corpus === undefined) console.warn("skipped: CHUNGTHUC_CORPUS is not set, real files are not compared");

test.skipIf(!corpus)(
  "every signed PDF of the corpus gets one report from both sets of primitives",
  async () => {
    const folder = join(corpus ?? "", "pades");
    const files = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".pdf"));
    const differing: string[] = [];
    for (const name of files) {
      const pdf = plain(readFileSync(join(folder, name)));
      const at = "2026-11-01T00:00:00Z" as Instant;
      const [node, web] = [nodePrimitives, webPrimitives].map((own) => reportText(pdf, new Uint8Array(), at, own));
      if ((await node) !== (await web)) differing.push(name);
    }
    expect(files.length).toBeGreaterThan(10);
    expect(differing).toEqual([]);
  },
  300_000,
);

test("RFC 1950: both inflates agree on whole, cut, padded and oversized streams", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 2000 }),
      fc.nat(2200),
      fc.constantFrom("whole", "cut", "padded", "checksum"),
      fc.nat(3000),
      (bytes, at, harm, limit) => {
        const stream = harmed(plain(deflateSync(bytes)), harm, at);
        const [node, web] = [nodePrimitives, webPrimitives].map((own) => own.inflate(stream, limit));
        expect(web).toEqual(node);
      },
    ),
    { numRuns: 500 },
  );
});

function harmed(stream: Bytes, harm: string, at: number): Bytes {
  if (harm === "cut") return stream.slice(0, at % stream.length);
  if (harm === "padded") return plain(Buffer.concat([stream, Buffer.alloc(at % 20, 13)]));
  return harm === "checksum" ? stream.slice(0, -4) : stream;
}

test("a stream that grows without end stops at the limit in both", () => {
  const bomb = plain(deflateSync(Buffer.alloc(64 * 1024 * 1024)));
  for (const own of [nodePrimitives, webPrimitives]) {
    expect(own.inflate(bomb, 1_000_000)).toEqual({ ok: false, failure: { code: "inflate_too_large" } });
  }
});
