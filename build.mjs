// Compiles to dist/ and copies what is not TypeScript: SQL, the pages' scripts, the sample and its pictures.
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, rmSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
const compiled = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
for (const folder of ["db/migrations", "src/development/sample", "src/web/scripts"]) {
  cpSync(folder, `dist/${folder}`, { recursive: true, filter: (source) => !source.endsWith(".ts") });
}
chmodSync("dist/src/cli.js", 0o755);
