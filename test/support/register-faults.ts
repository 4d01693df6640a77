import { join } from "node:path";
import type { Sql } from "postgres";
import { openBlobFolder } from "../../db/blobs/folder.ts";
import { decodeLeaf } from "../../src/core/log/leaf.ts";

/**
 * What is wrong with the register and the log, in words; nothing where all is well: numbers 1..n of the series each
 * issued, voided or in progress; one leaf an issue; no leaf missing or twice; every blob that a row names is there.
 */
export async function registerFaults(sql: Sql, dataFolder: string): Promise<string[]> {
  const faults: string[] = [];
  const lines = await sql<{ number: number; status: string; id: string }[]>`
    select number, status, id from certificate order by number`;
  lines.forEach((line, i) => {
    if (line.number !== i + 1) faults.push(`line ${i + 1} has the number ${line.number}`);
  });
  const [series] = await sql<{ last_number: number }[]>`select last_number from number_series`;
  if ((series?.last_number ?? 0) !== lines.length) faults.push("the series and the lines disagree");
  const entries = await sql<{ index: string; event: string; certificate_id: string | null; leaf: Uint8Array }[]>`
    select index, event, certificate_id, leaf from log_entry order by index`;
  entries.forEach((entry, i) => {
    if (Number(entry.index) !== i) faults.push(`leaf ${i} is missing`);
    if (!decodeLeaf(entry.leaf).ok) faults.push(`leaf ${i} cannot be read`);
  });
  for (const { id, number, status } of lines) {
    const leaves = entries.filter((entry) => entry.certificate_id === id).map((entry) => entry.event);
    const wanted = status === "issued" ? "issued" : status === "voided" ? "voided" : "";
    if (status !== "in_progress" && leaves.join() !== wanted)
      faults.push(`number ${number} is logged as ${leaves.join() || "nothing"}`);
  }
  const present = new Set<string>(openBlobFolder(join(dataFolder, "blobs")).ids());
  const named = await sql<{ id: string }[]>`
    select b.id from blob b where b.key_wrapped is not null and b.id in (
      select blob_id from original union select blob_id from page union select words_blob_id from page
      union select code_blob_id from certificate union select person_signed_blob_id from certificate
      union select sealed_blob_id from certificate)`;
  for (const { id } of named) if (!present.has(id)) faults.push(`a file is lost: ${id}`);
  return faults;
}
