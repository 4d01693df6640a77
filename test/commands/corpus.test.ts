import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { failed, passed, runAll } from "../../src/commands/corpus/case.ts";
import { errorRate } from "../../src/commands/corpus/error-rate.ts";
import { corpusCommand } from "../../src/commands/corpus.ts";
import { utf8 } from "../../src/core/kernel.ts";
import { jsonOf, outputOf } from "./output.ts";
import { scratchFolder } from "./store.ts";

type Given = { readonly file: string; readonly body: string } & Record<string, unknown>;

function corpusWith(files: readonly Given[]): string {
  const root = scratchFolder();
  const entries = files.map(({ file, body, ...facts }) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), body);
    return { file, sha256: createHash("sha256").update(utf8(body)).digest("hex"), ...facts };
  });
  writeFileSync(join(root, "MANIFEST.json"), JSON.stringify({ set: "test", files: entries }));
  return root;
}

const noPdf = (file: string, accept: string[]): Given => ({ file, body: "no PDF", expected: accept[0], accept });

test("corpus README: a code outside `accept` fails, each mismatch is told, and the last line counts", async () => {
  const root = corpusWith([noPdf("pades/a.pdf", ["PARSE_ONLY"]), noPdf("pades/b.pdf", ["INTACT"])]);
  const { code, output } = await outputOf(() => corpusCommand([root]));
  const lines = output.trimEnd().split("\n");
  expect(code).toBe(1);
  expect(lines.at(-1)).toBe("1 passed, 1 failed");
  expect(lines.filter((line) => line.startsWith("✗"))).toEqual([expect.stringContaining("pades/b.pdf: PARSE_ONLY")]);
});

test("corpus: --only takes one folder, and exits 0 when nothing in it failed", async () => {
  const root = corpusWith([noPdf("pades/a.pdf", ["PARSE_ONLY"]), { ...noPdf("strange/b", []), expected: "x" }]);
  expect(await jsonOf(() => corpusCommand([root, "--only", "pades", "--json"]))).toMatchObject({
    code: 0,
    json: { version: 1, passed: 1, failed: 0 },
  });
  const strange = await jsonOf(() => corpusCommand([root, "--only", "strange", "--json"]));
  expect(strange).toMatchObject({ code: 1, json: { cases: [{ why: expect.stringContaining("not built") }] } });
});

test("corpus: a file that is not the manifest's is failed and never run under the old one's name", async () => {
  const root = corpusWith([noPdf("pades/a.pdf", ["PARSE_ONLY"])]);
  writeFileSync(join(root, "pades/a.pdf"), "something else");
  const { json } = await jsonOf(() => corpusCommand([root, "--json"]));
  expect(json).toMatchObject({ passed: 0, failed: 1, cases: [{ why: expect.stringContaining("SHA-256") }] });
});

test("corpus README nasty: outcome and reason code are held against the manifest, with time and both memories told", async () => {
  const html = (file: string, reason: string): Given => ({
    file,
    body: "<html></html>",
    expected: "reject",
    reason_accept: [reason],
    upload_filename: "page.png",
    declared_content_type: null,
  });
  const root = corpusWith([html("nasty/a.png", "TYPE_MISMATCH"), html("nasty/b.png", "BLANK_PAGE")]);
  const { json } = await jsonOf(() => corpusCommand([root, "--json"]));
  expect(json).toMatchObject({ passed: 1, failed: 1 });
  expect(JSON.stringify(json)).toMatch(
    process.platform === "linux"
      ? /TYPE_MISMATCH, \d+\.\d+ s, reader \+\d+ MiB, web [+-]\d+ MiB/
      : /TYPE_MISMATCH, \d+\.\d+ s, reader \+\d+ MiB, web not measured/,
  );
}, 120_000);

test("corpus: a product that throws has failed the case, and the others go on, two at once and told in order", async () => {
  let running = 0;
  let most = 0;
  const one = (name: string, act: () => void) => ({
    folder: "x",
    name,
    run: async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      act();
      return passed("");
    },
  });
  const broken = () => {
    throw new Error("bug");
  };
  const names: string[] = [];
  const cases = [one("1", () => undefined), one("2", broken), one("3", () => undefined), one("4", () => undefined)];
  const done = await runAll(cases, 2, ({ name }) => names.push(name));
  expect(done.map(({ status }) => status)).toEqual(["passed", "failed", "passed", "passed"]);
  expect(done[1]).toMatchObject(failed("", "threw bug"));
  expect(names).toEqual(["1", "2", "3", "4"]);
  expect(most).toBe(2);
});

test("corpus README scans: lines are matched in any order, wrapped or side by side; every wrong and every invented sign counts", () => {
  const truth = "Độc lập - Tự do\nGIẤY KHAI SINH\nHọ và tên: Lò Thị Mẫu";
  expect(errorRate(truth, "GIẤY KHAI SINH\nHọ và tên: Lò\nThị Mẫu\nĐộc lập - Tự do").edits).toBe(0);
  expect(errorRate(truth, "Độc lập - Tự do GIẤY KHAI SINH\nHọ và tên: Lò Thị Mẫu").edits).toBe(0);
  expect(errorRate(truth, "GIAY KHAI SINH\nHọ và tên: Lò Thị Mau\nĐộc lập - Tự do").edits).toBe(2);
  expect(errorRate(truth, `${truth}\nxyz`).edits).toBe(3);
  expect(errorRate(truth, "").rate).toBe(1);
});

test("corpus README scans: handwriting and seals are left out of scoring, read or not", () => {
  const truth = "Họ tên: [[Lò Thị Mẫu]]\nNăm sinh: 1990";
  expect(errorRate(truth, "Họ tên:\nNăm sinh: 1990").edits).toBe(0);
  expect(errorRate(truth, "Họ tên: Lò Thj Mẫu\nNăm sinh: 1990").edits).toBe(0);
  expect(errorRate("Năm sinh: 1990", "UBND XÃ MẪU\nNăm sinh: 1990", ["UBND xã Mẫu"]).edits).toBeLessThan(10);
});

const { CHUNGTHUC_CORPUS: real } = process.env;
if (real === undefined) console.warn("skipped: CHUNGTHUC_CORPUS is not set, no real case is run by `corpus`");

test.skipIf(real === undefined)("corpus: every signed file of the real corpus gets an accepted code", async () => {
  const { json } = await jsonOf(() => corpusCommand([real ?? "", "--only", "pades", "--json"]));
  expect(json).toMatchObject({ failed: 0 });
});

test.skipIf(real === undefined)(
  "corpus: every path of PKITS and limbo ends as expected, and no case is left out",
  async () => {
    const { json } = await jsonOf(() => corpusCommand([real ?? "", "--only", "pkits", "--json"]));
    const { cases } = json as { cases: { name: string; status: string }[] };
    expect(cases.filter(({ status }) => status !== "passed").map(({ name }) => name)).toEqual([]);
  },
);
