import { open } from "node:fs/promises";
import { type Bytes, fail, ok, type Result } from "../core/kernel.ts";

export type FileFailure =
  | { readonly code: "file_unreadable"; readonly reason: string }
  | { readonly code: "file_too_large"; readonly reason: string; readonly limitBytes: number };

/** What a command takes from a file: as much as an upload may be. */
const fileLimitBytes = 100 * 1024 * 1024;

/** Never reads more than the limit, also where the file grows meanwhile or is a device. */
export async function readBounded(path: string, limitBytes = fileLimitBytes): Promise<Result<Bytes, FileFailure>> {
  try {
    const file = await open(path, "r");
    try {
      return await readUpTo(file, limitBytes);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    return fail({ code: "file_unreadable", reason: thrown instanceof Error ? thrown.message : path });
  }
}

async function readUpTo(
  file: Awaited<ReturnType<typeof open>>,
  limitBytes: number,
): Promise<Result<Bytes, FileFailure>> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length <= limitBytes) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(1 << 20, limitBytes + 1 - length)));
    if (bytesRead === 0) return ok(new Uint8Array(Buffer.concat(parts)));
    parts.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return fail({ code: "file_too_large", reason: `more than ${limitBytes} bytes`, limitBytes });
}
