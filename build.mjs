// Compiles to dist/ and copies what is not TypeScript: SQL, the pages' scripts, the sample and its pictures.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
const compiled = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
for (const folder of ["db/migrations", "src/development/sample", "src/web/scripts"]) {
  cpSync(folder, `dist/${folder}`, { recursive: true, filter: (source) => !source.endsWith(".ts") });
}
// what a visitor's own browser runs (ADR 0037)
await build({ ...JSON.parse(readFileSync("src/browser/bundling.json", "utf8")), outdir: "dist/src/browser/bundled" });
chmodSync("dist/src/cli.js", 0o755);
