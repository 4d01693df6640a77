import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { monitorOf } from "../../src/commands/witness/monitor.ts";
import { type Bytes, fail, type Instant, ok } from "../../src/core/kernel.ts";
import { publicFolder } from "../../src/publish/folder.ts";
import { publishLog } from "../../src/publish/publisher.ts";
import { aLogKey, leafAt, leavesTo } from "./log-house.ts";
import { logMemory } from "./memory-files.ts";
import { aWitness, scratch } from "./witness-parts.ts";

const log = aLogKey();
const now = () => "2026-06-01T00:00:00Z" as Instant;

async function publish(folder: string, leaves: readonly Bytes[], signer = log): Promise<void> {
  const published = await publishLog(publicFolder(folder), async (index) => leaves.slice(index), signer, logMemory());
  expect(published.ok).toBe(true);
}

/** A witness that follows what stands in a folder; the folder may be exchanged. */
function following(folder: string) {
  const witness = aWitness(log.key);
  const served = { folder, isUp: true };
  const fetch = async (path: string) =>
    served.isUp ? ok(await publicFolder(served.folder).read(`log/${path}`)) : fail({ code: "unreachable" } as const);
  const round = monitorOf(witness.log, { fetch, memory: witness.memory, alarms: witness.alarms, now });
  const codes = () => witness.cries.map(({ code }) => code);
  return { witness, served, round, codes };
}

const checkpointOf = (folder: string) => readFileSync(join(folder, "log/checkpoint"), "utf8");

test("a witness follows a growing log over full tiles, keeps a mirror of it, and cries about nothing", async () => {
  const folder = scratch("log-");
  const { witness, round, codes } = following(folder);
  expect(await round()).toBe("unreachable");
  for (const size of [3, 255, 300, 600]) {
    await publish(folder, leavesTo(size));
    expect(await round()).toBe("followed");
    expect(await round()).toBe("unchanged");
  }
  expect(codes()).toEqual([]);
  for (const path of ["log/checkpoint", "log/tile/0/001", "log/tile/entries/002.p/88"]) {
    expect(await witness.log.mirror.read(path)).toEqual(await publicFolder(folder).read(path));
  }
});

test("an outage is no alarm; what was missed is followed afterwards", async () => {
  const folder = scratch("log-");
  await publish(folder, leavesTo(3));
  const { served, round, codes } = following(folder);
  served.isUp = false;
  expect(await round()).toBe("unreachable");
  served.isUp = true;
  expect(await round()).toBe("followed");
  expect(codes()).toEqual([]);
});

test("a fork is cried out: another history of the same size, and one that goes on from it", async () => {
  const [folder, same, longer] = [scratch("log-"), scratch("log-"), scratch("log-")];
  await publish(folder, leavesTo(300));
  await publish(same, leavesTo(300, 1));
  await publish(longer, leavesTo(310, 1));
  const { witness, served, round, codes } = following(folder);
  expect(await round()).toBe("followed");
  for (const forked of [same, longer]) {
    served.folder = forked;
    expect(await round()).toBe("alarm");
  }
  expect(codes()).toEqual(["fork", "fork"]);
  served.folder = folder; // what was verified before is still the mirror
  expect(await round()).toBe("unchanged");
  expect(await witness.log.mirror.read("log/checkpoint")).toEqual(await publicFolder(folder).read("log/checkpoint"));
});

test("a fork between what was cosigned and what everybody is served is cried out", async () => {
  const [shown, submitted] = [scratch("log-"), scratch("log-")];
  await publish(shown, leavesTo(20));
  await publish(submitted, leavesTo(10, 1));
  const { witness, round, codes } = following(shown);
  expect((await witness.post(`old 0\n\n${checkpointOf(submitted)}`)).status).toBe(200);
  expect(await round()).toBe("alarm");
  expect(codes()).toEqual(["fork"]);
});

test("a rollback is cried out at once below what was mirrored, and in the second round below what was cosigned", async () => {
  const [folder, old] = [scratch("log-"), scratch("log-")];
  await publish(folder, leavesTo(30));
  await publish(old, leavesTo(20));
  const mirrored = following(folder);
  expect(await mirrored.round()).toBe("followed");
  mirrored.served.folder = old;
  expect(await mirrored.round()).toBe("alarm");
  const cosigned = following(old);
  await cosigned.witness.post(`old 0\n\n${checkpointOf(folder)}`);
  expect([await cosigned.round(), await cosigned.round()]).toEqual(["unchanged", "alarm"]);
  expect([...mirrored.codes(), ...cosigned.codes()]).toEqual(["rollback", "rollback"]);
});

test("a checkpoint by another key, entries that are not served, and numbers out of order are cried out", async () => {
  const stolen = scratch("log-");
  await publish(stolen, leavesTo(3), aLogKey());
  const strange = following(stolen);
  expect(await strange.round()).toBe("alarm");
  const folder = scratch("log-");
  await publish(folder, leavesTo(3));
  writeFileSync(join(folder, "log/tile/entries/000.p/3"), new Uint8Array());
  const cut = following(folder);
  expect(await cut.round()).toBe("alarm");
  const twice = scratch("log-");
  await publish(twice, [...leavesTo(3), leafAt(2, 9)]);
  const numbers = following(twice);
  expect(await numbers.round()).toBe("followed");
  const told = [strange, cut, numbers].flatMap(({ codes }) => codes());
  expect(told).toEqual(["checkpoint_not_signed", "tiles_disagree", "numbers"]);
});

test("a witness that starts again goes on from its mirror, with the numbers that it knows", async () => {
  const folder = scratch("log-");
  await publish(folder, leavesTo(300));
  const first = following(folder);
  expect(await first.round()).toBe("followed");
  const leaves = leavesTo(300);
  await publish(folder, [...leaves, leaves[5] ?? new Uint8Array()]); // number 5 and its file again, at a time that falls
  const fetch = async (path: string) => ok(await publicFolder(folder).read(`log/${path}`));
  const { memory, alarms, log: watched } = first.witness;
  expect(await monitorOf(watched, { fetch, memory, alarms, now })()).toBe("followed");
  expect(first.witness.cries.map(({ detail }) => detail?.split(" ")[0])).toEqual([
    "time_falls",
    "commitment_twice",
    "number_twice",
  ]);
});
