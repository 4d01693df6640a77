import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { cpSync } from "node:fs";
import type { Sql } from "postgres";
import { onTestFinished } from "vitest";
import { type Bytes, type Instant, instantOfSeconds } from "../../src/core/kernel.ts";
import { type KeyList, serviceKeyId } from "../../src/core/key-list.ts";
import { decodeLeaf, encodeLeaf, type LeafEvent } from "../../src/core/log/leaf.ts";
import { httpClient } from "../../src/http.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { publicFolder } from "../../src/publish/folder.ts";
import { ed25519Signer, rawPublicKey, verifyEd25519 } from "../../src/publish/node-keys.ts";
import type { Witness } from "../../src/publish/witnesses.ts";
import { createLog } from "../../src/roof/log.ts";
import { circleOf, type LogHouse } from "../../src/wiring/watched-log.ts";
import { freshDatabase } from "../support/database.ts";
import { sha256 } from "./memory-files.ts";
import { scratch } from "./witness-parts.ts";

export const origin = "log.example/hu-cau";
export const begin = 1_780_000_000;

/** A log's own key, as the service holds it. */
export function aLogKey() {
  const secret = generateKeyPairSync("ed25519").privateKey;
  const key = { name: origin, publicKey: rawPublicKey(secret) };
  return { secret, key, sign: ed25519Signer(secret), verify: verifyEd25519, sha256 };
}

/** Leaf `i` of a log: the year's book opened, then its numbers 1, 2, 3 … @param seed another history */
export function leafAt(i: number, seed = 0): Bytes {
  const event: LeafEvent = i === 0 ? "book_opened" : "issued";
  const ofItsOwn = Uint8Array.from({ length: 32 }, (_, nth) => (nth === 0 ? i >> 8 : nth === 1 ? i & 255 : seed));
  const commitment = i === 0 ? new Uint8Array() : ofItsOwn;
  const time = instantOfSeconds(begin + i);
  return encodeLeaf({ event, agencyId: "xa-hu-cau", bookId: "01/2026-SCTĐT/BS", number: i, time, commitment });
}

export const leavesTo = (size: number, seed = 0): Bytes[] => Array.from({ length: size }, (_, i) => leafAt(i, seed));

export type Restored = {
  readonly database: readonly Bytes[];
  readonly promised?: number;
  readonly folder: string | null;
};

/**
 * What writes a log over a real database and folder, both as a backup left them.
 *
 * @param folder a public folder to be copied; null begins with none
 */
export async function aLogHouse(log: ReturnType<typeof aLogKey>, state: Restored, witnesses: readonly Witness[] = []) {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  await database.owner
    .sql`insert into agency ${database.owner.sql({ id: "xa-hu-cau", name: "Xã Hư Cấu", province: "Tỉnh Hư Cấu", code: "HC", development: true, created_at: "2026-01-01T00:00:00Z" })}`;
  await fill(database.owner.sql, state.database);
  const folder = scratch("public-");
  if (state.folder !== null) cpSync(state.folder, folder, { recursive: true });
  const lines: string[] = [];
  const http = httpClient({ timeoutSeconds: 5, answerBytes: 1_000_000, reach: "anywhere" });
  onTestFinished(() => http.close());
  const writer = createLog({
    now: () => "",
    write: (line) => void lines.push(line),
    lowest: "info",
    showMessages: true,
  });
  const house: LogHouse = {
    sql: database.owner.sql,
    publicFiles: publicFolder(folder),
    primitives: nodePrimitives,
    keyList: () => keyListOf(log.secret, witnesses),
    serviceKeys: { log: log.secret, code: log.secret, status: log.secret, credential: null },
    witnesses: circleOf(witnesses, http, writer),
    log: writer,
    pass: async () => undefined,
  };
  return { house, folder, sql: database.owner.sql, lines };
}

export function keyListOf(secret: KeyObject, witnesses: readonly Witness[]): KeyList {
  const publicKey = rawPublicKey(secret);
  const term = { from: "2020-01-01T00:00:00Z" as Instant, to: null };
  const key = { id: serviceKeyId(publicKey, sha256), use: "log", algorithm: "Ed25519", publicKey, ...term } as const;
  const keys = witnesses.map((witness) => ({ ...witness.key, ...term }));
  const listed = witnesses.length === 0 ? {} : { witnesses: { quorum: witnesses.length, keys } };
  return { sequence: 1, issuedAt: term.from, logOrigin: origin, keys: [key], agencies: [], anchors: [], ...listed };
}

/** Rows as a store has them whose register lines do not matter here. */
async function fill(sql: Sql, leaves: readonly Bytes[]): Promise<void> {
  for (const [index, bytes] of leaves.entries()) {
    const leaf = decodeLeaf(bytes);
    if (!leaf.ok) throw new Error("no leaf");
    await sql`insert into log_entry (index, event, leaf, logged_at, rebuilt)
      values (${index}, ${leaf.value.event}, ${bytes}, ${leaf.value.time}, true)`;
  }
}
