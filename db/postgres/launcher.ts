import { randomBytes } from "node:crypto";
import { mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { ok, type Result } from "../../src/core/kernel.ts";
import { findBinaries, linkLibraries } from "./binaries.ts";
import { databaseUser, ensureCluster } from "./cluster.ts";
import type { LaunchFailure } from "./failure.ts";
import { prepareHome } from "./home.ts";
import { chooseIdentity, type Identity } from "./run-as.ts";
import { type RunningServer, startServer, stopServer, stopServerLeftBehind } from "./server.ts";
import { takeServiceLock } from "./service-lock.ts";

export type OwnPostgres = {
  /** `postgres://…@127.0.0.1:port/chungthuc` of the owner, who may do everything; holds the password. */
  readonly url: string;
  /** The same for the service's role, which owns nothing. */
  readonly serviceUrl: string;
  /** Stops the server and frees the data folder; calling it again does nothing. */
  stop(): Promise<void>;
};

/** Key of an option that gives up durability: only a test that throws its cluster away may want it. */
export const withoutFsync: unique symbol = Symbol("without fsync");

export type LaunchOptions = {
  /** Made when missing (0700). The cluster stands in `pg/`, its password in `keys/`, the lock in `service.pid`. */
  readonly dataFolder: string;
  /** One line a call, only when something unusual is done. */
  readonly log: (line: string) => void;
  /** For a process that is root: ways tried in this order. */
  readonly identities?: readonly Identity[];
  /** Where the cluster goes when `nobody` must run it and cannot enter the data folder. */
  readonly outsideFolder?: string;
  readonly [withoutFsync]?: true;
};

/**
 * A real PostgreSQL of our own below the data folder (DESIGN decision 11), from npm's binaries. First start makes the
 * cluster, about a second; later ones take a tenth. A server that an earlier, killed service left is stopped first.
 * Call from the main thread: where the system can, it ends the server with the thread that started it.
 *
 * @returns `data_folder_in_use` while another live service holds the folder; see LaunchFailure for the rest
 */
export async function startPostgres(options: LaunchOptions): Promise<Result<OwnPostgres, LaunchFailure>> {
  const found = findBinaries(process.platform, process.arch);
  if (!found.ok) return found;
  mkdirSync(options.dataFolder, { recursive: true, mode: 0o700 });
  const dataFolder = realpathSync(options.dataFolder);
  const lock = takeServiceLock(dataFolder);
  if (!lock.ok) return lock;
  try {
    const started = await startLocked(dataFolder, found.value, options);
    if (!started.ok) lock.value.release();
    return started.ok ? ok(ownPostgres(started.value, lock.value.release)) : started;
  } catch (error) {
    lock.value.release();
    throw error;
  }
}

type Started = RunningServer & Pick<OwnPostgres, "url" | "serviceUrl">;

async function startLocked(
  dataFolder: string,
  found: Parameters<typeof linkLibraries>[0],
  options: LaunchOptions,
): Promise<Result<Started, LaunchFailure>> {
  const as = chooseIdentity(options.identities ?? ["namespace", "nobody"]);
  if (!as.ok) return as;
  // Before anything is moved or given to another owner: files of a running server cannot be.
  const stopped = await stopServerLeftBehind(join(dataFolder, "pg"));
  if (!stopped.ok) return stopped;
  const outside = options.outsideFolder ?? "/var/lib/chungthuc";
  const home = prepareHome(dataFolder, found, as.value, outside, options.log);
  const env = linkLibraries(home.binaries, join(home.folder, "lib"));
  const durable = options[withoutFsync] !== true;
  const passwordFile = join(dataFolder, "keys", "postgres-password");
  const cluster = await ensureCluster(home, passwordFile, as.value, env, durable);
  if (!cluster.ok) return cluster;
  const server = await startServer(home, as.value, env, durable ? [] : ["fsync=off", "full_page_writes=off"]);
  if (!server.ok) return server;
  const addressOf = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${server.value.port}`;
  const owner = addressOf(databaseUser, cluster.value.password);
  const password = randomBytes(24).toString("hex"); // drawn at each start, kept nowhere: nobody else signs in as the service
  await ensureDatabase(`${owner}/postgres`, password);
  const serviceUrl = `${addressOf(serviceRole, password)}/${databaseUser}`;
  return ok({ ...server.value, url: `${owner}/${databaseUser}`, serviceUrl });
}

function ownPostgres(server: Started, release: () => void): OwnPostgres {
  const stopAtExit = () => tellToStop(server.pid); // an end without stop(): an exception nobody caught
  process.once("exit", stopAtExit);
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    process.removeListener("exit", stopAtExit);
    await stopServer(server.pid);
    release();
  };
  return { url: server.url, serviceUrl: server.serviceUrl, stop: () => (stopping ??= stop()) };
}

function tellToStop(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // already gone: nothing to stop, and an exit must not fail over it
  }
}

const serviceRole = "chungthuc_service";

async function ensureDatabase(adminUrl: string, servicePassword: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${databaseUser}`;
    if (found.length === 0) await sql`create database ${sql(databaseUser)}`;
    await ensureServiceRole(sql, servicePassword);
  } finally {
    await sql.end();
  }
}

/** @param password hexadecimal: a role's password cannot be a parameter */
async function ensureServiceRole(sql: Sql, password: string): Promise<void> {
  const found = await sql`select 1 from pg_roles where rolname = ${serviceRole}`;
  if (found.length === 0) await sql`create role ${sql(serviceRole)} nologin`;
  const bounds = "login nosuperuser nocreatedb nocreaterole noreplication nobypassrls";
  await sql.unsafe(`alter role ${serviceRole} ${bounds} password '${password}'`);
}
