import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { accessesOf, noteAccess } from "../../db/stores/accesses.ts";
import { findRequest, keepErasure, keepRequest, requestsOfAgency } from "../../db/stores/data-requests.ts";
import { digestOfIds, erasureProofs } from "../../db/stores/erasure-proofs.ts";
import { eraseDueBlobs, eraseDueContacts, forgetDueAccesses } from "../../db/stores/erasures.ts";
import { eraseDueGrants } from "../../db/stores/grant-erasures.ts";
import { eraseDuePayments } from "../../db/stores/payment-erasures.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import { fail, type Instant, ok } from "../../src/core/kernel.ts";
import { daysAfter, type Terms, usualTerms } from "../../src/core/terms.ts";
import { answerErasure } from "../../src/usecases/answer-data.ts";
import { type KeepingWorld, keepTerms } from "../../src/usecases/keep-terms.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { aSubmission } from "../support/presented.ts";
import { aDossier } from "./desk.ts";

const databases: FreshDatabase[] = [];
let sql: FreshDatabase["sql"];
const person = randomUUID() as PersonId;
const agency = "hoaban" as AgencyId;
const actor = { personId: person, agencyId: agency };
const start = "2015-01-05T02:00:00Z" as Instant;

beforeEach(async () => {
  const database = await freshDatabase();
  databases.push(database);
  sql = database.owner.sql;
  for (const id of [agency, "noi-khac"]) {
    await sql`insert into agency (id, name, province, code, development, created_at)
      values (${id}, ${`${id} (hư cấu)`}, 'Tỉnh Ví Dụ (hư cấu)', ${id.toUpperCase()}, true, ${start})`;
    await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${id}, 'none', ${randomBytes(60)})`;
  }
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${person}, ${agency}, 'officer', 'Người Thử (hư cấu)', '$argon2id$none', ${start})`;
  await sql`insert into person_role (person_id, role) values (${person}, 'comparer')`;
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

/** With its scan and telephone number; ended on that day unless still open. */
async function aPaper(endedAt: Instant | null, owner: string = agency): Promise<{ id: DossierId; scan: string }> {
  const [id, scan] = [randomUUID() as DossierId, randomUUID()];
  const submission = await aSubmission(sql, { agency: owner, person, at: start });
  await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
      holder_name, contact, declared_pages, opened_by, opened_at, due_at)
    values (${id}, ${owner}, ${submission}, 1, ${endedAt === null ? "read" : "released"}, 'Lò Thị Thử (hư cấu)', 'Giấy',
      'Giấy (hư cấu)', 'Lò Thị Thử (hư cấu)', '0900 (hư cấu)', 1, ${person}, ${start}, ${start})`;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${scan}, ${owner}, 'original', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
  await sql`insert into original (id, dossier_id, ordinal, status, blob_id, sha256, size_bytes, received_by, received_at)
    values (${randomUUID()}, ${id}, 1, 'read', ${scan}, ${"0".repeat(64)}, 1, ${person}, ${start})`;
  if (endedAt !== null)
    await sql`insert into dossier_event (dossier_id, what, happened_at) values (${id}, 'released', ${endedAt})`;
  return { id, scan };
}

type Clock = { now: Instant; diesAfter: number };

/** The stores under a clock of the test's; dies where told, after the transaction and before the next. */
function keeping(clock: Clock, terms: Terms = usualTerms): KeepingWorld {
  return {
    now: () => clock.now,
    terms,
    eraseDue: async (thing, before) => {
      if (clock.diesAfter-- === 0) throw new Error("the machine stopped");
      if (thing === "contact") return eraseDueContacts(sql, before, clock.now);
      if (thing === "grant") return eraseDueGrants(sql, before, clock.now);
      if (thing === "access") return forgetDueAccesses(sql, before, clock.now);
      if (thing === "payment") return eraseDuePayments(sql, before, clock.now);
      return (await eraseDueBlobs(sql, thing, before, clock.now)).length;
    },
  };
}

const livingScans = async () =>
  (await sql<{ id: string }[]>`select id from blob where key_wrapped is not null order by id`).map(({ id }) => id);
const proofs = (of: string = agency) => erasureProofs(sql, of as AgencyId, 100);

describe("KEEP-1: what has outlived its term is erased, and nothing else", () => {
  test("KEEP-1: over four years, day by day of the sweep, each scan goes once, in its own week, with its proof", async () => {
    const papers = [];
    for (let month = 0; month < 24; month++) papers.push(await aPaper(daysAfter(start, month * 30)));
    const open = await aPaper(null);
    const clock = { now: start, diesAfter: Number.POSITIVE_INFINITY };
    for (let week = 0; week < 208; week++) {
      clock.now = daysAfter(start, week * 7);
      await keepTerms(keeping(clock));
      const due = papers.filter((_, month) => month * 30 + (usualTerms.keep.scan ?? 0) < week * 7);
      expect(await livingScans()).toHaveLength(papers.length + 1 - due.length);
    }
    expect(await livingScans()).toEqual([open.scan]);
    const written = (await proofs()).filter(({ rule }) => rule === "scan");
    expect(written.reduce((sum, { things }) => sum + things, 0)).toBe(24);
    expect(written.map(({ idsSha256 }) => idsSha256).toSorted()).toEqual(
      papers.map(({ scan }) => digestOfIds([scan])).toSorted(),
    );
    expect((await sql`select count(*)::int as n from dossier where contact is not null`)[0]?.["n"]).toBe(1);
  });

  test("stopped in the middle it goes on where it was: every key destroyed once, every proof sums up", async () => {
    for (let i = 0; i < 30; i++) await aPaper(start, i % 2 === 0 ? agency : "noi-khac");
    const clock = { now: daysAfter(start, 400), diesAfter: 0 };
    for (let deaths = 0; deaths < 4; deaths++) {
      clock.diesAfter = 1;
      await keepTerms(keeping(clock)).catch(() => undefined);
    }
    clock.diesAfter = Number.POSITIVE_INFINITY;
    await keepTerms(keeping(clock));
    expect(await keepTerms(keeping(clock))).toBe(0);
    expect(await livingScans()).toEqual([]);
    for (const owner of [agency, "noi-khac"]) {
      const own = await proofs(owner);
      expect(own.map(({ rule, things, onRequest }) => [rule, things, onRequest]).toSorted()).toEqual([
        ["contact", 15, false],
        ["scan", 15, false],
      ]);
    }
  });

  test("a thing without a term stays; a proof is not changed, taken away or emptied", async () => {
    await aPaper(start);
    const never = {
      ...usualTerms,
      keep: { scan: null, contact: 10, copy: null, access: null, grant: null, payment: null },
    };
    await keepTerms(keeping({ now: daysAfter(start, 9000), diesAfter: Number.POSITIVE_INFINITY }, never));
    expect(await livingScans()).toHaveLength(1);
    await expect(sql`update erasure_proof set things = 2`).rejects.toThrow(/evidence/);
    await expect(sql`delete from erasure_proof`).rejects.toThrow(/evidence/);
    await expect(sql`truncate erasure_proof`).rejects.toThrow(/evidence/);
  });
});

describe("DATA-1: accesses", () => {
  test("DATA-1: one line a person, thing and minute, by duty, with purpose and basis; never changed, forgotten only in time", async () => {
    const { id } = await aPaper(start);
    const minute = "2016-05-05T03:04:00Z" as Instant;
    for (let i = 0; i < 3; i++) await noteAccess(sql, id, "pages_seen", person, minute);
    await noteAccess(sql, id, "copy_taken", null, minute);
    const right = { purpose: "certify", basis: "ND45_10" };
    expect(await accessesOf(sql, id, 10)).toEqual([
      { what: "copy_taken", duties: [], purpose: "own_copy", basis: "LAW91_RIGHTS", at: minute },
      { what: "pages_seen", duties: ["comparer"], ...right, at: minute },
    ]);
    await sql`insert into access_entry (dossier_id, what, purpose, basis, happened_at)
      values (${id}, 'copy_seen', 'hand_over', 'ND45_10', date_trunc('minute', now()))`;
    await expect(sql`update access_entry set duties = '{}'`).rejects.toThrow(/refused within a year/);
    await expect(sql`delete from access_entry where what = 'copy_seen'`).rejects.toThrow(/refused within a year/);
    await noteAccess(sql, id, "scan_taken", person, daysAfter(minute, 2));
    await keepTerms(keeping({ now: daysAfter(minute, 1826), diesAfter: Number.POSITIVE_INFINITY }));
    expect((await accessesOf(sql, id, 10)).map(({ what }) => what)).toEqual(["copy_seen", "scan_taken"]);
  });
});

describe("DATA-2: requests in the database", () => {
  const ask = (id: DossierId, kind: "export" | "erase" | "erase_all", askedAt = start) =>
    keepRequest(sql, aDossier({ id, agencyId: agency }), {
      id: randomUUID(),
      kind,
      says: null,
      askedAt,
      dueAt: daysAfter(askedAt, 20),
    });
  const answer = (id: string, held: boolean, by = actor) =>
    answerErasure(id, held, by, {
      openRequest: (wanted, { agencyId }) => findRequest(sql, wanted, agencyId),
      eraseAndAnswer: async (wanted, items) => {
        const request = await findRequest(sql, wanted, agency);
        return request !== null && (await keepErasure(sql, request, items, actor, start)) !== null;
      },
    });

  test("what waits comes first, by its due date; ten at once are one; an export is answered with what it gives", async () => {
    const [first, second] = [await aPaper(start), await aPaper(start)];
    await ask(second.id, "erase_all", daysAfter(start, 3));
    await Promise.all(Array.from({ length: 10 }, () => ask(first.id, "erase")));
    await ask(first.id, "export");
    const listed = await requestsOfAgency(sql, agency, 10);
    expect(listed.map(({ dossierId, kind }) => [dossierId, kind])).toEqual([
      [first.id, "erase"],
      [second.id, "erase_all"],
      [first.id, "export"],
    ]);
    expect(listed.map(({ answeredAt }) => answeredAt === null)).toEqual([true, true, false]);
  });

  test("answered once: keys destroyed with the proof and the answer; another agency finds no request", async () => {
    const { id } = await aPaper(start);
    const other = await aPaper(start);
    await ask(id, "erase");
    const [request] = await requestsOfAgency(sql, agency, 1);
    const wanted = request?.id ?? "";
    expect(await answer(wanted, false, { ...actor, agencyId: "noi-khac" as AgencyId })).toEqual(
      fail({ code: "not_found" }),
    );
    const answers = await Promise.all([answer(wanted, false), answer(wanted, true)]);
    expect(answers.filter((one) => one.ok)).toEqual([ok(null)]);
    const [line] = await requestsOfAgency(sql, agency, 1);
    const erased = line?.items.some(({ outcome }) => outcome === "erased");
    expect(await livingScans()).toHaveLength(erased ? 1 : 2);
    expect((await livingScans()).includes(other.scan)).toBe(true);
    expect((await proofs()).map(({ rule, onRequest }) => [rule, onRequest]).toSorted()).toEqual(
      erased
        ? [
            ["contact", true],
            ["scan", true],
          ]
        : [],
    );
    await expect(sql`update data_answer set items = '[]'`).rejects.toThrow(/evidence/);
    await expect(sql`delete from data_request`).rejects.toThrow(/evidence/);
  });

  test("R10: while a dossier is under way nothing is erased on request, and the answer says why", async () => {
    const { id, scan } = await aPaper(null);
    await ask(id, "erase_all");
    const [request] = await requestsOfAgency(sql, agency, 1);
    expect(await answer(request?.id ?? "", false)).toEqual(ok(null));
    expect(await livingScans()).toEqual([scan]);
    const [answered] = await requestsOfAgency(sql, agency, 1);
    expect(answered?.items[0]).toEqual({ item: "scan", outcome: "kept", why: "under_way" });
  });
});
