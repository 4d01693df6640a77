import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { keepAttestation, keepDeclaredPages } from "../../db/stores/dossiers.ts";
import { eventsOf } from "../../db/stores/events.ts";
import { countLeftOut, keepLeftOut, leftOutPages } from "../../db/stores/left-out-pages.ts";
import { keepForm, pagesOf } from "../../db/stores/pages.ts";
import type { Actor, Dossier, Page } from "../../src/core/dossier.ts";
import type { OriginalId } from "../../src/core/ids.ts";
import { fail, ok } from "../../src/core/kernel.ts";
import { type AttestingWorld, attestCopy } from "../../src/usecases/attest-copy.ts";
import { leaveOutPage } from "../../src/usecases/leave-out-page.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { agency, morning, stranger } from "./desk.ts";
import { actor, found, openPaperDesk, ownerSql as sql } from "./paper-desk.ts";
import { confirmAll, digest, scannedPaper } from "./scanned-paper.ts";

openPaperDesk();

const same = (of: string) => ({ code: "DUPLICATE_PAGE", place: null, of: digest(of) });
const blank = { code: "BLANK_PAGE", place: null, of: null };

/** Four pages: a, b, a again, and a blank back. */
const scanned = () =>
  scannedPaper([
    { letter: "a" },
    { letter: "b" },
    { letter: "a", findings: [same("a")] },
    { letter: "c", findings: [blank] },
  ]);

const world = {
  dossier: async (id: Dossier["id"], agencyId: Actor["agencyId"]) => (agencyId === agency ? found(id) : null),
  pages: (id: Dossier["id"]) => pagesOf(sql, id),
  leftOut: (id: Dossier["id"]) => leftOutPages(sql, id),
  keepLeftOut: (...kept: [Dossier, { originalId: OriginalId; indexInOriginal: number }, boolean, Actor]) =>
    keepLeftOut(sql, ...kept),
};

const shown = async (dossier: Dossier) =>
  (await pagesOf(sql, dossier.id)).map(({ number, streamSha256 }) => `${number}${streamSha256[0]}`);

test("COPY-1: a repeat is left out by one press and taken back by another; both are in the history, and the scan stays", async () => {
  const { dossier, originalId } = await scanned();
  const press = (indexInOriginal: number, leftOut: boolean) =>
    leaveOutPage(dossier.id, { place: { originalId, indexInOriginal }, leftOut }, actor, world);
  expect(await press(3, true)).toEqual(ok(null));
  expect(await press(3, true)).toEqual(ok(null)); // pressed twice
  expect(await shown(dossier)).toEqual(["1a", "2b", "3c"]);
  expect(await leftOutPages(sql, dossier.id)).toMatchObject([
    { originalId, indexInOriginal: 3, personId: actor.personId, by: "Lê Thị Minh Họa (hư cấu)" },
  ]);
  expect(await countLeftOut(sql, [dossier.id])).toEqual(new Map([[dossier.id, 1]]));
  expect(await press(4, true)).toEqual(ok(null));
  expect(await shown(dossier)).toEqual(["1a", "2b"]);
  expect(await press(3, false)).toEqual(ok(null));
  expect(await shown(dossier)).toEqual(["1a", "2b", "3a"]);
  const events = (await eventsOf(sql, dossier.id)).map(({ what }) => what);
  expect(events).toEqual(["page_left_out", "page_left_out", "page_taken_back"]);
  expect(await sql`select count(*)::int as pages from page where dossier_id = ${dossier.id}`).toEqual([{ pages: 4 }]);
});

test("COPY-1: no other page can be left out, nor what it repeats, nor by a stranger; a forged place finds nothing", async () => {
  const { dossier, originalId } = await scanned();
  const asked = (indexInOriginal: number) => ({ place: { originalId, indexInOriginal }, leftOut: true });
  for (const index of [1, 2, 9]) {
    expect(await leaveOutPage(dossier.id, asked(index), actor, world)).toMatchObject({
      failure: { code: "page_not_found" },
    });
  }
  const elsewhere = { place: { originalId: randomUUID() as OriginalId, indexInOriginal: 3 }, leftOut: false };
  expect(await leaveOutPage(dossier.id, elsewhere, actor, world)).toMatchObject({
    failure: { code: "page_not_found" },
  });
  expect(await leaveOutPage(dossier.id, asked(3), stranger, world)).toMatchObject({ failure: { code: "not_found" } });
  expect(await countLeftOut(sql, [dossier.id])).toEqual(new Map());
  expect(await shown(dossier)).toEqual(["1a", "2b", "3a", "4c"]);
});

