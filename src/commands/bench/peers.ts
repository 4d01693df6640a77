import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Bytes } from "../../core/kernel.ts";

/** What a peer is given: two PKCS#12 files under one PIN, and where the time is proven. */
export type PeerKeys = {
  readonly officer: Bytes;
  readonly agency: Bytes;
  readonly pin: string;
  readonly timestampUrl: string;
};

export type Peer = {
  readonly sealB: (pdf: Bytes) => Promise<Bytes>;
  /** Absent where the peer has no timestamps. */
  readonly sealFull?: (pdf: Bytes) => Promise<Bytes>;
};

/**
 * Another program's way of doing the same, from `bench/`, whose packages are never installed with the product.
 *
 * @returns null where it is not installed
 */
export async function openPeer(name: "libpdf" | "signpdf", keys: PeerKeys): Promise<Peer | null> {
  const folder = benchFolder(dirname(fileURLToPath(import.meta.url)));
  if (folder === null || !existsSync(join(folder, "node_modules"))) return null;
  const { openPeer: open } = (await import(pathToFileURL(join(folder, "peers", `${name}.mjs`)).href)) as {
    openPeer: (keys: PeerKeys) => Promise<Peer>;
  };
  return open(keys);
}

/** Sources and compiled code lie at different depths below the project's root. */
function benchFolder(from: string): string | null {
  if (existsSync(join(from, "bench/peers"))) return join(from, "bench");
  return dirname(from) === from ? null : benchFolder(dirname(from));
}
