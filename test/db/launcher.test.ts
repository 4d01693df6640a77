import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openDatabase } from "../../db/connect.ts";
import { type LaunchOptions, type OwnPostgres, startPostgres, withoutFsync } from "../../db/postgres/launcher.ts";
import { commandOfProcess, isAlive } from "../../db/postgres/process.ts";
import { takeServiceLock } from "../../db/postgres/service-lock.ts";
import { scratchRoot } from "../support/cluster.ts";
import { runChild } from "./run-child.ts";

const isRoot = process.geteuid?.() === 0;
if (!isRoot) console.warn("SKIPPED: not root, so PostgreSQL's refusal of root is not tried");

// One initdb for most tests: they start from a copy of a stopped cluster.
let prepared: string;
beforeAll(async () => {
  prepared = mkdtempSync(join(scratchRoot(), "chungthuc-prepared-"));
  const made = await startPostgres({ dataFolder: prepared, log: () => undefined, [withoutFsync]: true });
  if (!made.ok) throw new Error(JSON.stringify(made.failure));
  await made.value.stop();
});
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

let closed: string; // 0700: only its owner may enter
let dataFolder: string;
let outsideFolder: string;
let said: string[];
let running: OwnPostgres | undefined;
beforeEach(() => {
  closed = mkdtempSync(join(scratchRoot(), "chungthuc-pg-"));
  chmodSync(closed, 0o700);
  dataFolder = join(closed, "data");
  cpSync(prepared, dataFolder, { recursive: true });
  outsideFolder = mkdtempSync(join(scratchRoot(), "chungthuc-outside-"));
  chmodSync(outsideFolder, 0o755);
  said = [];
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(closed, { recursive: true, force: true });
  rmSync(outsideFolder, { recursive: true, force: true });
});

async function start(more: Partial<LaunchOptions> = {}): Promise<OwnPostgres> {
  const started = await startPostgres({ dataFolder, outsideFolder, log: (line) => said.push(line), ...more });
  if (!started.ok) throw new Error(JSON.stringify(started.failure));
  running = started.value;
  return running;
}

async function ask(url: string, statement: string) {
  const { sql, close } = openDatabase(url, { max: 1 });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await close();
  }
}
const serverPid = () => Number(readFileSync(join(dataFolder, "pg/cluster/postmaster.pid"), "utf8").split("\n")[0]);

test("DESIGN 11: a real PostgreSQL starts below a folder only its owner may enter, and keeps its rows over a restart", async () => {
  rmSync(dataFolder, { recursive: true });
  const { url, stop } = await start();
  await ask(url, "create table kept (n int); insert into kept values (42)");
  const pid = serverPid();
  await stop();
  await stop();
  expect(isAlive(pid)).toBe(false);
  const again = await start();
  expect(await ask(again.url, "select n from kept")).toEqual([{ n: 42 }]);
  expect(said).toEqual([]);
});

test("the cluster is UTF-8, synced to disk, on this machine's own address only, and asks for its password", async () => {
  const { url } = await start();
  const settings = `select current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
    current_setting('listen_addresses') as address, current_setting('password_encryption') as password`;
  expect(await ask(url, settings)).toEqual([
    { encoding: "UTF8", fsync: "on", address: "127.0.0.1", password: "scram-sha-256" },
  ]);
  await expect(ask(url.replace(/:[0-9a-f]{48}@/, ":wrong@"), "select 1")).rejects.toThrow(/password/);
  expect(statSync(join(dataFolder, "keys/postgres-password")).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(dataFolder, "pg")).sort()).toEqual(["cluster", "server.log"]); // no password left there
});

test("ADR 103: a cluster of before gets the role that serves; it owns nothing, has a new password at each start, and no file or log holds it", async () => {
  const before = await start();
  await ask(before.url, "create table kept (n int); insert into kept values (42); drop role chungthuc_service");
  await before.stop();
  const { url, serviceUrl, stop } = await start();
  expect(new URL(serviceUrl).password).not.toBe(new URL(before.serviceUrl).password);
  expect(await ask(url, "select n from kept")).toEqual([{ n: 42 }]);
  expect(await ask(serviceUrl, "select current_user as role")).toEqual([{ role: "chungthuc_service" }]);
  await expect(ask(serviceUrl, "select n from kept")).rejects.toThrow(/permission denied/);
  await expect(ask(serviceUrl, "copy (select 1) to program 'true'")).rejects.toThrow(/permission denied/);
  await stop();
  const files = ["keys/postgres-password", "pg/server.log"].map((name) => readFileSync(join(dataFolder, name), "utf8"));
  expect(files.join()).not.toContain(new URL(serviceUrl).password);
});

test("the server's log holds neither a failing statement nor the row it failed on", async () => {
  const { url } = await start();
  await ask(url, "create table person (name text unique); insert into person values ('Trần Thị B (hư cấu)')");
  await expect(ask(url, "insert into person values ('Trần Thị B (hư cấu)')")).rejects.toThrow(/unique/);
  expect(readFileSync(join(dataFolder, "pg/server.log"), "utf8")).not.toContain("hư cấu");
});

