import { randomBytes } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../db/connect.ts";
import { type Cluster, withDatabase } from "./cluster.ts";

/** The connections here are of the role that serves: what a program lacks a right for fails in its test. ADR 103. */
export type FreshDatabase = Database & {
  /** What a service is started with. */
  readonly url: string;
  readonly ownerUrl: string;
  /** Of the tables' owner, for what no program does: rows past their triggers, and the triggers themselves. */
  readonly owner: Database;
  /** Closes and drops it; connections of others are cut off. */
  drop(): Promise<void>;
};

/** A database of its own with every migration, from the run's template: some 30 ms. Drop it when done. */
export async function freshDatabase(options: { readonly max?: number } = {}): Promise<FreshDatabase> {
  const cluster = await askForCluster();
  return databaseFrom(cluster, cluster.template, options.max ?? 5);
}

/** A database with nothing in it, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  return databaseFrom(await askForCluster(), "template0", 5);
}

/** All that stands in another one now; nobody may be connected to that. */
export async function copyOfDatabase(url: string): Promise<FreshDatabase> {
  return databaseFrom(await askForCluster(), new URL(url).pathname.slice(1), 5);
}

async function databaseFrom(cluster: Cluster, template: string, max: number): Promise<FreshDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const unshadowed = `revoke temporary on database ${name} from public`; // a template does not hand this on
  await onAdmin(cluster, `create database ${name} template ${template}`, unshadowed);
  const [url, ownerUrl] = [withDatabase(cluster.serviceUrl, name), withDatabase(cluster.adminUrl, name)];
  const [database, owner] = [openDatabase(url, { max }), openDatabase(ownerUrl, { max })];
  const drop = async () => {
    await Promise.all([database.close(), owner.close()]);
    await onAdmin(cluster, `drop database if exists ${name} with (force)`);
  };
  return { ...database, url, ownerUrl, owner, drop };
}

async function askForCluster(): Promise<Cluster> {
  const answer = await fetch(inject("clusterDoor"));
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as Cluster;
}

async function onAdmin(cluster: Cluster, ...statements: readonly string[]): Promise<void> {
  const sql = postgres(cluster.adminUrl, { max: 1, onnotice: () => undefined });
  for (const statement of statements) await sql.unsafe(statement);
  await sql.end();
}

/** As if a killed worker's leases had run out: what it held is free for the next one at once. */
export async function leasesOver(sql: Sql): Promise<void> {
  await sql`update job set locked_until = clock_timestamp() where status = 'running'`;
  await sql`update copies_act set beat_at = '-infinity' where ended_at is null`;
}
