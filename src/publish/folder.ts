import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Bytes, equalBytes } from "../core/kernel.ts";
import { isPublicPath, type PublicFiles } from "./public-files.ts";

/** Public files in a folder of this machine; an edge is fed by copying it. */
export function publicFolder(root: string): PublicFiles {
  const placeOf = (path: string) => {
    if (!isPublicPath(path)) throw new RangeError("not a path of the public layout");
    return join(root, path);
  };
  return {
    read: async (path) => (isPublicPath(path) ? readIfThere(placeOf(path)) : null),
    write: async (path, bytes) => writeDurably(root, placeOf(path), bytes),
    dropPartials: async (path) => rm(`${placeOf(path)}.p`, { recursive: true, force: true }),
  };
}

async function readIfThere(place: string): Promise<Bytes | null> {
  try {
    return await readWhole(place);
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

const mostSmallBytes = 16 * 1024;

/** Records and tiles are small: asking for the size first would cost as much as reading them. */
async function readWhole(place: string): Promise<Bytes> {
  const file = await open(place, "r");
  try {
    const bytes = new Uint8Array(mostSmallBytes);
    const { bytesRead } = await file.read(bytes, 0, mostSmallBytes, 0);
    if (bytesRead < mostSmallBytes) return bytes.slice(0, bytesRead);
    const { buffer, byteOffset, length } = await readFile(place);
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, length); // a Buffer is not equal to the same plain bytes
  } finally {
    void file.close(); // nobody waits for it: nothing was written
  }
}

/** A reader never sees half a file, and after a power cut the name stands with all its bytes or not at all. */
async function writeDurably(root: string, place: string, bytes: Bytes): Promise<void> {
  const standing = await readIfThere(place);
  if (standing !== null && equalBytes(standing, bytes)) return syncFolder(dirname(place)); // its name may not be durable yet
  const folder = dirname(place);
  const made = await mkdir(folder, { recursive: true });
  const half = join(folder, `.${randomUUID()}.half`);
  try {
    await writeAndSync(half, bytes);
    await rename(half, place);
  } catch (thrown) {
    await rm(half, { force: true });
    throw thrown;
  }
  await syncFolder(folder);
  if (made !== undefined) await syncUpwards(folder, root); // new folders are names in their parents
}

async function writeAndSync(place: string, bytes: Bytes): Promise<void> {
  const file = await open(place, "wx", 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncUpwards(folder: string, root: string): Promise<void> {
  for (let at = folder; at.length > root.length; at = dirname(at)) await syncFolder(dirname(at));
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(thrown: unknown): boolean {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : null;
  return code === "ENOENT" || code === "ENOTDIR";
}
