import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

// Every file of the development PKI and of the service keys comes into being whole: written beside, forced to disk,
// then renamed or linked to its name. A process killed at any moment leaves a name with all its bytes, or no name.

/** Makes the folder, readable by its owner only, with the folders above it. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** A new file of mode 0600 with these bytes, on disk on return. Throws `EEXIST` where the name is taken. */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Replaces the file, or makes it: readers see the old bytes or the new ones. */
export function replacePrivateFile(path: string, content: string | Uint8Array): void {
  const written = writtenBeside(path, content);
  renameSync(written, path);
  forceFolder(dirname(path));
}

/** Makes the file unless one stands there already, which is then kept as it is. */
export function createPrivateFile(path: string, content: string | Uint8Array): void {
  const written = writtenBeside(path, content);
  try {
    linkSync(written, path); // unlike rename, link never replaces: a key that stands is never lost
  } catch (thrown) {
    if (!isSystemError(thrown, "EEXIST")) throw thrown;
  }
  rmSync(written);
  forceFolder(dirname(path));
}

/** Gives a finished folder its name. Throws where another already stands there. */
export function nameFolder(finished: string, folder: string): void {
  forceFolder(finished);
  renameSync(finished, folder);
  forceFolder(dirname(folder));
}

export function isSystemError(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}

// One fixed name: what a killed process left behind is overwritten by the next, not heaped up.
function writtenBeside(path: string, content: string | Uint8Array): string {
  const beside = join(dirname(path), `.writing-${path.slice(dirname(path).length + 1)}`);
  rmSync(beside, { force: true });
  writePrivateFile(beside, content);
  return beside;
}

function forceFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
