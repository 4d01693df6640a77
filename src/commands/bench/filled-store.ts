import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Bytes } from "../../core/kernel.ts";
import { equalBytes } from "../../core/kernel.ts";
import { inclusionProof } from "../../core/log/tile-proofs.ts";
import { newestTiles } from "../../core/log/tile-rows.ts";
import { makeRecord, sealRecord } from "../../core/record.ts";
import { recordName } from "../../core/verification-code.ts";
import { nodeSha256 } from "../../primitives-node.ts";
import { nodeCipher } from "../../publish/node-cipher.ts";
import { checkpointPath, logPath, recordPath } from "../../publish/public-files.ts";
import type { PublishedLog } from "../../publish/publisher.ts";
import { type House, randomOf } from "../../wiring/house.ts";
import { writeLog } from "../../wiring/watched-log.ts";
import { tell } from "../output.ts";
import { inBulk } from "./filling/bulk.ts";
import { agencyAt, benchCode, type Filling, factsOf, leafOf, recordAt } from "./filling/facts.ts";
import { openPlaces } from "./filling/places.ts";
import { filledTables, insertRows } from "./filling/rows.ts";

/**
 * Fills an empty development store with issued certificates, their leaves in the log, and records, as years of work would
 * leave them; without papers and copies, which none of the measured answers reads. Every constraint holds.
 */
export async function fillStore(house: House, dataFolder: string, filling: Filling): Promise<void> {
  const first = await openPlaces(house, filling);
  const blob = await house.blobs.put(agencyAt(house, 0), { kind: "bench", content: new Uint8Array(1) });
  if (!blob.ok) throw new Error(`the bench keeps no content: ${blob.failure.code}`);
  const asked = { filling, firstIndex: first, blobId: blob.value.id };
  await inBulk(house.sql, filledTables, () => insertRows(house.sql, asked));
  // As after years; only now, since whoever waited for the tables held a look at them as they were, which no vacuum passes.
  for (const table of filledTables) await house.sql`vacuum (analyze) ${house.sql(table)}`;
  await house.sql`select setval(pg_get_serial_sequence('certificate', 'status_index'), ${filling.certificates})`;
  tell(`${filling.certificates} certificates stand in the database`);
  await rowsAgree(house, { filling, first });
  await house.sql`drop table bench_place, bench_record`;
  const log = await writeLogInBulk(house, dataFolder);
  await publishRecords(house, dataFolder, { filling, first, ...log });
  await house.tellStatus();
  tell(`${filling.certificates} certificates stand in the log`);
}

/** What SQL wrote is what the programs write: leaves, and the words by which dossiers and lines are found. */
async function rowsAgree(
  { sql, ...house }: House,
  { filling, first }: Pick<ToPublish, "filling" | "first">,
): Promise<void> {
  for (const nth of [0, Math.floor(filling.records / 2), filling.records - 1]) {
    const i = recordAt(nth, filling);
    const [entry] = await sql<{ leaf: Bytes }[]>`select leaf from log_entry where index = ${first + i}`;
    if (entry === undefined || !equalBytes(entry.leaf, leafOf({ sql, ...house }, filling, i)))
      throw new Error(`leaf ${i} of the bench is none`);
    const told = () => sql`
      select d.*, l.* from certificate c join dossier_search d on d.dossier_id = c.dossier_id join register_search l on l.line_id = c.id
      where c.status_index = ${i}`;
    const written = await told();
    await sql`select index_dossier(dossier_id), index_line(id) from certificate where status_index = ${i}`;
    if (written.length !== 1 || JSON.stringify(await told()) !== JSON.stringify(written))
      throw new Error(`certificate ${i} of the bench is not found as others are`);
  }
}

/** By the log's own writer; only the files need not outlast a power cut, one by one. */
async function writeLogInBulk(house: House, dataFolder: string): Promise<PublishedLog> {
  const folders = new Set<string>();
  const write = async (path: string, bytes: Bytes) => {
    if (path === checkpointPath) return house.publicFiles.write(path, bytes);
    const place = join(dataFolder, "public", path);
    const folder = dirname(place);
    if (!folders.has(folder)) await mkdir(folder, { recursive: true });
    folders.add(folder);
    return writeFile(place, bytes);
  };
  return writeLog({ ...house, publicFiles: { ...house.publicFiles, write } });
}

type ToPublish = {
  readonly filling: Filling;
  readonly first: number;
  readonly size: number;
  readonly checkpoint: string;
};

async function publishRecords(house: House, dataFolder: string, told: ToPublish): Promise<void> {
  await mkdir(join(dataFolder, "public", "record"), { recursive: true });
  const known = newestTiles(512);
  const cipher = nodeCipher(nodeSha256);
  const read = (path: string) => house.publicFiles.read(logPath(path));
  for (let nth = 0; nth < told.filling.records; nth++) {
    const i = recordAt(nth, told.filling);
    const leafIndex = told.first + i;
    const inclusion = await inclusionProof(leafIndex, told.size, read, nodeSha256, known);
    if (!inclusion.ok) throw new Error(`the bench's log gives no proof: ${inclusion.failure.path}`);
    const proof = {
      leaf: leafOf(house, told.filling, i),
      leafIndex,
      inclusion: inclusion.value,
      checkpoint: told.checkpoint,
    };
    const record = makeRecord(factsOf(house, told.filling, i), proof);
    if (!record.ok) throw new Error(`the bench's record is out of bounds: ${record.failure.code}`);
    const sealed = await sealRecord(benchCode(i), record.value, cipher, randomOf(12));
    await writeFile(join(dataFolder, "public", recordPath(recordName(benchCode(i), nodeSha256))), sealed);
  }
}
