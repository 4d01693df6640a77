import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCommand } from "../../src/commands/read.ts";
import { samplePaths } from "../../src/development/sample.ts";
import { jsonOf } from "./output.ts";
import { scratchFolder } from "./store.ts";

test("DESIGN read: pages with quality and words; a paper of no kind that is known has none, and no field is guessed", async () => {
  const { code, json } = await jsonOf(() => readCommand([samplePaths.scan, "--json"]));
  expect(code).toBe(0);
  expect(json).toMatchObject({
    version: 1,
    type: "jpeg",
    kind: null,
    fields: [],
    pages: [{ number: 1, blank: false }],
  });
  const [page] = (json as { pages: { words: { text: string }[] }[] }).pages;
  expect(page?.words.map(({ text }) => text)).toContain("NGHĨA");
});

test("DESIGN read: what is refused exits 1 with the reason code of the upload rules", async () => {
  const file = join(scratchFolder(), "scan.png");
  writeFileSync(file, "<html>no picture</html>");
  expect(await jsonOf(() => readCommand([file, "--json"]))).toMatchObject({
    code: 1,
    json: { error: { code: "TYPE_MISMATCH" } },
  });
  expect(await jsonOf(() => readCommand([file, "--json", "--engine", "crystal-ball"]))).toMatchObject({
    code: 1,
    json: { error: { code: "engine_unknown" } },
  });
});
