import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { inBuild } from "../support/in-build.ts";

type Drawn = { readonly page: string; readonly isHooked: boolean; readonly isNodeWhole: boolean };

async function drawn(how: "plain" | "usual"): Promise<Drawn> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [inBuild("test/roof/children/draw-page.ts"), how]);
  return JSON.parse(stdout);
}

test("ADR 0096: a page that is drawn leaves no hook on the promises of the process, and is the same page", async () => {
  const [plain, usual] = [await drawn("plain"), await drawn("usual")];
  expect(plain.page).toContain("<svg");
  expect(plain.page).toBe(usual.page);
  expect(plain).toMatchObject({ isHooked: false, isNodeWhole: true });
  const keepsContextsByHooks = Number(process.versions.node.split(".")[0]) < 24; // later Node needs none for it
  expect(usual.isHooked).toBe(keepsContextsByHooks);
});
