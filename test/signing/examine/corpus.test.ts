import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { examinePdf } from "../../../signing/examine/examine.ts";
import type { Instant } from "../../../src/core/kernel.ts";
import { nodePrimitives } from "../../../src/primitives-node.ts";

type Case = { file: string; expected: string; accept: string[] };

const { CHUNGTHUC_CORPUS: folder } = process.env;
const cases: Case[] = folder === undefined ? [] : casesOf(folder);
const hostile = new Set(["TAMPERED", "BAD_STRUCTURE", "MODIFIED_AFTER", "BROKEN_CMS"]);
const at = "2026-11-22T00:00:00Z" as Instant;

if (folder === undefined) console.warn("skipped: CHUNGTHUC_CORPUS is not set, no real file is examined");

function casesOf(root: string): Case[] {
  const manifest = JSON.parse(readFileSync(join(root, "MANIFEST.json"), "utf8")) as { files: Case[] };
  return manifest.files.filter(({ file }) => file.startsWith("pades/"));
}

async function examine(file: string) {
  const bytes = new Uint8Array(readFileSync(join(folder ?? "", file)));
  const start = performance.now();
  const examination = await examinePdf(bytes, { anchors: [], at }, nodePrimitives);
  return { examination, milliseconds: performance.now() - start };
}

describe.skipIf(folder === undefined)("real and hostile files", () => {
  test("every file of the corpus gets a code that a competent validator may give", async () => {
    const misses: string[] = [];
    for (const { file, accept } of cases) {
      const { examination } = await examine(file);
      if (accept.includes(examination.code)) continue;
      const why = examination.signatures.map(({ fieldName, code, faults, finding, laterChanges, timestamps }) => {
        const changes = laterChanges.map(({ kind, class: of, at: where }) => `${kind}/${of}@${where}`);
        return `${fieldName}: ${code} ${faults} ${finding} [${changes}] [${timestamps.map(({ reason }) => reason)}]`;
      });
      misses.push(`${file}: ${examination.code}, not ${accept} (${examination.unreadable}) ${why.join(" | ")}`);
    }
    expect(misses).toEqual([]);
  });

  test("no hostile file is PASSED or told intact, and none takes five seconds", async () => {
    for (const { file, expected } of cases) {
      const { examination, milliseconds } = await examine(file);
      expect(milliseconds, file).toBeLessThan(5000);
      if (hostile.has(expected)) expect(["INTACT", "PERMITTED_UPDATE"], file).not.toContain(examination.code);
      if (hostile.has(expected)) expect(examination.document.status, file).not.toBe("PASSED");
    }
  });
});
