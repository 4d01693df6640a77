import { randomUUID } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Bytes, equalBytes } from "../core/kernel.ts";
import { isPublicPath, type PublicFiles } from "./public-files.ts";

/** Public files in a folder of this machine; an edge is fed by copying it. */
export function publicFolder(root: string): PublicFiles {
  const base = join(root, "/");
  const placeOf = (path: string) => {
    if (!isPublicPath(path)) throw new RangeError("not a path of the public layout");
    return base + path;
  };
  return {
    read: async (path) => (isPublicPath(path) ? readIfThere(base + path) : null),
    write: async (path, bytes) => writeDurably(root, placeOf(path), bytes),
    dropPartials: async (path) => rm(`${placeOf(path)}.p`, { recursive: true, force: true }),
  };
}

const mostSmallBytes = 16 * 1024;
const smallFile = new Uint8Array(mostSmallBytes);

/**
 * At once, without the thread pool: a record or a tile that the system has in memory is read in a tenth of the time that
 * asking another thread takes, and the answer waits for it anyway (ADR 0049). What is larger is read in a second step.
 */
function readIfThere(place: string): Bytes | null {
  const file = openIfThere(place);
  if (file === null) return null;
  try {
    const lengthBytes = readSync(file, smallFile, 0, mostSmallBytes, 0);
    return lengthBytes < mostSmallBytes ? smallFile.slice(0, lengthBytes) : new Uint8Array(readFileSync(file));
  } finally {
    closeSync(file);
  }
}

function openIfThere(place: string): number | null {
  try {
    return openSync(place, "r");
  } catch (thrown) {
    if (isMissing(thrown)) return null;
    throw thrown;
  }
}

/** A reader never sees half a file, and after a power cut the name stands with all its bytes or not at all. */
async function writeDurably(root: string, place: string, bytes: Bytes): Promise<void> {
  const standing = readIfThere(place);
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
