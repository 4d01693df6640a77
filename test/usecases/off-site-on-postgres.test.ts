import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keepOffSite, offSiteOf } from "../../db/stores/off-site.ts";
import { keepByHand, keepHandedOver } from "../../db/stores/paper-lines.ts";
import { registerOfDay } from "../../db/stores/register.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { OffSite } from "../../src/core/off-site.ts";
import { attestCopy } from "../../src/usecases/attest-copy.ts";
import { compareByHand } from "../../src/usecases/paper/compare-by-hand.ts";
import { recordOffSite } from "../../src/usecases/record-off-site.ts";
import { noteText } from "../../src/web/pages/register/line-texts.ts";
import { aDesk, agency, aStatement, dossierId, morning, officer } from "./desk.ts";
import {
  actor,
  aPaper,
  book,
  found,
  lineOf,
  openPaperDesk,
  ownerSql as sql,
  suffix,
  take,
  today,
} from "./paper-desk.ts";
import { attestingWorld } from "./worlds.ts";

openPaperDesk();

const act: OffSite = {
  ground: "detained",
  groundNote: null,
  deed: "số 12/UBND-TP ngày 02/11/2026 (hư cấu)",
  askedBy: "Lò Thị Thử (hư cấu)",
  place: "Trại tạm giam Ví Dụ (hư cấu)",
  actAt: "2026-11-22T02:40:00Z" as Instant,
};
const visitToCome = { ...act, actAt: null };
const broken = { ok: false, failure: { code: "rule_broken", rule: "OFFSITE-1" } };
const world = {
  now: () => morning,
  dossier: async (id: Dossier["id"]) => found(id),
  keepOffSite: (...kept: Parameters<typeof keepOffSite> extends [unknown, ...infer Rest] ? Rest : never) =>
    keepOffSite(sql, ...kept),
};
const straight = (id: string, more = "") =>
  sql.unsafe(`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
    select id, opened_by, true, 4, opened_at from dossier where id = '${id}' ${more}`);

