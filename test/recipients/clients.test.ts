import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTwoAgencies, type TwoAgencies } from "../attacks/two-agencies.ts";
import { has } from "../support/tools.ts";
import { administratorOf, issue, register } from "./recipient-world.ts";

const run = promisify(execFile);
const unknown = "0123456789abcdefghjkmnpqrs";

let world: TwoAgencies;
let token = "";
let folder = "";
let list = "";

beforeAll(async () => {
  world = await startTwoAgencies();
  const desk = await administratorOf(world);
  token = await issue(desk, await register(desk, "Trường Thử"), ["verify"]);
  folder = mkdtempSync(join(tmpdir(), "chungthuc-clients-"));
  list = join(folder, "codes.txt");
  writeFileSync(list, `${unknown}\nhttps://example.com/v/${unknown}\nkhong-phai\n`);
}, 120_000);
afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const env = () => ({ PATH: process.env["PATH"], CHUNGTHUC_URL: world.url, CHUNGTHUC_KEY: token });
const lines = ["unknown\t-\t-", "unknown\t-\t-", "malformed\t-\t-"];

test("docs/api.md: the TypeScript client sends a file of codes and prints an outcome for each", async () => {
  const { stdout } = await run(process.execPath, ["--import", "tsx", "docs/clients/verify.ts", list], { env: env() });
  expect(stdout.trimEnd().split("\n")).toEqual(lines);
}, 30_000);

test.skipIf(!has("python3"))(
  "docs/api.md: the Python client does the same, and says plainly why a key is refused",
  async () => {
    const { stdout } = await run("python3", ["docs/clients/verify.py", list], { env: env() });
    expect(stdout.trimEnd().split("\n")).toEqual(lines);
    const wrong = { ...env(), CHUNGTHUC_KEY: `${token.slice(0, 37)}${"A".repeat(43)}` };
    await expect(run("python3", ["docs/clients/verify.py", list], { env: wrong })).rejects.toThrow(/key_unknown/);
  },
  30_000,
);

test.skipIf(!has("curl"))(
  "docs/api.md: the curl client prints the answers as they are",
  async () => {
    const { stdout } = await run("sh", ["docs/clients/verify.sh", list], { env: env() });
    const { results } = JSON.parse(stdout) as { results: { outcome: string }[] };
    expect(results.map(({ outcome }) => outcome)).toEqual(["unknown", "unknown", "malformed"]);
  },
  30_000,
);
