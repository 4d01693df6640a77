import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { bundleBrowserScripts } from "./browser-scripts.ts";

const root = join(import.meta.dirname, "../..");
const folders = ["src", "signing", "ocr", "db"];
const besideTheSources = ["db/migrations", "src/development/sample", "src/web/scripts"];

/** Every file for itself, as `npm run build` compiles them: only the endings of relative imports change. */
const fileByFile: Plugin = {
  name: "file by file",
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ path, kind }) => {
      if (kind === "entry-point") return undefined;
      return { path: path.startsWith(".") ? path.replace(/\.tsx?$/, ".js") : path, external: true };
    });
  },
};

/**
 * The sources as JavaScript, once for a run of tests: a process that starts from it, and each child of that process,
 * spends half the CPU time of one that compiles for itself. Lies in the project, where packages are found.
 *
 * @returns the folder, and what takes it away
 */
export async function buildSources(): Promise<{ readonly folder: string; readonly remove: () => void }> {
  mkdirSync(join(root, "tmp"), { recursive: true });
  const folder = mkdtempSync(join(root, "tmp/built-"));
  const entryPoints = [...folders.flatMap((name) => sourcesBelow(name)), "test/support/killable-service.ts"];
  const shape = { format: "esm", platform: "node", target: "node20", bundle: true, outbase: root } as const;
  await build({ ...shape, absWorkingDir: root, entryPoints, outdir: folder, plugins: [fileByFile] });
  await bundleBrowserScripts(folder);
  for (const beside of besideTheSources) {
    cpSync(join(root, beside), join(folder, beside), { recursive: true, filter: (path) => !path.endsWith(".ts") });
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function sourcesBelow(folder: string): readonly string[] {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return paths
    .filter((path) => /(?<!\.d)\.tsx?$/.test(path))
    .map((path) => join(folder, path))
    .filter(isNodes);
}

/** What a browser runs is bundled apart. */
const isNodes = (path: string): boolean => !path.startsWith(join("src", "browser"));
