import { isIP, isIPv4 } from "node:net";

/**
 * Who attempts are counted against: an IPv4 address, or the /64 of an IPv6 address (one subscriber holds a whole /64).
 *
 * @param socket remote address of the connection
 * @param forwardedFor X-Forwarded-For; each proxy of ours appends the address it saw, so only the last
 *   `trustedProxies` entries are evidence and anything before them is the caller's own invention
 * @param trustedProxies 0 where the service stands alone: the header is then ignored
 */
export function clientAddress(socket: string, forwardedFor: string | undefined, trustedProxies: number): string {
  const seen = (forwardedFor ?? "").split(",").map((entry) => entry.trim());
  const told = trustedProxies > 0 ? seen.at(-trustedProxies) : undefined;
  return subscriber(told !== undefined && isIP(told) !== 0 ? told : socket);
}

function subscriber(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  return address.includes(":") ? `${expanded(address).slice(0, 4).join(":")}::/64` : address;
}

/** The eight groups of an IPv6 address, RFC 4291 §2.2, without leading zeros. */
function expanded(address: string): readonly string[] {
  const [head = "", tail] = (address.split("%")[0] ?? "").toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const behind = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Math.max(0, 8 - before.length - behind.length);
  return [...before, ...Array<string>(zeros).fill("0"), ...behind].map((group) => group.replace(/^0+(?=.)/, ""));
}
