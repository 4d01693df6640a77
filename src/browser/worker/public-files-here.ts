import type { Bytes } from "../../core/kernel.ts";
import type { PublicFiles } from "../../publish/public-files.ts";

/** The service cannot be reached, and what was asked for is not kept here. */
export class NoNetwork extends Error {
  override name = "NoNetwork";
}

const waitMs = 5000;
const keptName = "chungthuc files";
/** What is the same for everyone. A record would tell which copies were checked on this machine. */
const isKept = (path: string): boolean => path === "keys" || path.startsWith("status/");

/** The published files by the network, and by what was kept of them where there is none. */
export function publicFilesHere(noteCutOff: () => void): PublicFiles["read"] {
  return async (path) => {
    const address = new URL(`/${path}`, location.origin);
    try {
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(waitMs) });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new NoNetwork(path);
      if (isKept(path)) await (await caches.open(keptName)).put(address, answer.clone());
      return new Uint8Array(await answer.arrayBuffer());
    } catch {
      noteCutOff();
      return fromKept(address, path);
    }
  };
}

async function fromKept(address: URL, path: string): Promise<Bytes | null> {
  const kept = await (await caches.open(keptName)).match(address);
  if (kept !== undefined) return new Uint8Array(await kept.arrayBuffer());
  if (isKept(path)) return null;
  throw new NoNetwork(path);
}

/** Fetched once at the first visit, so that a first check without a network knows whom to believe. */
export async function keepFirstFiles(read: PublicFiles["read"]): Promise<void> {
  await read("keys");
  await read("status/0");
}
