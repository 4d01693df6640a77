import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type BlobStore, openBlobStore } from "../../db/blob-store.ts";
import { openBlobFolder } from "../../db/blobs/folder.ts";
import {
  type MasterKey,
  type MasterKeyFailure,
  readMasterKey,
  readOrCreateMasterKey,
} from "../../db/blobs/master-key.ts";
import { type Database, openDatabase } from "../../db/connect.ts";
import type { MigrationFailure } from "../../db/migrate.ts";
import type { LaunchFailure } from "../../db/postgres/failure.ts";
import { startPostgres } from "../../db/postgres/launcher.ts";
import { birthOf } from "../../db/stores/store-mark.ts";
import type { Config } from "../config.ts";
import { fail, ok, type Result } from "../core/kernel.ts";
import { randomOf } from "./house.ts";
import { prepareDatabase } from "./prepare-database.ts";

export type Store = {
  readonly database: Database;
  readonly blobs: BlobStore;
  readonly masterKey: MasterKey;
  readonly close: () => Promise<void>;
};

export type StoreFailure =
  | LaunchFailure
  | MigrationFailure
  | MasterKeyFailure
  /** A development store stays one for ever, and never becomes one. DESIGN decision 10. */
  | { readonly code: "store_born_otherwise"; readonly born: "development" | "production" };

const connections = 24;

/** Database, keys and files of the store; nothing stays open when it fails. */
export async function openStore(config: Config, log: (line: string) => void): Promise<Result<Store, StoreFailure>> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const server = await databaseServer(config, log);
  if (!server.ok) return server;
  const { url, ownerUrl } = server.value;
  const works = config.worksAsOwner === true ? (ownerUrl ?? url) : url;
  const database = openDatabase(works, { max: connections });
  const close = async () => {
    await database.close();
    await server.value.stop();
  };
  const prepared = await prepareDatabase(database, ownerUrl, { ...config, log });
  const opened = prepared.ok ? await openWith(config, database) : prepared;
  if (!opened.ok) await close();
  return opened.ok ? ok({ ...opened.value, database, close }) : opened;
}

async function databaseServer(config: Config, log: (line: string) => void) {
  const { databaseUrl: url, databaseOwnerUrl: ownerUrl = null } = config;
  if (url !== null) return ok({ url, ownerUrl, stop: async () => undefined });
  const own = await startPostgres({ dataFolder: config.dataFolder, log });
  return own.ok ? ok({ url: own.value.serviceUrl, ownerUrl: own.value.url, stop: own.value.stop }) : own;
}

async function openWith(
  config: Config,
  database: Database,
): Promise<Result<{ blobs: BlobStore; masterKey: MasterKey }, StoreFailure>> {
  const born = await birthOf(database.sql, config.mode);
  if (born !== config.mode) return fail({ code: "store_born_otherwise", born });
  const masterKey =
    config.mode === "development"
      ? readOrCreateMasterKey(join(config.dataFolder, "keys", "master.key"))
      : readMasterKey(config.keyFile);
  if (!masterKey.ok) return masterKey;
  const folder = openBlobFolder(join(config.dataFolder, "blobs"));
  const blobs = openBlobStore({ sql: database.sql, folder, masterKey: masterKey.value, random: randomOf });
  return ok({ blobs, masterKey: masterKey.value });
}
