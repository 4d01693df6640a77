import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { expect, onTestFinished, test } from "vitest";
import { publicFolder } from "../../src/publish/folder.ts";
import { publishLog } from "../../src/publish/publisher.ts";
import type { Witness } from "../../src/publish/witnesses.ts";
import { agreesWithAll, askLateWitnesses, writeLog } from "../../src/wiring/watched-log.ts";
import { aLogHouse, aLogKey, leavesTo } from "./log-house.ts";
import { logMemory } from "./memory-files.ts";
import { aWitness, scratch } from "./witness-parts.ts";

const log = aLogKey();

async function publishedAt(size: number): Promise<string> {
  const folder = scratch("published-");
  const leaves = leavesTo(size);
  await publishLog(publicFolder(folder), async (index) => leaves.slice(index), log, logMemory());
  return folder;
}

const checkpointIn = (folder: string) => readFileSync(join(folder, "log/checkpoint"), "utf8");

/** An address of this machine where nobody answers until `open` is called, and nobody again after `shut`. */
async function door(fetch: Parameters<typeof serve>[0]["fetch"]) {
  const place = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => place.once("listening", ready));
  const { port } = place.address() as AddressInfo;
  await new Promise((closed) => place.close(closed));
  let server: ReturnType<typeof serve> | null = null;
  const shut = () =>
    new Promise<void>((closed) => {
      if (server === null) return closed();
      server.close(() => closed());
      if ("closeAllConnections" in server) server.closeAllConnections();
      server = null;
    });
  const open = () =>
    new Promise<void>((ready) => {
      server = serve({ fetch, hostname: "127.0.0.1", port }, () => ready());
    });
  onTestFinished(shut);
  return { url: `http://127.0.0.1:${port}`, open, shut };
}

/** A silent witness is left alone for 15 s: a process that begins again asks at once. */
const houseOver = (state: Parameters<typeof aLogHouse>[1], members: readonly Witness[]) =>
  aLogHouse(log, state, members);

test("ADR 34: a restored store whose witness is silent starts and signs nothing; heard, the witness is ahead, and still nothing is signed", async () => {
  const newest = await publishedAt(30);
  const witness = aWitness(log.key);
  await witness.post(`old 0\n\n${checkpointIn(newest)}`);
  const place = await door(witness.door.fetch);
  const member = { key: witness.key, url: place.url };
  const old = await publishedAt(20);
  const restored = { database: leavesTo(25), folder: old };
  const store = await houseOver(restored, [member]);
  expect(await agreesWithAll(store.house)).toEqual({ ok: true, value: { size: 20 } }); // the counter works
  await expect(writeLog(store.house)).rejects.toThrow("witnesses_unheard");
  expect(checkpointIn(store.folder)).toBe(checkpointIn(old));

  await place.open();
  const again = await houseOver(restored, [member]);
  await askLateWitnesses(again.house);
  await place.shut(); // its last word stands though it is silent again
  await expect(writeLog(again.house)).rejects.toThrow("witness_ahead");
  expect(checkpointIn(again.folder)).toBe(checkpointIn(old));
});

test("DESIGN decision 7: heard once since the start, a witness that falls silent holds nothing up", async () => {
  const witness = aWitness(log.key);
  const place = await door(witness.door.fetch);
  const store = await houseOver({ database: leavesTo(3), folder: null }, [{ key: witness.key, url: place.url }]);
  await expect(writeLog(store.house)).rejects.toThrow("witnesses_unheard");
  expect(existsSync(join(store.folder, "log/checkpoint"))).toBe(false);

  await place.open();
  const heard = await houseOver({ database: leavesTo(3), folder: null }, [{ key: witness.key, url: place.url }]);
  expect(await askLateWitnesses(heard.house)).toBe(true); // an empty log is told too: what waited is brought forward
  await place.shut();
  const written = await writeLog(heard.house);
  expect(written.size).toBe(3);
  expect(written.checkpoint.match(/^— /gmu)).toHaveLength(1); // the log's own: the witness's is awaited
  expect(await askLateWitnesses(heard.house)).toBe(false);
});

test("ADR 34: so many are waited for that one of them must have seen whatever a quorum saw", async () => {
  const witnesses = ["w1", "w2", "w3"].map((name) => aWitness(log.key, scratch(`${name}-`), `witness.example/${name}`));
  const places = await Promise.all(witnesses.map((one) => door(one.door.fetch)));
  const members = witnesses.map((one, i) => ({ key: one.key, url: places[i]?.url ?? "" }));
  const quorumOf = (house: Awaited<ReturnType<typeof houseOver>>["house"], quorum: number) => {
    const list = house.keyList();
    const keys = list.witnesses?.keys ?? [];
    return { ...house, keyList: () => ({ ...list, witnesses: { quorum, keys } }) };
  };
  await places[0]?.open();
  const two = await houseOver({ database: leavesTo(3), folder: null }, members);
  await expect(writeLog(quorumOf(two.house, 2))).rejects.toThrow("witnesses_unheard"); // the other two may have cosigned more
  const three = await houseOver({ database: leavesTo(3), folder: null }, members);
  expect(await writeLog(quorumOf(three.house, 3))).toMatchObject({ size: 3 });
});

test("C2SP tlog-witness: what is no answer of a witness, as a proxy's own page, is not taken for one", async () => {
  const answers = [
    new Response("not here", { status: 404 }),
    new Response("<html>welcome</html>", { status: 200, headers: { "content-type": "text/html" } }),
    new Response("0\n", { status: 409, headers: { "content-type": "text/html" } }),
  ];
  const members = answers.map(async (answer, i) => {
    const { key } = aWitness(log.key, scratch("witness-"), `witness.example/${i}`);
    const place = await door(() => answer.clone());
    await place.open();
    return { key, url: place.url };
  });
  const store = await houseOver({ database: leavesTo(3), folder: null }, await Promise.all(members));
  await expect(writeLog(store.house)).rejects.toThrow("witnesses_unheard"); // all three are listed with a quorum of three: one would do
});
