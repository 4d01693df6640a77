import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { keepLink } from "../../db/stores/dossiers.ts";
import { countOnce, earlierCopies, keepOnceAnswer, onceAnswerOf } from "../../db/stores/give-once.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { KeptAnswer } from "../../src/usecases/give-once.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { storedMandate } from "../support/mandates.ts";
import { aSubmission } from "../support/presented.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { aDossier } from "./desk.ts";

const databases: FreshDatabase[] = [];
let sql: FreshDatabase["sql"];
const morning = "2026-03-02T02:00:00Z" as Instant;
const agencies = ["hoaban", "noi-khac"] as const;
const people = new Map<string, { officer: PersonId; clerk: PersonId; book: string; blob: string; mandate: string }>();
let numbers = 0;

beforeEach(async () => {
  const database = await freshDatabase();
  databases.push(database);
  sql = database.owner.sql;
  for (const agency of agencies) await anAgency(agency);
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

async function anAgency(agency: string): Promise<void> {
  const [officer, clerk, book, blob] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const;
  await sql`insert into agency (id, name, province, code, development, created_at)
    values (${agency}, ${`${agency} (hư cấu)`}, 'Tỉnh Ví Dụ (hư cấu)', ${agency.toUpperCase()}, true, ${morning})`;
  for (const person of [officer, clerk])
    await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
      values (${person}, ${agency}, ${person}, 'Người Thử (hư cấu)', '$argon2id$none', ${morning})`;
  const { id: mandate } = await storedMandate(sql, { personId: officer as PersonId, agencyId: agency as AgencyId });
  people.set(agency, { officer: officer as PersonId, clerk: clerk as PersonId, book, blob, mandate });
  await sql`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
    values (${book}, ${agency}, 'SCTĐT/BS', 2026, 1, ${morning})`;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
  await aBlob(agency, blob);
}

const aBlob = (
  agency: string,
  id: string,
) => sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
  values (${id}, ${agency}, 'sealed', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;

type Paper = {
  id?: string;
  beside?: DossierId;
  kind?: string;
  number?: string | null;
  applicant?: string;
  file?: string;
  agency?: string;
};

async function opened(status: string, paper: Paper): Promise<DossierId> {
  const { kind = "Giấy khai sinh", number = "12/2020", applicant = "Lò Thị Thử", file, agency = "hoaban" } = paper;
  const [id, { officer, blob }] = [(paper.id ?? randomUUID()) as DossierId, of(agency)];
  const [beside] = await sql`select submission_id as id from dossier where id = ${paper.beside ?? null}`;
  const submission: string = beside?.["id"] ?? (await aSubmission(sql, { agency, person: officer, at: morning }));
  await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
      holder_name, document_number, declared_pages, opened_by, opened_at, due_at)
    values (${id}, ${agency}, ${submission}, ${beside === undefined ? 1 : 2}, ${status}, ${applicant}, ${kind}, ${kind}, ${applicant}, ${number}, 3,
      ${officer}, ${morning}, ${morning})`;
  if (file !== undefined)
    await sql`insert into original (id, dossier_id, ordinal, status, blob_id, sha256, size_bytes, received_by, received_at)
      values (${randomUUID()}, ${id}, 1, 'read', ${blob}, ${file}, 1, ${officer}, ${morning})`;
  return id;
}

const of = (agency: string) => {
  const known = people.get(agency);
  if (known === undefined) throw new Error(agency);
  return known;
};

/** Certified and released; answers with the certificate's id and the blob of its copy. */
async function certified(paper: Paper = {}) {
  const { agency = "hoaban" } = paper;
  const [id, sealed, { officer, clerk, book, mandate }] = [randomUUID(), randomUUID(), of(agency)];
  const dossier = await opened("released", paper);
  await aBlob(agency, sealed);
  await sql`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on,
      numbered_at, officer_id, mandate_id, signer_name, signer_title, applicant_name, title, fee_dong, code_hash, code_blob_id,
      clerk_id, sealed_blob_id, identity_sha256)
    values (${id}, ${agency}, ${book}, 'SCTĐT/BS', 2026, ${++numbers}, ${dossier}, 'issued', '2026-03-02', ${morning},
      ${officer}, ${mandate}, 'Người Ký (hư cấu)', '{}', 'x', 'x', 5000, ${randomBytes(32)}, ${sealed}, ${clerk}, ${sealed},
      ${randomBytes(32).toString("hex")})`;
  return { id, dossier, sealed };
}

async function annulled(certificate: string): Promise<void> {
  await sql`insert into annulment (certificate_id, agency_id, kind, decision_number, decision_date, decided_by, reason,
      person_id, noted_at)
    values (${certificate}, 'hoaban', 'annulled', '1/QĐ', '2026-03-03', 'Chủ tịch (hư cấu)', 'Bản chính thiếu trang.',
      ${of("hoaban").officer}, ${morning})`;
}

const dossierOf = (id: DossierId, agency = "hoaban") => aDossier({ id, agencyId: agency as AgencyId });
const twinsOf = async (id: DossierId, agency?: string) => earlierCopies(sql, dossierOf(id, agency));

describe("ONCE-1: which copies are told of an original that comes again", () => {
  test.each([
    ["12/2020", "Số: 012 / 2020", true],
    ["12/2020", "12-2020", true],
    ["BN 531146", "bn531146", true],
    ["001099123456", "001 099 123 456", true],
    ["12/2020", "13/2020", false],
    ["001099123456", "1099123456", false],
    ["BN 531146", "BM 531146", false],
    ["12", "12", false],
  ])("number %s and number %s of one kind: the same paper %s", async (before, now, same) => {
    await certified({ number: before });
    const again = await opened("read", { number: now, kind: "GIẤY KHAI SINH." });
    expect(await twinsOf(again)).toHaveLength(same ? 1 : 0);
    expect(await twinsOf(await opened("read", { number: now, kind: "Giấy kết hôn" }))).toEqual([]);
  });

  test("the very file comes first, whatever was written of it; of a dossier without a number only the file tells", async () => {
    await certified({ number: "77/2020" });
    const file = randomBytes(32).toString("hex");
    const same = await certified({ number: null, file, applicant: "Người Khác (hư cấu)" });
    const told = await twinsOf(await opened("read", { number: "77/2020", file }));
    expect(told.map(({ sameFile, sameApplicant }) => [sameFile, sameApplicant])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(told[0]?.certificateId).toBe(same.id);
    expect(Object.keys(told[0] ?? {}).filter((key) => /name|holder|contact/i.test(key))).toEqual([]);
  });

  test("what is annulled, erased, under way or another agency's is not told", async () => {
    await annulled((await certified()).id);
    const erased = await certified();
    await sql`update blob set key_wrapped = null, erased_at = now() where id = ${erased.sealed}`;
    await opened("attested", {});
    await certified({ agency: "noi-khac" });
    expect(await twinsOf(await opened("read", {}))).toEqual([]);
  });
});

describe("ONCE-1: the answer in the database", () => {
  const answer = (kept: Partial<KeptAnswer>): KeptAnswer => ({
    answer: "in_vneid",
    reason: null,
    earlier: null,
    link: null,
    ...kept,
  });
  const actor = () => ({ personId: of("hoaban").officer, agencyId: "hoaban" as AgencyId });
  const keep = (id: DossierId, kept: KeptAnswer) => keepOnceAnswer(sql, dossierOf(id), kept, actor(), morning);

  test("of ten answers at once one stands, ends the dossier and renews one link", async () => {
    const { dossier: earlierId } = await certified();
    const id = await opened("read", {});
    const [earlier = null] = await twinsOf(id);
    const link = { secretHash: new Uint8Array(randomBytes(32)), secretExpiresAt: morning };
    const done = await Promise.all(
      Array.from({ length: 10 }, () => keep(id, answer({ answer: "reused", earlier, link }))),
    );
    expect(done.filter(Boolean)).toHaveLength(1);
    expect(await onceAnswerOf(sql, id)).toMatchObject({ answer: "reused", earlier: { dossierId: earlierId } });
    const events = await sql`select what from dossier_event where dossier_id in (${id}, ${earlierId}) order by what`;
    expect(events.map(({ what }) => what)).toEqual(["given_again", "reused"]);
    expect((await sql`select status from dossier where id = ${id}`)[0]?.["status"]).toBe("reused");
  });

  test("of papers presented together who gives the earlier copy again and who renews the link lock them in one order", async () => {
    const { id: certificateId, dossier: earlierId } = await certified();
    const id = await opened("read", { id: "ffffffff-ffff-4fff-bfff-ffffffffffff", beside: earlierId }); // locked after it
    const link = () => ({ secretHash: new Uint8Array(randomBytes(32)), secretExpiresAt: morning });
    const earlier = { certificateId, dossierId: earlierId } as KeptAnswer["earlier"];
    const begun: Promise<unknown>[] = [];
    await sql.begin(async (tx) => {
      await tx`select 1 from dossier where id = ${earlierId} for update`;
      begun.push(keepLink(sql, dossierOf(earlierId), link(), actor()));
      await untilSomebodyWaits(sql);
      begun.push(keep(id, answer({ answer: "reused", earlier, link: link() })));
      await untilSomebodyWaits(sql, 2);
    });
    expect(await Promise.all(begun)).toEqual([undefined, true]);
  });

  test("a copy that lost its value meanwhile is not given again", async () => {
    const { id: certificate } = await certified();
    const id = await opened("read", {});
    const [earlier = null] = await twinsOf(id);
    await annulled(certificate);
    expect(await keep(id, answer({ answer: "reused", earlier }))).toBe(false);
    expect((await sql`select status from dossier where id = ${id}`)[0]?.["status"]).toBe("read");
  });

  test("by hand in SQL neither: an end without its answer, another agency's copy, a changed answer", async () => {
    const id = await opened("read", {});
    const foreign = await certified({ agency: "noi-khac" });
    const { officer } = of("hoaban");
    await expect(sql`update dossier set status = 'reused' where id = ${id}`).rejects.toThrow(/only with the answer/);
    await expect(
      sql`insert into give_once (dossier_id, answer, earlier_id, person_id, answered_at)
        values (${id}, 'reused', ${foreign.id}, ${officer}, now())`,
    ).rejects.toThrow(/only an own copy/);
    await keep(id, answer({}));
    await expect(sql`update give_once set answer = 'again', reason = 'paper_copies'`).rejects.toThrow(/evidence/);
    await expect(sql`delete from give_once`).rejects.toThrow(/evidence/);
    await expect(sql`truncate give_once`).rejects.toThrow(/evidence/);
  });

  test("what was avoided is counted by month in Vietnam, kind and answer, of the own agency only", async () => {
    await certified();
    await keep(await opened("read", {}), answer({}));
    const again = await opened("read", {});
    const [earlier = null] = await twinsOf(again);
    await keepOnceAnswer(
      sql,
      dossierOf(again),
      answer({ answer: "again", reason: "paper_copies", earlier }),
      actor(),
      "2026-03-31T17:30:00Z" as Instant,
    );
    const kind = "Giấy khai sinh";
    expect(await countOnce(sql, "hoaban" as AgencyId, 2026)).toEqual([
      { month: "2026-03", kind, answer: "in_vneid", reason: null, pages: 3, dossiers: 1 },
      { month: "2026-04", kind, answer: "again", reason: "paper_copies", pages: 3, dossiers: 1 },
    ]);
    expect(await countOnce(sql, "noi-khac" as AgencyId, 2026)).toEqual([]);
  });
});
