import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Guard } from "../broken-rules/broken-rule.ts";

const root = join(import.meta.dirname, "../..");
const left = new Set([".git", "node_modules", "dist", "data", "coverage", "tmp", ".wrangler"]);

export type Change = Pick<Guard, "file" | "was" | "becomes">;

/** A copy of the project to break things in: the working tree, with what is not committed, is never touched. */
export type Tree = {
  readonly folder: string;
  /** Runs with the changes made, and takes them back whatever happens. */
  broken<T>(changes: readonly Change[], run: () => Promise<T>): Promise<T>;
  end(): void;
};

export function openTree(): Tree {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-judge-"));
  try {
    cpSync(root, folder, { recursive: true, filter: (path) => !left.has(relative(root, path)) });
    symlinkSync(realpathSync(join(root, "node_modules")), join(folder, "node_modules"));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    folder,
    broken: async (changes, run) => {
      const whole = new Map(changes.map(({ file }) => [file, readFileSync(join(folder, file), "utf8")]));
      try {
        for (const change of changes) write(folder, change.file, broken(folder, change));
        return await run();
      } finally {
        for (const [file, text] of whole) write(folder, file, text);
      }
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const write = (folder: string, file: string, text: string) => writeFileSync(join(folder, file), text);

/** @throws where `was` does not stand there exactly once: then nobody knows what was broken */
function broken(folder: string, { file, was, becomes }: Change): string {
  const parts = readFileSync(join(folder, file), "utf8").split(was);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${was}`);
  return parts.join(becomes);
}
