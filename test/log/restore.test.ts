import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepBook } from "../../db/stores/books.ts";
import { appendLeaf } from "../../db/stores/log.ts";
import { strangeEntries } from "../../db/stores/sealed-entries.ts";
import { monitorOf } from "../../src/commands/witness/monitor.ts";
import type { AgencyId, BookId } from "../../src/core/ids.ts";
import { type Instant, ok } from "../../src/core/kernel.ts";
import { auditLog } from "../../src/core/log/audit.ts";
import { decodeLeaf, encodeLeaf } from "../../src/core/log/leaf.ts";
import { publicFolder } from "../../src/publish/folder.ts";
import { publishLog } from "../../src/publish/publisher.ts";
import { rebuildFrom } from "../../src/wiring/rebuild-log.ts";
import { agreesWithAll, askLateWitnesses, writeLog } from "../../src/wiring/watched-log.ts";
import { parseCheckpoint, readEntries } from "./c2sp-reader.ts";
import { aLogHouse, aLogKey, leavesTo } from "./log-house.ts";
import { logMemory } from "./memory-files.ts";
import { aWitness, listening, scratch } from "./witness-parts.ts";

const log = aLogKey();

/** A public folder as the world saw it at that size. */
async function publishedAt(size: number, seed = 0): Promise<string> {
  const folder = scratch("published-");
  const leaves = leavesTo(size, seed);
  const published = await publishLog(publicFolder(folder), async (index) => leaves.slice(index), log, logMemory());
  expect(published.ok).toBe(true);
  return folder;
}

const checkpointOf = (folder: string) => readFileSync(join(folder, "log/checkpoint"), "utf8");
type House = Awaited<ReturnType<typeof aLogHouse>>;

/** A leaf of this store's own: the next book of the year is opened. */
async function openBook({ sql }: House): Promise<void> {
  const agencyId = "xa-hu-cau" as AgencyId;
  await sql`update book set closed_at = now()`;
  const id = crypto.randomUUID() as string as BookId;
  const opened = { id, agencyId, suffix: "SCTĐT/BS", year: 2027, openedAt: "2027-01-02T00:00:00Z" as Instant };
  expect(await keepBook(sql, opened)).not.toBeNull();
  const leaf = { event: "book_opened", agencyId, bookId: "01/2027-SCTĐT/BS", number: 0 } as const;
  await appendLeaf(sql, {
    event: "book_opened",
    certificateId: null,
    bookId: id,
    salt: null,
    now: "2027-01-02T00:00:00Z" as Instant,
    leafAt: (time) => encodeLeaf({ ...leaf, time, commitment: new Uint8Array() }),
  });
}

/** Every leaf of the folder, in order; what an audit of its meaning finds. */
async function auditOf(folder: string) {
  const { size } = parseCheckpoint(checkpointOf(folder));
  const files = publicFolder(folder);
  const audit = auditLog("2027-01-03T00:00:00Z" as Instant);
  for (const [i, entry] of (await readEntries(size, (path) => files.read(`log/${path}`))).entries()) {
    const leaf = decodeLeaf(entry);
    if (leaf.ok) audit.add(leaf.value, i);
  }
  return { size: Number(size), cheats: audit.findings().cheats };
}

test("database from an old backup: nothing is signed; taken back from the tiles, the log goes on without a fork or a twin", async () => {
  const newest = await publishedAt(300);
  const store = await aLogHouse(log, { database: leavesTo(280), folder: newest });
  const before = checkpointOf(store.folder);
  expect(await agreesWithAll(store.house)).toEqual({ ok: false, failure: { code: "log_ahead", publishedSize: 300 } });
  await openBook(store);
  await expect(writeLog(store.house)).rejects.toThrow("log_ahead");
  expect(checkpointOf(store.folder)).toBe(before);

  const rebuilt = await rebuildFrom(store.house, store.house.publicFiles.read);
  expect(rebuilt).toMatchObject({ ok: true, value: { size: 300, takenBack: 20, movedToEnd: 1 } });
  const lost = rebuilt.ok ? rebuilt.value.withoutLine.map(({ number }) => number) : [];
  expect(lost).toEqual(Array.from({ length: 20 }, (_, i) => 280 + i));
  const strange = await strangeEntries(store.sql, "xa-hu-cau" as AgencyId, 5);
  expect(strange.map(({ number }) => number)).toEqual([299, 298, 297, 296, 295]); // an alarm to the agency's people
  expect(await strangeEntries(store.sql, "xa-khac" as AgencyId, 5)).toEqual([]);
  const [series] = await store.sql`select last_number from number_series where year = 2026`;
  expect(series?.["last_number"]).toBe(299);
  expect(await agreesWithAll(store.house)).toEqual({ ok: true, value: { size: 300 } });
  await writeLog(store.house);
  expect(await auditOf(store.folder)).toEqual({ size: 301, cheats: [] });
});