test("a second service over one data folder is refused and harms nothing, in this process and in another", async () => {
  const { url } = await start();
  const refused = { code: "data_folder_in_use", pid: process.pid };
  expect(await startPostgres({ dataFolder, log: () => undefined })).toMatchObject({ ok: false, failure: refused });
  const other = runChild("start-postgres.ts", [dataFolder]);
  expect(JSON.parse(await other.line(0))).toMatchObject(refused);
  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("of ten that find a dead service's lock at once, one gets the folder", () => {
  const before = readdirSync(dataFolder);
  writeFileSync(join(dataFolder, "service.pid"), `${process.pid} an earlier life of this number\n`);
  const taken = Array.from({ length: 10 }, () => takeServiceLock(dataFolder));
  expect(taken.filter((lock) => lock.ok).length).toBe(1);
  for (const lock of taken) if (lock.ok) lock.value.release();
  expect(readdirSync(dataFolder)).toEqual(before);
});

test("after SIGKILL of the service in full writing, the next start has every row that was acknowledged", async () => {
  const child = runChild("start-postgres.ts", [dataFolder]);
  await child.line(300);
  const oldServer = serverPid();
  await child.kill();
  const acknowledged = child.lines.length - 1;
  const { url } = await start();
  const [found] = await ask(url, "select count(*)::int as count, max(n) as max from counted");
  expect(found?.["count"]).toBe(found?.["max"]);
  expect(found?.["count"]).toBeGreaterThanOrEqual(acknowledged);
  expect(found?.["count"]).toBeLessThanOrEqual(acknowledged + 1); // the one in flight may have been written
  expect(isAlive(oldServer)).toBe(false);
});

test("after SIGKILL of service and server together, every acknowledged row is there", async () => {
  const child = runChild("start-postgres.ts", [dataFolder]);
  await child.line(300);
  process.kill(serverPid(), "SIGKILL");
  await child.kill();
  const { url } = await start();
  const [found] = await ask(url, "select count(*)::int as count from counted");
  expect(found?.["count"]).toBeGreaterThanOrEqual(child.lines.length - 1);
});

test.runIf(process.platform === "linux")("a killed service's server ends by itself", async () => {
  const child = runChild("start-postgres.ts", [dataFolder]);
  await child.line(1);
  const server = serverPid();
  await child.kill();
  await vi.waitUntil(() => !isAlive(server), { timeout: 10_000 });
});

test("a postmaster.pid whose number now belongs to another program stops neither start nor that program", async () => {
  const { stop } = await start();
  await stop();
  const stranger = runChild("sleep.ts", []);
  writeFileSync(
    join(dataFolder, "pg/cluster/postmaster.pid"),
    `${stranger.process.pid}\n/elsewhere\n1\n5432\n\n\n0 0\n`,
  );
  const { url } = await start();
  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(isAlive(stranger.process.pid ?? 0)).toBe(true);
  await stranger.kill();
});

test("an initdb that was killed halfway is begun anew", async () => {
  rmSync(dataFolder, { recursive: true });
  mkdirSync(join(dataFolder, "pg/cluster.new/base"), { recursive: true });
  writeFileSync(join(dataFolder, "pg/cluster.new/PG_VERSION"), "18\n");
  const { url } = await start();
  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(existsSync(join(dataFolder, "pg/cluster.new"))).toBe(false);
});

test("a cluster whose password is lost is not replaced", async () => {
  await (await start()).stop();
  rmSync(join(dataFolder, "keys"), { recursive: true });
  const answer = await startPostgres({ dataFolder, log: () => undefined });
  expect(answer).toMatchObject({ ok: false, failure: { code: "postgres_password_missing" } });
  expect(existsSync(join(dataFolder, "pg/cluster/PG_VERSION"))).toBe(true);
  expect(existsSync(join(dataFolder, "service.pid"))).toBe(false);
});

test("a server that cannot start tells why, and frees the folder", async () => {
  await (await start()).stop();
  writeFileSync(join(dataFolder, "pg/cluster/postgresql.conf"), "no_such_setting = 1\n");
  const answer = await startPostgres({ dataFolder, log: () => undefined });
  expect(answer).toMatchObject({
    ok: false,
    failure: { code: "postgres_did_not_start", detail: expect.stringContaining("no_such_setting") },
  });
  expect(existsSync(join(dataFolder, "service.pid"))).toBe(false);
});

test.runIf(isRoot)("as root the server sees no uid 0, and no file changes its owner", async () => {
  const { url } = await start({ identities: ["namespace"] });
  expect(statSync(join(dataFolder, "pg/cluster")).uid).toBe(0);
  expect(commandOfProcess(serverPid())).not.toContain("unshare");
  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test.runIf(isRoot)(
  "where namespaces are refused, nobody runs the same cluster elsewhere, says so, and it can come back",
  async () => {
    const first = await start();
    await ask(first.url, "create table kept (n int); insert into kept values (42)");
    await first.stop();
    for (const identity of ["nobody", "nobody", "namespace"] as const) {
      const { url, stop } = await start({ identities: [identity] });
      expect(await ask(url, "update kept set n = n + 1 returning n")).toHaveLength(1);
      await stop();
    }
    const last = await start();
    expect(await ask(last.url, "select n from kept")).toEqual([{ n: 45 }]);
    expect(said).toEqual([expect.stringContaining(outsideFolder)]);
  },
);

test.runIf(isRoot)("where neither is to be had, root is told the ways out and no folder stays locked", async () => {
  const answer = await startPostgres({ dataFolder, log: () => undefined, identities: [] });
  expect(answer).toEqual({
    ok: false,
    failure: {
      code: "root_cannot_run_postgres",
      waysOut: ["run_as_ordinary_user", "set_database_url", "allow_user_namespaces"],
    },
  });
  expect(existsSync(join(dataFolder, "service.pid"))).toBe(false);
});
