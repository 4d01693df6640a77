import { spawn } from "node:child_process";
import { nativeTesseract } from "../../../ocr/resources.ts";
import type { Bytes } from "../../core/kernel.ts";

/** What the machine's Tesseract reads without us: `tesseract -l vie` on the picture as it is, a text a page; null where there is none. */
export async function plainReading(picture: Bytes): Promise<readonly string[] | null> {
  const program = nativeTesseract();
  if (program === null) return null;
  const child = spawn(program, ["stdin", "stdout", "-l", "vie"], {
    env: { OMP_THREAD_LIMIT: "1" },
    stdio: ["pipe", "pipe", "ignore"],
    timeout: 120_000,
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(picture);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8").split("\f");
}
