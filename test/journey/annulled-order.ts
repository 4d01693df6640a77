import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { inflateSync } from "node:zlib";
import type { Sql } from "postgres";
import { officialsAt } from "../support/officials.ts";

/** What a published status list says of an index; its signature is not looked at. Token Status List, two bits an index. */
export function statusesIn(token: string): (index: number) => number {
  const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
  const packed = inflateSync(Buffer.from(claims.status_list.lst, "base64url"));
  return (index) => ((packed[index >> 2] ?? 0) >> ((index % 4) * 2)) & 3;
}

export const decisionOfToday = () => ({
  ...{ outcome: "annulled", decisionNumber: "01/QĐ-UBND", decidedBy: "Chủ tịch (hư cấu)" },
  decisionDate: new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10),
  reason: "Chứng thực nhầm bản chính.",
});

type Place = { readonly url: string; readonly folder: string; readonly sql: Sql };

/** One decision about the number that has so many copies: seconds until the answer, the status list, and the last record. */
export async function annulledOrder({ url, folder, sql }: Place, copies: number) {
  const lines = await sql<{ dossier_id: string; status_index: string; code: string }[]>`
    select dossier_id, status_index, encode(code_hash, 'hex') as code from certified_copy where copies = ${copies}`;
  const recordOf = ({ code }: (typeof lines)[number]) => readFileSync(join(folder, "public", "record", code));
  const before = lines.map(recordOf);
  const published = () => statusesIn(readFileSync(join(folder, "public", "status", "0"), "utf8"));
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const answer = await officialsAt(url, folder).ask(
    "lanhdao",
    "POST",
    `/api/dossiers/${lines[0]?.dossier_id}/annulment`,
    decisionOfToday(),
  );
  if (!answer.ok) throw new Error(answer.code);
  const answered = since();
  while (!lines.every(({ status_index }) => published()(Number(status_index)) === 1)) await pause(50);
  const listed = since();
  while (lines.some((line, i) => before[i]?.equals(recordOf(line)))) await pause(100);
  return { stage: "annul", copies: lines.length, answered, listed, records: since() };
}
