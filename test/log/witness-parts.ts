import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { onTestFinished } from "vitest";
import { type Alarm, alarmsOf } from "../../src/commands/witness/alarms.ts";
import { witnessDoor, witnessKeyOf } from "../../src/commands/witness/door.ts";
import { openWitnessMemory, originName } from "../../src/commands/witness/memory.ts";
import type { NoteKey } from "../../src/core/log/note.ts";
import { publicFolder } from "../../src/publish/folder.ts";

export function scratch(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A witness's own parts over a folder, without the process: its door takes requests as HTTP brings them. */
export function aWitness(logKey: NoteKey, folder = scratch("witness-"), name = "witness.example/w1") {
  const memory = openWitnessMemory(folder, name);
  if (!memory.ok) throw new Error(memory.failure.code);
  onTestFinished(() => memory.value.release());
  const cries: Alarm[] = [];
  const alarms = alarmsOf((alarm) => cries.push(alarm));
  const mirror = publicFolder(join(folder, "mirror", originName(logKey.name)));
  const log = { key: logKey, prefix: null, mirror };
  const door = witnessDoor({
    memory: memory.value,
    logs: [log],
    alarms,
    seconds: () => 1_790_000_000,
    addressOf: () => "::1",
  });
  const post = (body: string) => door.request("/add-checkpoint", { method: "POST", body });
  return { folder, memory: memory.value, key: witnessKeyOf(memory.value), cries, alarms, log, door, post };
}

/** The same behind a real socket on this machine. */
export async function listening(door: ReturnType<typeof aWitness>["door"]): Promise<string> {
  const server = serve({ fetch: door.fetch, hostname: "127.0.0.1", port: 0 }) as Server;
  await new Promise<void>((ready) => server.once("listening", () => ready()));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