test("COPY-1: attested are the pages that stand, and nothing changes behind it, past the store either", async () => {
  const { dossier, originalId } = await scanned();
  const place = { originalId, indexInOriginal: 3 };
  await sql`update dossier set declared_pages = 3 where id = ${dossier.id}`;
  await confirmAll(dossier); // four, of which the original has three
  expect(await keepAttestation(sql, dossier, { pages: 3, fields: [], coarse: null }, actor, morning)).toBe(false);
  expect(await keepLeftOut(sql, dossier, place, true, actor)).toBe(true);
  expect(await keepAttestation(sql, dossier, { pages: 3, fields: [], coarse: null }, actor, morning)).toBe(false); // nobody confirmed
  await confirmAll(dossier);
  expect(await keepAttestation(sql, dossier, { pages: 3, fields: ["title"], coarse: null }, actor, morning)).toBe(true);
  const field = sql`insert into attested_field (dossier_id, field) values (${dossier.id}, 'holderName')`;
  await expect(field).rejects.toThrow(/COPY-2: what was compared/);
  expect(await keepLeftOut(sql, dossier, place, false, actor)).toBe(false);
  expect(await keepDeclaredPages(sql, dossier, 4, actor)).toBe(false);
  const straight = sql`insert into page_left_out (original_id, index_in_original, left_out, person_id, decided_at)
    values (${originalId}, 3, false, ${actor.personId}, ${morning})`;
  await expect(straight).rejects.toThrow(/COPY-1/);
  for (const change of ["update page_left_out set left_out = false", "delete from page_left_out"])
    await expect(sql.unsafe(change)).rejects.toThrow(/evidence/);
});

test("COPY-2: a form chosen in the moment of the attestation is not attested unseen: who attests is told which page", async () => {
  const { dossier, originalId } = await scanned();
  const [page] = await pagesOf(sql, dossier.id);
  await sql`insert into page_straight (original_id, index_in_original, blob_id, sha256, width_px, height_px, dpi, corners)
    select original_id, index_in_original, blob_id, ${digest("f")}, 9, 9, 200, '[]' from page where index_in_original = 1`;
  await confirmAll(dossier);
  const choose = () => keepForm(sql, dossier, page as Page, "straightened", actor);
  const attesting: AttestingWorld = {
    ...{
      dossier: world.dossier,
      pages: world.pages,
      offSite: async () => null,
      isForgeryRecorded: async () => false,
      onceAnswered: async () => true,
    },
    ...{ earlierCopies: async () => [], keepAgain: async () => null },
    keepAttestation: async (one, attested, by) => {
      await choose(); // after the pages were looked at, before the dossier is held
      return keepAttestation(sql, one, attested, by, morning);
    },
  };
  const statement = { originalPresented: true, again: null, coarseReason: null, fields: [] };
  expect(await attestCopy(dossier.id, statement, actor, attesting)).toEqual(
    fail({ code: "pages_unconfirmed", pages: [1] }),
  );
  expect((await found(dossier.id)).status).toBe("read");
  const straight = sql`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
    values (${dossier.id}, ${actor.personId}, true, 4, ${morning})`;
  await expect(straight).rejects.toThrow(/COPY-2: each page is confirmed/);
  await confirmAll(dossier);
  expect(await keepAttestation(sql, dossier, { pages: 4, fields: [], coarse: null }, actor, morning)).toBe(true);
  expect(await choose()).toBe(false);
  const late = sql`insert into page_form (original_id, index_in_original, form, person_id, chosen_at)
    values (${originalId}, 1, 'as_taken', ${actor.personId}, ${morning})`;
  await expect(late).rejects.toThrow(/COPY-2: the form/);
});

test("COPY-1: what is attested while a page is being left out waits, and is of the pages that stand then", async () => {
  const { dossier, originalId } = await scanned();
  await confirmAll(dossier);
  let attesting: Promise<boolean> = Promise.resolve(true);
  await sql.begin(async (tx) => {
    await tx`select id from dossier where id = ${dossier.id} for update`;
    await tx`insert into page_left_out (original_id, index_in_original, left_out, person_id, decided_at)
      values (${originalId}, 4, true, ${actor.personId}, ${morning})`;
    attesting = keepAttestation(sql, dossier, { pages: 4, fields: [], coarse: null }, actor, morning);
    await untilSomebodyWaits(sql, 1, attesting);
  });
  expect([await attesting, (await found(dossier.id)).status]).toEqual([false, "read"]);
});

test("COPY-1: a scan that came twice is no repeat of itself once the page that it repeats is left out", async () => {
  const { dossier, originalId } = await scanned();
  expect(await keepLeftOut(sql, dossier, { originalId, indexInOriginal: 1 }, true, actor)).toBe(true);
  const again = { place: { originalId, indexInOriginal: 3 }, leftOut: true };
  expect(await leaveOutPage(dossier.id, again, actor, world)).toMatchObject({ failure: { code: "page_not_found" } });
  expect(await shown(dossier)).toEqual(["1b", "2a", "3c"]);
});
