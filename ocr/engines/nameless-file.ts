import { randomUUID } from "node:crypto";
import { closeSync, existsSync, ftruncateSync, openSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file that no path leads to: its name is taken away as soon as it is open, and it is gone with the last who holds it. */
export type NamelessFile = {
  readonly descriptor: number;
  /** Its whole content anew; false where the system has no room. */
  readonly write: (parts: readonly Uint8Array[]) => boolean;
  readonly close: () => void;
};

const inMemory = "/dev/shm";

/** In memory where the system has such a folder, else where temporary files are. Null where none can be made. */
export function namelessFile(): NamelessFile | null {
  for (const folder of [inMemory, tmpdir()].filter((one) => existsSync(one))) {
    const descriptor = openNameless(join(folder, `chungthuc-${randomUUID()}`));
    if (descriptor === null) continue;
    return { descriptor, write: (parts) => writeAll(descriptor, parts), close: () => closeSync(descriptor) };
  }
  return null;
}

function openNameless(path: string): number | null {
  try {
    const descriptor = openSync(path, "wx+", 0o600);
    unlinkSync(path);
    return descriptor;
  } catch {
    return null;
  }
}

function writeAll(descriptor: number, parts: readonly Uint8Array[]): boolean {
  try {
    ftruncateSync(descriptor, 0);
    let at = 0;
    for (const part of parts)
      for (let from = 0; from < part.length; ) {
        const written = writeSync(descriptor, part, from, part.length - from, at);
        [from, at] = [from + written, at + written];
      }
    return true;
  } catch {
    return false;
  }
}
