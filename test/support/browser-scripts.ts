import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type BuildOptions, build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const options = JSON.parse(readFileSync(join(root, "src/browser/bundling.json"), "utf8")) as BuildOptions;

/** As `build.mjs` bundles them, into `src/browser/bundled` below that folder. */
export async function bundleBrowserScripts(target: string): Promise<void> {
  await build({ ...options, absWorkingDir: root, outdir: join(target, "src/browser/bundled") });
}
