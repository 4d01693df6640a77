import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bytes } from "../../core/kernel.ts";

/** What keeps a bench from counting: an output that the outside opinion, poppler's pdfsig, does not find validly signed. */
export function pdfsigObjection(pdf: Bytes, signatures: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), "chungthuc-bench-"));
  try {
    const file = join(folder, "output.pdf");
    writeFileSync(file, pdf);
    const answer = spawnSync("pdfsig", ["-nocert", file], { encoding: "utf8", timeout: 20_000, env: { HOME: folder } });
    if (answer.error !== undefined) return "pdfsig is not installed: no outside opinion on the output";
    const valid = answer.stdout.match(/Signature is Valid/g)?.length ?? 0;
    return valid === signatures ? null : `pdfsig finds ${valid} of ${signatures} signatures valid`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
