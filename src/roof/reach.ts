import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/**
 * Where a client may connect to. `anywhere` is for addresses that the operator typed. Addresses that come out of
 * certificates may lead into the operator's own network: they reach public addresses and the private hosts named, each as
 * `host` or `host:port`.
 */
export type Reach = "anywhere" | { readonly privateHosts: readonly string[] };

/** How to resolve the host of this address; null where it may not be reached at all. */
export function wayTo({ hostname, host, port, protocol }: URL, reach: Reach): { lookup?: LookupFunction } | null {
  const usualPort = protocol === "https:" ? "443" : "80";
  const isNamed = (known: string) =>
    known === hostname || known === host || known === `${hostname}:${port || usualPort}`;
  if (reach === "anywhere" || reach.privateHosts.some(isNamed)) return {};
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0) return isPublic(literal) ? {} : null;
  return { lookup: publicLookup };
}

/**
 * Resolves once and gives only what is public; the socket connects to the address given here, so a name cannot be pointed
 * elsewhere between the question and the connection.
 */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error !== null || first === undefined) return callback(error ?? refused(hostname), "", 4);
    if (!found.every(({ address }) => isPublic(address))) return callback(refused(hostname), "", 4);
    if (options.all === true) callback(null, found);
    else callback(null, first.address, first.family);
  });
};

const refused = (hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${hostname} is not a public address`), { code: "EACCES" });

// RFC 6890 and its registries: nothing here is reachable from the open network, or it stands for something that may be.
const closedV4 = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3], // multicast and reserved
] as const)
  closedV4.addSubnet(net, bits);

// Global unicast is 2000::/3 alone: that leaves out loopback, link-local, unique local, mapped and translated addresses.
const globalV6 = new BlockList();
globalV6.addSubnet("2000::", 3, "ipv6");
const closedV6 = new BlockList();
for (const [net, bits] of [
  ["2001::", 23], // Teredo among them
  ["2001:db8::", 32],
  ["2002::", 16], // carries an IPv4 address
  ["3fff::", 20],
] as const)
  closedV6.addSubnet(net, bits, "ipv6");

/** @param address an IP address in text */
export function isPublic(address: string): boolean {
  if (isIP(address) === 4) return !closedV4.check(address);
  const [plain = ""] = address.split("%"); // a zone is a link's own
  return isIP(address) === 6 && globalV6.check(plain, "ipv6") && !closedV6.check(plain, "ipv6");
}
