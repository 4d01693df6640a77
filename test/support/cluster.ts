import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../db/connect.ts";
import { migrate } from "../../db/migrate.ts";
import { startPostgres, withoutFsync } from "../../db/postgres/launcher.ts";
import { grantRights } from "../../db/roles/grant-rights.ts";
import { builtFolder } from "./built-place.ts";
import { buildSources } from "./built-sources.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Answers with the cluster, started when first asked: runs without a database do not wait for one. */
    clusterDoor: string;
    /** The sources as JavaScript, for processes of their own. */
    builtFolder: string;
  }
}

/** `adminUrl` may make databases, `serviceUrl` is of a role that serves; `template` holds every migration of this run. */
export type Cluster = { readonly adminUrl: string; readonly serviceUrl: string; readonly template: string };

type Running = Cluster & { stop(): Promise<void> };

let door: Server | undefined;
let running: Promise<Running> | undefined;
let removeBuilt: (() => void) | undefined;

export async function setup(project: TestProject): Promise<void> {
  await chromium.executablePath(); // unpacked here, once: test files side by side would write over each other
  removeBuilt = await buildSources();
  project.provide("builtFolder", builtFolder);
  project.onTestsRerun(async () => void (await buildSources()));
  door = createServer((_request, response) => {
    running ??= startCluster();
    running.then(
      ({ adminUrl, serviceUrl, template }) => response.end(JSON.stringify({ adminUrl, serviceUrl, template })),
      (error) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => door?.listen(0, "127.0.0.1", resolve));
  const address = door.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  project.provide("clusterDoor", `http://127.0.0.1:${port}/`);
}

export async function teardown(): Promise<void> {
  door?.closeAllConnections();
  door?.close();
  await (await running?.catch(() => undefined))?.stop();
  removeBuilt?.();
}

async function startCluster(): Promise<Running> {
  const given = process.env["TEST_DATABASE_URL"] ?? process.env["DATABASE_URL"];
  const { adminUrl, serviceUrl, stop } = given === undefined ? await startOwn() : await servedBy(given);
  const template = `chungthuc_template_${process.pid}`;
  await onAdmin(adminUrl, `drop database if exists ${template}`);
  await onAdmin(adminUrl, `create database ${template} encoding 'UTF8' template template0`);
  await fillTemplate(adminUrl, template, new URL(serviceUrl).username);
  return {
    adminUrl,
    serviceUrl,
    template,
    stop: async () => {
      if (given !== undefined) await onAdmin(adminUrl, `drop database if exists ${template}`);
      await stop();
    },
  };
}

async function startOwn() {
  const folder = mkdtempSync(join(scratchRoot(), "chungthuc-test-"));
  const started = await startPostgres({ dataFolder: folder, log: console.warn, [withoutFsync]: true });
  if (!started.ok) throw new Error(`no PostgreSQL for the tests: ${JSON.stringify(started.failure)}`);
  const stop = async () => {
    await started.value.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { adminUrl: started.value.url, serviceUrl: started.value.serviceUrl, stop };
}

/** A server that is there already gets a role for this run, and loses it with the last of its databases. */
async function servedBy(adminUrl: string) {
  const role = `chungthuc_test_service_${process.pid}`;
  const password = randomBytes(16).toString("hex");
  await onAdmin(adminUrl, `create role ${role} login password '${password}'`);
  const serviceUrl = Object.assign(new URL(adminUrl), { username: role, password }).href;
  return { adminUrl, serviceUrl, stop: () => onAdmin(adminUrl, `drop role ${role}`) };
}

async function fillTemplate(adminUrl: string, template: string, serviceRole: string): Promise<void> {
  const database = openDatabase(withDatabase(adminUrl, template), { max: 1 });
  const migrated = await migrate(database.sql);
  if (migrated.ok) await grantRights(database.sql, serviceRole);
  await database.close();
  if (!migrated.ok) throw new Error(`migrations of the template: ${JSON.stringify(migrated.failure)}`);
}

async function onAdmin(adminUrl: string, statement: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await sql.unsafe(statement);
  await sql.end();
}

/** Where throw-away clusters stand: in memory where there is room, since a busy disk makes every fsync wait. */
export function scratchRoot(): string {
  try {
    const memory = statfsSync("/dev/shm");
    return memory.bavail * memory.bsize > 2 << 29 ? "/dev/shm" : tmpdir();
  } catch {
    return tmpdir();
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
