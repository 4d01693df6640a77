import type { Bytes } from "../core/kernel.ts";
import { type KeyList, verifyKeyList } from "../core/key-list.ts";
import { webSha256, webVerifyEd25519 } from "../primitives-web.ts";
import { keyListPath, type PublicFiles } from "../publish/public-files.ts";

/** The service cannot be reached, and what was asked for is not kept here. */
export class NoNetwork extends Error {
  override name = "NoNetwork";
}

const waitMs = 5000;
const keptName = "chungthuc files";
/** What is the same for everyone. A record would tell which copies were checked on this machine. */
const isKept = (path: string): boolean => path === keyListPath || path.startsWith("status/");

/**
 * The published files by the network, and by what was kept of them where there is none. DESIGN decision 16: of two key
 * lists of the pinned root the newer one, whoever has the site now; one that the root did not sign takes no kept one's place.
 */
export function publicFilesHere(root: Bytes, noteCutOff: () => void): PublicFiles["read"] {
  return async (path) => {
    const address = new URL(`/${path}`, location.origin);
    try {
      const answer = await fetch(address, { ...plainly, signal: AbortSignal.timeout(waitMs) });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new NoNetwork(path);
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return path === keyListPath ? newestList(root, address, bytes) : await keep(address, path, bytes);
    } catch {
      noteCutOff();
      return fromKept(address, path);
    }
  };
}

/** No other site answers for this one, and nobody is told who is signed in. */
const plainly = { cache: "no-store", redirect: "error", credentials: "omit" } as const;

async function keep(address: URL, path: string, bytes: Bytes): Promise<Bytes> {
  if (isKept(path)) await (await keptFiles())?.put(address, new Response(bytes));
  return bytes;
}

/** Null where nothing can be kept: a site without TLS, or a browser that forbids it. What the network gives is then all there is. */
const keptFiles = (): Promise<Cache | null> =>
  "caches" in globalThis ? caches.open(keptName).catch(() => null) : Promise.resolve(null);

async function newestList(root: Bytes, address: URL, bytes: Bytes): Promise<Bytes> {
  const before = await fromKept(address, keyListPath);
  const known = before === null ? null : await listOf(root, before);
  const told = await listOf(root, bytes, known?.sequence);
  if (told !== null) return keep(address, keyListPath, bytes);
  return before !== null && known !== null ? before : bytes;
}

async function listOf(root: Bytes, bytes: Bytes, atLeast?: number): Promise<KeyList | null> {
  const ports = { sha256: webSha256, verifyEd25519: webVerifyEd25519 };
  const list = await verifyKeyList(new TextDecoder().decode(bytes), root, ports, atLeast);
  return list.ok ? list.value : null;
}

async function fromKept(address: URL, path: string): Promise<Bytes | null> {
  const kept = await (await keptFiles())?.match(address);
  if (kept !== undefined) return new Uint8Array(await kept.arrayBuffer());
  if (isKept(path)) return null;
  throw new NoNetwork(path);
}

/** Fetched once at the first visit, so that a first check without a network knows whom to believe. */
export async function keepFirstFiles(read: PublicFiles["read"]): Promise<void> {
  await read("keys");
  await read("status/0");
}
