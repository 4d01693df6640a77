import { join } from "node:path";
import type { Sql } from "postgres";
import { openBlobStore } from "../../db/blob-store.ts";
import { openBlobFolder } from "../../db/blobs/folder.ts";
import { readMasterKey } from "../../db/blobs/master-key.ts";
import type { BlobId } from "../../src/core/ids.ts";
import { decodeLeaf } from "../../src/core/log/leaf.ts";

type Line = { number: number; status: string; id: string; copies: number };
type Entry = { index: string; event: string; certificate_id: string | null; leaf: Uint8Array };

/**
 * What is wrong with the register and the log, in words; nothing where all is well: numbers 1..n of the series each
 * issued, voided or in progress; one leaf a copy; no leaf missing or twice; every blob that a row names is there.
 */
export async function registerFaults(sql: Sql, dataFolder: string): Promise<string[]> {
  const lines = await sql<Line[]>`select number, status, id, copies from certificate order by number`;
  const [series] = await sql<{ last_number: number }[]>`select last_number from number_series`;
  const entries = await sql<Entry[]>`select index, event, certificate_id, leaf from log_entry order by index`;
  const agrees = (series?.last_number ?? 0) === lines.length;
  return [
    ...lines.filter((line, i) => line.number !== i + 1).map((line) => `a gap or twin before number ${line.number}`),
    ...(agrees ? [] : ["the series and the lines disagree"]),
    ...entries
      .filter((entry, i) => Number(entry.index) !== i)
      .map((entry) => `a leaf is missing before ${entry.index}`),
    ...entries.filter(({ leaf }) => !decodeLeaf(leaf).ok).map((entry) => `leaf ${entry.index} cannot be read`),
    ...lines.flatMap((line) => wronglyLogged(line, entries)),
    ...(await lostBlobs(sql, dataFolder)),
  ];
}

function wronglyLogged({ id, number, status, copies }: Line, entries: readonly Entry[]): string[] {
  if (status === "in_progress") return [];
  const events = entries.filter((entry) => entry.certificate_id === id).map((entry) => entry.event);
  const further = status === "issued" ? Array.from({ length: copies - 1 }, () => "further_copy") : [];
  return events.join() === [status, ...further].join()
    ? []
    : [`number ${number}, ${status}, is logged as ${events.join() || "nothing"}`];
}

async function lostBlobs(sql: Sql, dataFolder: string): Promise<string[]> {
  const named = await sql<{ id: BlobId }[]>`
    select id from blob where key_wrapped is not null and id in (
      select blob_id from original union select blob_id from page union select blob_id from page_words union select straight_blob_id from page_words union select blob_id from page_straight
      union select code_blob_id from certified_copy union select person_signed_blob_id from certified_copy
      union select sealed_blob_id from certified_copy)`;
  const blobs = storeOf(sql, dataFolder);
  const lost: string[] = [];
  for (const { id } of named) {
    const read = await blobs.get(id);
    if (!read.ok) lost.push(`a file is lost: ${read.failure.code}`);
  }
  return lost;
}

function storeOf(sql: Sql, dataFolder: string) {
  const masterKey = readMasterKey(join(dataFolder, "keys", "master.key"));
  if (!masterKey.ok) throw new Error(masterKey.failure.code);
  const folder = openBlobFolder(join(dataFolder, "blobs"));
  return openBlobStore({ sql, folder, masterKey: masterKey.value, random: (length) => new Uint8Array(length) });
}
