import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { coarseScansOf } from "../../db/stores/coarse-scans.ts";
import { keepAttestation } from "../../db/stores/dossiers.ts";
import { eventsOf } from "../../db/stores/events.ts";
import { pagesOf } from "../../db/stores/pages.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import { fail, ok } from "../../src/core/kernel.ts";
import { type AttestingWorld, attestCopy } from "../../src/usecases/attest-copy.ts";
import { aStatement, morning } from "./desk.ts";
import { actor, compared, found, openPaperDesk, ownerSql as sql } from "./paper-desk.ts";
import { confirmAll, digest, scannedPaper } from "./scanned-paper.ts";

openPaperDesk();

const reason = "Bản chính đóng gáy cứng, máy quét không mở phẳng được (hư cấu)";

const world: AttestingWorld = {
  dossier: found,
  pages: (id) => pagesOf(sql, id),
  offSite: async () => null,
  isForgeryRecorded: async () => false,
  onceAnswered: async () => true,
  earlierCopies: async () => [],
  keepAgain: async () => null,
  keepAttestation: (...kept) => keepAttestation(sql, ...kept, morning),
};

const attest = ({ id }: Dossier, coarseReason: string | null) =>
  attestCopy(id, { ...aStatement, coarseReason }, actor, world);

/** Four pages, compared one by one. */
async function confirmed(dpis: readonly number[]): Promise<Dossier> {
  const { dossier } = await scannedPaper(dpis.map((dpi, i) => ({ letter: "ab09"[i] ?? "f", dpi })));
  await confirmAll(dossier);
  return dossier;
}

const keptOf = async ({ id }: Dossier) => (await coarseScansOf(sql, [id])).get(id) ?? null;

test("SCAN-1: pages below 200 dpi are attested with a recorded reason that names them, or not at all", async () => {
  const dossier = await confirmed([200, 150, 196, 195.9]);
  const refused = fail({ code: "pages_coarse", pages: [2, 4] });
  for (const short of [null, "", "quá mờ", `   ${"a".repeat(9)}   `, "a".repeat(501)])
    expect(await attest(dossier, short)).toEqual(refused);
  expect([(await found(dossier.id)).status, await keptOf(dossier)]).toEqual(["read", null]);
  expect(await attest(dossier, ` ${reason} `)).toEqual(ok(null));
  const by = "Lê Thị Minh Họa (hư cấu)";
  expect(await keptOf(dossier)).toEqual({ pages: [2, 4], reason, by, at: morning });
  expect((await eventsOf(sql, dossier.id)).map(({ what }) => what)).toEqual(["coarse_scan_told", "attested"]);
});

test("SCAN-1: a scan that is fine enough asks for no reason and keeps none; copies on paper only have no scan", async () => {
  const dossier = await confirmed([200, 300, 196, 600]);
  expect(await attest(dossier, reason)).toEqual(ok(null));
  expect(await keptOf(dossier)).toBeNull();
  expect((await compared()).status).toBe("attested");
});

const straight = ({ id }: Dossier) =>
  sql`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
    values (${id}, ${actor.personId}, true, 4, ${morning})`;
const told = ({ id }: Dossier, pages: readonly number[], why = reason) =>
  sql`insert into coarse_scan (dossier_id, pages, reason, person_id, told_at)
    values (${id}, ${[...pages]}, ${why}, ${actor.personId}, ${morning})`;

test("SCAN-1: the database refuses the attestation without the reason, with other pages in it, and one that comes too late", async () => {
  const dossier = await confirmed([200, 150, 200, 90]);
  await expect(straight(dossier)).rejects.toThrow(/SCAN-1/);
  await expect(told(dossier, [2, 4], "quá mờ")).rejects.toThrow(/check constraint/);
  await told(dossier, [2]);
  await expect(straight(dossier)).rejects.toThrow(/SCAN-1/);
  const fine = await confirmed([200, 200, 200, 200]);
  expect(await attest(fine, null)).toEqual(ok(null));
  await expect(told(fine, [1])).rejects.toThrow(/SCAN-1: the reason is told before/);
});

test("SCAN-1: in SQL the reason is of who attests, not of another", async () => {
  const dossier = await confirmed([150, 200, 200, 200]);
  const another = randomUUID();
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${another}, ${actor.agencyId}, 'another', 'Người Khác (hư cấu)', '$argon2id$none', ${morning})`;
  await sql`insert into coarse_scan (dossier_id, pages, reason, person_id, told_at)
    values (${dossier.id}, '{1}', ${reason}, ${another}, ${morning})`;
  await expect(straight(dossier)).rejects.toThrow(/SCAN-1/);
});

test("SCAN-1: what was written down is never changed, and stays with the form of the page that was chosen", async () => {
  const dossier = await confirmed([150, 200, 200, 200]);
  await sql`insert into page_straight (original_id, index_in_original, blob_id, sha256, width_px, height_px, dpi, corners)
    select original_id, index_in_original, blob_id, ${digest("f")}, 9, 9, 140, '[]' from page where dossier_id = ${dossier.id} and index_in_original = 2`;
  await sql`insert into page_form (original_id, index_in_original, form, person_id, chosen_at)
    select original_id, index_in_original, 'straightened', ${actor.personId}, ${morning} from page
    where dossier_id = ${dossier.id} and index_in_original = 2`;
  await confirmAll(dossier);
  expect(await attest(dossier, reason)).toEqual(ok(null));
  expect((await keptOf(dossier))?.pages).toEqual([1, 2]);
  for (const change of [
    "update coarse_scan set reason = 'một lý do khác hẳn'",
    "delete from coarse_scan",
    "truncate coarse_scan",
  ])
    await expect(sql.unsafe(change)).rejects.toThrow(/evidence/);
});