describe("OFFSITE-1", () => {
  test("OFFSITE-1: what is certified elsewhere is not attested before its hour and minute are told", async () => {
    const waiting = aDesk({ offSite: visitToCome });
    expect(await attestCopy(dossierId, aStatement, officer, attestingWorld(waiting))).toEqual(broken);
    expect(waiting.attestations).toEqual([]);
    const told = aDesk({ offSite: act });
    expect(await attestCopy(dossierId, aStatement, officer, attestingWorld(told))).toMatchObject({ ok: true });

    const paper = await aPaper();
    expect(await recordOffSite(paper.id, visitToCome, actor, world)).toMatchObject({ ok: true });
    const byHand = {
      ...world,
      offSite: (id: Dossier["id"]) => offSiteOf(sql, id),
      keepByHand: async () => true,
    };
    expect(await compareByHand(paper.id, { originalPresented: true }, actor, byHand)).toEqual(broken);
    await expect(straight(paper.id)).rejects.toThrow(/OFFSITE-1/);
  });

  test("OFFSITE-1: the newest line counts, says who wrote it, and stands once a paper is attested", async () => {
    const paper = await aPaper();
    await recordOffSite(paper.id, visitToCome, actor, world);
    expect(await recordOffSite(paper.id, act, actor, world)).toMatchObject({ ok: true });
    expect(await offSiteOf(sql, paper.id)).toEqual({ ...act, by: "Lê Thị Minh Họa (hư cấu)", at: morning });
    expect(await keepByHand(sql, paper, actor)).toBe(true);
    expect(await keepOffSite(sql, paper, null, actor, morning)).toBe(false);
    await expect(sql`insert into off_site (submission_id, elsewhere, kept_by, kept_at)
      select submission_id, false, opened_by, opened_at from dossier`).rejects.toThrow(/OFFSITE-1/);
    for (const change of ["update off_site set place = 'khác'", "delete from off_site", "truncate off_site"]) {
      await expect(sql.unsafe(change)).rejects.toThrow(/evidence/);
    }
  });

  test("OFFSITE-1: a line taken back is the office again, and another agency's official finds nothing", async () => {
    const paper = await aPaper();
    await recordOffSite(paper.id, visitToCome, actor, world);
    await recordOffSite(paper.id, null, actor, world);
    expect(await offSiteOf(sql, paper.id)).toBeNull();
    expect(await straight(paper.id)).toHaveLength(0);
    const stranger = { ...world, dossier: async () => null };
    expect(await recordOffSite(paper.id, act, actor, stranger)).toMatchObject({ failure: { code: "not_found" } });
  });

  test.each([
    ["without a place", "place = null"],
    ["without a ground", "ground = null"],
    ["without the document that allows it", "deed = null"],
    ["at an hour to come", "act_at = kept_at + interval '1 minute'"],
    ["more than a week before the receipt", "act_at = kept_at - interval '8 days'"],
    ["on another ground that is not written out", "ground = 'other'"],
  ])("OFFSITE-1: a line %s is refused in SQL", async (_, change) => {
    const paper = await aPaper();
    await keepOffSite(sql, paper, { ...act, actAt: "2026-11-22T02:40:00Z" as Instant }, actor, morning);
    const [column = "", value = ""] = change.split(" = ");
    const columns = ["submission_id", "elsewhere", "ground", "ground_note", "deed", "asked_by", "place", "act_at"];
    const taken = [...columns, "kept_by", "kept_at"].map((name) => (name === column ? value : name));
    const insert = `insert into off_site (${columns.join(", ")}, kept_by, kept_at) select ${taken.join(", ")} from off_site`;
    await expect(sql.unsafe(insert)).rejects.toThrow();
  });

  test("OFFSITE-1: of what was attested before this was kept, nothing is numbered while the hour is missing", async () => {
    await book();
    const paper = await aPaper();
    await keepOffSite(sql, paper, visitToCome, actor, morning);
    await sql`alter table attestation disable trigger attested_where`; // as a fault of the program would
    expect(await keepByHand(sql, paper, actor)).toBe(true);
    await expect(take(await found(paper.id))).rejects.toThrow(/OFFSITE-1/);
  });

  test("OFFSITE-1: of what was attested before this was kept, neither is an electronic copy numbered nor sealed", async () => {
    const paper = await aPaper("attested", false);
    await keepOffSite(sql, paper, visitToCome, actor, morning);
    await sql`alter table certificate disable trigger user`; // all but the one that is asked about
    await sql`alter table certificate enable trigger certified_where`;
    const [id, blob] = [randomUUID(), randomUUID()];
    await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
    await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
      values (${blob}, ${agency}, 'sealed', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
    await book();
    const number =
      () => sql`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on,
        numbered_at, officer_id, signer_name, signer_title, applicant_name, title, fee_dong, code_hash, code_blob_id)
      select ${id}, ${agency}, id, suffix, 2026, 1, ${paper.id}, 'in_progress', ${today}, ${morning}, ${actor.personId}, 'x', '{}', 'x', 'x',
        6000, ${randomBytes(32)}, ${blob} from book`;
    await expect(number()).rejects.toThrow(/OFFSITE-1/);
    await sql`alter table certificate disable trigger certified_where`;
    await number();
    await sql`alter table certificate enable trigger certified_where`;
    const seal = sql`update certificate set sealed_blob_id = ${blob} where id = ${id}`;
    await expect(seal).rejects.toThrow(/OFFSITE-1/);
  });

  test("OFFSITE-1, LAW 3.3: column 8 has place, hour and minute, and never the ground", async () => {
    await book();
    const paper = await aPaper();
    await keepOffSite(sql, paper, act, actor, morning);
    await keepByHand(sql, paper, actor);
    await take(await found(paper.id));
    await keepHandedOver(sql, await lineOf(paper.id), actor);
    const lines = await registerOfDay(sql, agency, suffix, today);
    const [said] = lines.map(noteText);
    expect(said).toContain("Chứng thực ngoài trụ sở: Trại tạm giam Ví Dụ (hư cấu), 09:40 ngày 22/11/2026");
    expect(said).not.toContain("đang bị");
  });
});
