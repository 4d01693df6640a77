import { readFileSync } from "node:fs";
import { createPrivateFile, replacePrivateFile } from "../roof/durable-files.ts";
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
  const drawn = newDemoPeople(random).map(({ userName, password, pin }) => [userName, { password, pin }] as const);
  const fresh: DemoSecretsByUser = Object.fromEntries(drawn);
  createPrivateFile(file, JSON.stringify(fresh, null, 2)); // keeps a file that is there
  const kept = JSON.parse(readFileSync(file, "utf8")) as DemoSecretsByUser;
  const secrets = { ...fresh, ...kept }; // a store born before one of them was thought of
  if (Object.keys(secrets).length > Object.keys(kept).length) {
    replacePrivateFile(file, JSON.stringify(secrets, null, 2));
  }
  return secrets;
}