test("public folder from an old backup: the store publishes again what it promised, byte for byte the same tree", async () => {
  const [old, newest] = [await publishedAt(250), await publishedAt(300)];
  const store = await aLogHouse(log, { database: leavesTo(300), folder: old });
  await writeLog(store.house);
  expect(parseCheckpoint(checkpointOf(store.folder))).toEqual(parseCheckpoint(checkpointOf(newest)));
  await openBook(store);
  await writeLog(store.house);
  expect(await auditOf(store.folder)).toEqual({ size: 301, cheats: [] });
});

/** A witness that cosigned and mirrored the log up to that size, behind a real socket. */
async function witnessAt(size: number) {
  const newest = await publishedAt(size);
  const witness = aWitness(log.key);
  const url = await listening(witness.door);
  const files = publicFolder(newest);
  await witness.post(`old 0\n\n${checkpointOf(newest)}`);
  const fetch = async (path: string) => ok(await files.read(`log/${path}`));
  const now = () => "2026-06-01T00:00:00Z" as Instant;
  const watched = { ...log, prefix: "", mirror: witness.log.mirror };
  const round = monitorOf(watched, { fetch, memory: witness.memory, alarms: witness.alarms, now });
  expect(await round()).toBe("followed");
  return { witness, url, member: { key: witness.key, url } };
}

test("database and public folder from old backups: the witness remembers more, so nothing is signed; its mirror gives all back", async () => {
  const { witness, member } = await witnessAt(300);
  const store = await aLogHouse(log, { database: leavesTo(250), folder: await publishedAt(250) }, [member]);
  const before = checkpointOf(store.folder);
  const ahead = { code: "witness_ahead", witness: "witness.example/w1", witnessedSize: 300, publishedSize: 250 };
  expect(await agreesWithAll(store.house)).toEqual({ ok: false, failure: ahead });
  await openBook(store);
  await expect(writeLog(store.house)).rejects.toThrow("witness_ahead");
  expect(checkpointOf(store.folder)).toBe(before);
  expect(witness.cries).toEqual([]);

  const rebuilt = await rebuildFrom(store.house, witness.log.mirror.read);
  expect(rebuilt).toMatchObject({ ok: true, value: { size: 300, takenBack: 50, movedToEnd: 1 } });
  expect(await agreesWithAll(store.house)).toEqual({ ok: true, value: { size: 250 } });
  const written = await writeLog(store.house);
  expect(written).toMatchObject({ size: 301, checkpoint: expect.stringContaining("— witness.example/w1 ") });
  expect(await auditOf(store.folder)).toEqual({ size: 301, cheats: [] });
  expect(witness.cries).toEqual([]);
});

test("neither folder nor database is left: an empty store asks the witness before it signs its first leaf", async () => {
  const { member } = await witnessAt(40);
  const store = await aLogHouse(log, { database: [], folder: null }, [member]);
  expect(await agreesWithAll(store.house)).toMatchObject({ failure: { code: "witness_ahead", publishedSize: 0 } });
});

test("a store that already published another history is told so: no command makes two histories one", async () => {
  const store = await aLogHouse(log, { database: leavesTo(300, 1), folder: await publishedAt(300, 1) });
  const rebuilt = await rebuildFrom(store.house, publicFolder(await publishedAt(310)).read);
  expect(rebuilt).toEqual({ ok: false, failure: { code: "log_forked", index: 1 } });
  expect((await store.sql`select count(*)::int as n from log_entry`)[0]?.["n"]).toBe(300);
});

test("a source is believed only when every entry leads to what the log signed; an older one changes nothing", async () => {
  const newest = await publishedAt(300);
  const store = await aLogHouse(log, { database: leavesTo(280), folder: null });
  const bundle = join(newest, "log/tile/entries/001.p/44");
  const bytes = readFileSync(bundle);
  writeFileSync(
    bundle,
    bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte)),
  );
  const changed = await rebuildFrom(store.house, publicFolder(newest).read);
  expect(changed).toMatchObject({ ok: false, failure: { code: "tiles_disagree" } });
  const count = async () => (await store.sql`select count(*)::int as n from log_entry`)[0]?.["n"];
  expect(await count()).toBe(280);
  const older = await rebuildFrom(store.house, publicFolder(await publishedAt(100)).read);
  expect(older).toMatchObject({ ok: true, value: { takenBack: 0 } });
  expect(await count()).toBe(280);
});

test("decision 7: a silent witness delays nothing but its own name, and is asked again later", async () => {
  const witness = aWitness(log.key);
  const silent = {
    key: { name: "witness.example/silent", publicKey: witness.key.publicKey },
    url: "http://127.0.0.1:1",
  };
  const late = { key: witness.key, url: await listening(witness.door) };
  const store = await aLogHouse(log, { database: leavesTo(3), folder: null }, [silent, late]);
  const written = await writeLog(store.house);
  expect(written.size).toBe(3);
  expect(written.checkpoint.match(/^— /gmu)).toHaveLength(2); // the log's and the witness's that answered
  expect(store.lines.some((line) => line.includes("witness_silent"))).toBe(true);
  await askLateWitnesses(store.house);
  expect(checkpointOf(store.folder).match(/^— /gmu)).toHaveLength(2);
});
