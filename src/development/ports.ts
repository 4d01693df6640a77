import { createServer } from "node:net";
import { z } from "zod";
import type { Result } from "../core/kernel.ts";
import { type PkiFailure, portsFile, readWith } from "./pki-files.ts";

/** Loopback ports of the two authorities. */
export type AuthorityPorts = { readonly timestamp: number; readonly ocsp: number };

const port = z.number().int().min(1024).max(65_535);
const PortsFile = z.object({ timestamp: port, ocsp: port });

/** The ports that a PKI was born with. */
export const readPorts = (folder: string): Result<AuthorityPorts, PkiFailure> =>
  readWith(portsFile(folder), (text) => PortsFile.parse(JSON.parse(text)));

export const timestampUrlOf = (ports: AuthorityPorts): string => `http://127.0.0.1:${ports.timestamp}/timestamp`;
export const ocspUrlOf = (ports: AuthorityPorts): string => `http://127.0.0.1:${ports.ocsp}/ocsp`;

// Below the ports that Linux (32768), macOS and Windows (49152) lend to outgoing connections: a later start must find
// its ports free, because the OCSP address stands in certificates.
const lowest = 20_000;
const highest = 30_000;

/** Two different ports that nobody listens on now. */
export async function choosePorts(random: (bytes: number) => Uint8Array): Promise<AuthorityPorts> {
  const timestamp = await freePort(random, null);
  return { timestamp, ocsp: await freePort(random, timestamp) };
}

async function freePort(random: (bytes: number) => Uint8Array, taken: number | null): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const [high = 0, low = 0] = random(2);
    const candidate = lowest + ((high * 256 + low) % (highest - lowest));
    if (candidate !== taken && (await isFree(candidate))) return candidate;
  }
  throw new Error("no free loopback port between 20000 and 30000");
}

function isFree(candidate: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(candidate, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
