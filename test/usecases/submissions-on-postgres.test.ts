import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findDossier, findDossiersBySecret } from "../../db/stores/dossiers.ts";
import { keepBeside } from "../../db/stores/opened-dossiers.ts";
import { searchDossiers } from "../../db/stores/search.ts";
import { submissionOf } from "../../db/stores/submissions.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import { calendarOf } from "../../src/core/holidays.ts";
import type { DossierId } from "../../src/core/ids.ts";
import { fail, type Instant, ok, utf8 } from "../../src/core/kernel.ts";
import { type AddingWorld, addPaper } from "../../src/usecases/add-paper.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { agency, morning, stranger } from "./desk.ts";
import { keepAgencies, openedAt, paper, receiver } from "./presented-papers.ts";

let database: FreshDatabase;
let sql: FreshDatabase["sql"];
const officer = receiver;
const clock = { now: morning };

beforeAll(async () => {
  database = await freshDatabase();
  sql = database.owner.sql;
  await keepAgencies(sql);
});
afterAll(() => database.drop());

const opened = (formId: string | null = null) => openedAt(sql, () => clock.now, formId);

const world: AddingWorld = {
  now: () => clock.now,
  calendar: async () => calendarOf([]),
  newDossierId: () => randomUUID() as DossierId,
  dossier: (id, agencyId) => findDossier(sql, id, agencyId),
  checkDigits: async (_, digits) => (digits === "0123" ? ok(null) : fail({ code: "wrong_digits" })),
  keepBeside: (...kept) => keepBeside(sql, ...kept),
};
const add = (beside: DossierId, formId: string | null = null, actor = officer) =>
  addPaper(
    beside,
    { ...paper, holderName: null, paperCopies: 0, onPaperOnly: false, formId, identityDigits: "0123" },
    actor,
    world,
  );
const papersOf = async (id: DossierId) => (await submissionOf(sql, id, agency))?.papers ?? [];

test("PROC-1: a foreign paper beside another keeps its own procedure, and SQL changes it no more", async () => {
  const first = await opened();
  const foreign = { ...paper, procedure: "foreign", holderName: null, paperCopies: 0, onPaperOnly: false } as const;
  const asked = { ...foreign, formId: null, identityDigits: "0123" };
  expect(await addPaper(first.dossierId, asked, officer, world)).toMatchObject({ ok: true });
  expect((await papersOf(first.dossierId)).map(({ procedure }) => procedure)).toEqual(["vietnamese", "foreign"]);
  await expect(sql`update dossier set procedure = 'foreign' where id = ${first.dossierId}`).rejects.toThrow("PROC-1");
  expect((await findDossier(sql, first.dossierId, agency))?.procedure).toBe("vietnamese");
});

