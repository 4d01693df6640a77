import type { Bytes } from "../../core/kernel.ts";
import { bytesOfBase64 } from "../../core/log/base64.ts";

const pinName = "chungthuc root";
const pinAddress = "/verify/here/root"; // of the cache alone: nothing is ever asked for there

/**
 * The root that this browser met first. Another one later is refused, so that whoever takes the site over afterwards
 * cannot make this browser believe a list of keys of its own.
 *
 * @returns null where another root is pinned already, or the text is none
 */
export async function pinRoot(text: string): Promise<Bytes | null> {
  const root = bytesOfBase64(text);
  if (root?.length !== 32) return null;
  const kept = await caches.open(pinName);
  const pinned = await kept.match(pinAddress);
  if (pinned !== undefined) return (await pinned.text()) === text ? root : null;
  await kept.put(pinAddress, new Response(text));
  return root;
}
