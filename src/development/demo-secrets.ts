import { readFileSync } from "node:fs";
import { createPrivateFile } from "../roof/durable-files.ts";
import { type DemoSecrets, newDemoPeople } from "./demo-people.ts";

export type DemoSecretsByUser = Readonly<Record<string, DemoSecrets>>;

/**
 * Passwords and PINs of the demo people, in `<data>/keys/demo-people.json` (0600): `certify` acts as these people, and a
 * first start that was killed goes on with the same secrets. A development store vouches for nothing (decision 10).
 *
 * @param random unpredictable octets
 */
export function keptDemoSecrets(keysFolder: string, random: (bytes: number) => Uint8Array): DemoSecretsByUser {
  const file = `${keysFolder}/demo-people.json`;
  const fresh = newDemoPeople(random).map(({ userName, password, pin }) => [userName, { password, pin }] as const);
  createPrivateFile(file, JSON.stringify(Object.fromEntries(fresh), null, 2)); // keeps a file that is there
  return JSON.parse(readFileSync(file, "utf8")) as DemoSecretsByUser;
}