describe("papers that one applicant presents at one time", () => {
  test("DOS-1: another paper wants the digits that the first was opened with: nobody else's comes behind the link", async () => {
    const first = await opened();
    const strange = {
      ...paper,
      holderName: null,
      paperCopies: 0,
      onPaperOnly: false,
      formId: null,
      identityDigits: "9999",
    };
    expect(await addPaper(first.dossierId, strange, officer, world)).toEqual(fail({ code: "wrong_digits" }));
    expect(await papersOf(first.dossierId)).toHaveLength(1);
  });

  test("DOS-1: they have one code and one link, and each its own way", async () => {
    const first = await opened();
    const second = await add(first.dossierId);
    expect(first.code).toMatch(/^H55\.242-261122-\d{4}$/);
    expect(second).toMatchObject({ ok: true, value: { code: first.code } });
    expect(await papersOf(first.dossierId)).toMatchObject([
      { ordinal: 1, status: "received" },
      { ordinal: 2, status: "received", holderName: "Lò Thị Thử (hư cấu)" },
    ]);
    const behind = async (ordinal: number | null) =>
      (await findDossiersBySecret(sql, { secretHash: utf8(first.secret ?? ""), ordinal }, morning)).length;
    expect([await behind(null), await behind(1), await behind(2), await behind(3)]).toEqual([2, 1, 1, 0]);
    const [row] = await sql`select contact from dossier where id = ${second.ok ? second.value.dossierId : ""}`;
    expect(row?.["contact"]).toBe("0900 (hư cấu)");
  });

  test("DOS-1: the same form sent twice, even at once, opens one dossier and tells one link", async () => {
    const formId = randomUUID();
    const [one, two] = await Promise.all([opened(formId), opened(formId)]);
    expect(one.dossierId).toBe(two.dossierId);
    expect([one.secret, two.secret].filter((secret) => secret !== null)).toHaveLength(1);
    const another = randomUUID();
    const added = await Promise.all([1, 2, 3].map(() => add(one.dossierId, another)));
    expect(new Set(added.map((it) => it.ok && it.value.dossierId)).size).toBe(1);
    expect(await papersOf(one.dossierId)).toHaveLength(2);
  });

  test("DOS-1: counters that add papers at once give each its own place; codes of a day differ", async () => {
    const first = await opened();
    await Promise.all(Array.from({ length: 8 }, () => add(first.dossierId)));
    expect((await papersOf(first.dossierId)).map(({ ordinal }) => ordinal)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const codes = (await Promise.all([1, 2, 3, 4].map(() => opened()))).map(({ code }) => code);
    expect(new Set(codes).size).toBe(4);
  });

  test("DOS-1: a paper of the next day, of a stranger, or beyond two hundred is refused and nothing is kept", async () => {
    const first = await opened();
    expect(await add(first.dossierId, null, stranger as typeof officer)).toMatchObject({
      failure: { code: "not_found" },
    });
    clock.now = "2026-11-22T17:00:00Z" as Instant; // midnight in Vietnam
    expect(await add(first.dossierId)).toMatchObject({ failure: { code: "submission_over" } });
    clock.now = morning;
    await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
        holder_name, declared_pages, opened_by, opened_at, due_at)
      select gen_random_uuid(), agency_id, submission_id, 200, status, applicant_name, kind, title, holder_name, 1, opened_by,
        opened_at, due_at from dossier where id = ${first.dossierId}`;
    expect(await add(first.dossierId)).toMatchObject({ failure: { code: "too_many_papers", most: 200 } });
    expect(await papersOf(first.dossierId)).toHaveLength(2);
  });

  test("a code finds all papers presented under it, in their order", async () => {
    const first = await opened();
    await add(first.dossierId);
    const found = await searchDossiers(sql, agency, [first.code.toLowerCase()], 10);
    expect(found.map(({ code, paper: place, papers }) => [code, place, papers])).toEqual([
      [first.code, 1, 2],
      [first.code, 2, 2],
    ]);
  });
});

describe("what the database refuses of submissions", () => {
  const insert = async (changes: Partial<Record<"agency" | "name" | "at", string>>) => {
    const first = await opened();
    const dossier = (await findDossier(sql, first.dossierId, agency)) as Dossier;
    return sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
        holder_name, declared_pages, opened_by, opened_at, due_at)
      select gen_random_uuid(), ${changes.agency ?? agency}, submission_id, 2, 'received',
        ${changes.name ?? dossier.applicantName}, 'x', 'x', 'x', 1, opened_by, ${changes.at ?? morning},
        ${changes.at ?? morning}::timestamptz + interval '1 day'
      from dossier where id = ${first.dossierId}`;
  };

  test.each([
    ["another agency's paper", { agency: "another" }],
    ["a paper of another day", { at: "2026-11-23T03:00:00Z" }],
    ["a paper of another applicant", { name: "Người Khác (hư cấu)" }],
  ])("DOS-1: %s does not join", async (_, changes) => {
    await expect(insert(changes)).rejects.toThrow(/joins a submission|one applicant/);
  });

  test.each([
    ["its reason", "null, 'Lò Thị Giúp (hư cấu)', false"],
    ["a name", "'old_age', null, false"],
    ["either, though it was read out", "null, null, true"],
  ])("HELP-1: help without %s is none", async (_, help) => {
    const first = await opened();
    const again = `insert into submission (id, agency_id, code, channel, identity_digits_hash, secret_hash, secret_expires_at,
        opened_by, opened_at, help_reason, helped_by, read_aloud)
      select gen_random_uuid(), agency_id, 'H55.242-261122-9998', channel, identity_digits_hash, '\\x99', secret_expires_at,
        opened_by, opened_at, ${help} from submission where code = '${first.code}'`;
    await expect(sql.unsafe(again)).rejects.toThrow(/help_is_whole/);
  });

  test.each([
    "update submission set code = 'H55.242-261122-9999'",
    "update submission set help_reason = 'other', helped_by = 'Ai Khác (hư cấu)'",
    "update submission set identity_digits_hash = '\\x00'",
    "update dossier set ordinal_in_submission = 150",
    "update dossier set applicant_name = 'Người Khác (hư cấu)'",
    "delete from submission",
    "truncate submission cascade",
  ])("DOS-1, HELP-1: %s", async (statement) => {
    await opened();
    await expect(sql.unsafe(statement)).rejects.toThrow(/refused|renewed|stays in|is kept/);
  });
});
