import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { bundleBrowserScripts } from "./browser-scripts.ts";
import { builtFolder, placedInBuild } from "./built-place.ts";

const root = join(import.meta.dirname, "../..");
const besideTheSources = ["db/migrations", "src/development/sample", "src/web/scripts"];

/** Packages that are nothing but JavaScript, and of many small files; the others find what lies beside them only where they are. */
const bundled = ["@hono/node-server", "@noble/hashes", "drizzle-orm", "hono", "pdf-lib", "postgres", "uqr", "zod"];

/**
 * Every program of ours as JavaScript, once for a run of tests: the service loads in a third of the CPU time of one file
 * a source, and its children no longer compile themselves. Lies in the project, where packages are found.
 *
 * @returns what takes it away
 */
export async function buildSources(): Promise<() => void> {
  mkdirSync(builtFolder, { recursive: true });
  const shape = { format: "esm", platform: "node", target: "node20", bundle: true, splitting: true } as const;
  const jsx = { jsx: "automatic", jsxImportSource: "hono/jsx" } as const;
  await build({
    ...{ ...shape, ...jsx, absWorkingDir: root, outbase: root, outdir: builtFolder, chunkNames: "chunks/[hash]" },
    entryPoints: programs(),
    plugins: [ownPlace, somePackages],
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
  });
  await bundleBrowserScripts(builtFolder);
  for (const beside of besideTheSources) {
    cpSync(join(root, beside), join(builtFolder, beside), { recursive: true, filter: (path) => !path.endsWith(".ts") });
  }
  return () => rmSync(builtFolder, { recursive: true, force: true });
}

/** What is ever started as a process of its own, by its name. */
function programs(): string[] {
  const sources = ["src", "signing", "ocr", "test"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  return sources.filter((path) => !path.startsWith(join("src", "browser")) && isProgram(path));
}

const isProgram = (path: string): boolean =>
  /(^src\/cli|-child|-worker|\/authority-process|\/killable-service|\/authorities-parent|^test\/.*\/children\/.*)\.ts$/.test(
    path,
  );

/** A source looks for what lies beside it at its own place, wherever it is bundled to. */
const ownPlace: Plugin = {
  name: "own place",
  setup({ onLoad }) {
    onLoad({ filter: /\.tsx?$/ }, ({ path }) => ({
      contents: placedInBuild(path, readFileSync(path, "utf8")),
      loader: path.endsWith("x") ? "tsx" : "ts",
    }));
  },
};

const somePackages: Plugin = {
  name: "some packages",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
      const isOurs = !importer.includes("node_modules");
      const isBundled = bundled.some((name) => path === name || path.startsWith(`${name}/`));
      return isOurs && importer !== "" && !isBundled ? { path, external: true } : undefined;
    });
  },
};
