import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { absencesOf, endAbsenceWith, keepAbsenceWith, leftByAbsent } from "../../db/stores/absences.ts";
import { keepBook } from "../../db/stores/books.ts";
import { comparisonOf, keepComparingPolicyWith } from "../../db/stores/comparing-policy.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import { newestLine } from "../../db/stores/register.ts";
import type { Absence, AbsenceId } from "../../src/core/absence.ts";
import type { BlobId, BookId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { ComparingPolicyId, Mandate } from "../../src/core/mandate.ts";
import { noteAbsence } from "../../src/usecases/administration/absences.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import type { AgencyPerson } from "../../src/usecases/administration/person.ts";
import { noteText } from "../../src/web/pages/register/line-texts.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { storedMandate } from "../support/mandates.ts";
import { aSubmission } from "../support/presented.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { aCredential, aDossier, agency, morning } from "./desk.ts";

const suffix = "SCTĐT/BS";
const today = "2026-11-22" as LocalDate;
const [officer, substitute, head] = [randomUUID(), randomUUID(), randomUUID()] as PersonId[] as [
  PersonId,
  PersonId,
  PersonId,
];
const blobId = randomUUID() as BlobId;
const deputy = { kind: "assignment", deed: { number: "1/QĐ", date: today, issuedBy: "CT" } } as const;
let database: FreshDatabase;
let sql: FreshDatabase["sql"];
let mandate: Mandate;

beforeAll(async () => {
  database = await freshDatabase();
  sql = database.owner.sql;
  await sql`insert into agency (id, name, province, code, development, created_at)
    values (${agency}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', 'H00.00', true, ${morning})`;
  for (const id of [officer, substitute, head])
    await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
      values (${id}, ${agency}, ${id}, 'Lê Thị Minh Họa (hư cấu)', '$argon2id$none', ${morning})`;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${blobId}, ${agency}, 'code', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
  await keepBook(sql, { id: randomUUID() as BookId, agencyId: agency, suffix, year: 2026, openedAt: morning });
  mandate = await storedMandate(sql, { personId: officer, ...deputy });
  await storedMandate(sql, { personId: head });
});

afterAll(() => database.drop());

/** Attested by that person. */
async function attestedBy(person: PersonId): Promise<DossierId> {
  const id = randomUUID() as DossierId;
  const submission = await aSubmission(sql, { agency, person: officer, at: morning });
  await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
      holder_name, declared_pages, opened_by, opened_at, due_at)
    values (${id}, ${agency}, ${submission}, 1, 'attested', 'Trần Văn Ví Dụ (hư cấu)', 'Giấy khai sinh', 'Giấy (hư cấu)',
      'Trần Thị Ví Dụ (hư cấu)', 1, ${officer}, ${morning}, ${morning})`;
  await sql`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
    values (${id}, ${person}, true, 1, ${morning})`;
  return id;
}

const numberFor = (id: DossierId, comparingPolicyId: ComparingPolicyId | null = null) =>
  takeNumber(sql, {
    dossier: aDossier({ id, status: "attested" }),
    signer: { ...aCredential({ personId: officer }), mandate, comparingPolicyId },
    today,
    suffix,
    feeDong: 2000,
    fresh: { id: randomUUID() as CertificateId, codeHash: new Uint8Array(randomBytes(32)), codeBlobId: blobId },
    beforeCommit: async () => undefined,
  });

const actor = { personId: head, agencyId: agency };
const note = noteOf(actor, "absence_noted", "x", morning);
const anAbsence = (changes: Partial<Absence> = {}): Absence => ({
  ...{ id: randomUUID() as AbsenceId, agencyId: agency, personId: officer, from: today, to: today },
  ...{ substituteId: substitute, endedAt: null },
  ...changes,
});

describe("AUTH-3 in the database: who is away signs nothing", () => {
  test("AUTH-3: no number is taken or taken up on those days; once they are back it is", async () => {
    const taken = await attestedBy(substitute);
    expect(await numberFor(taken)).toMatchObject({ ok: true });
    const absence = anAbsence();
    await keepAbsenceWith(sql, absence, note);
    await expect(numberFor(await attestedBy(substitute))).rejects.toThrow("AUTH-3");
    await expect(numberFor(taken)).rejects.toThrow("AUTH-3");

    const left = { until: today, substituteName: "Lê Thị Minh Họa (hư cấu)", dossiers: [{ id: taken }] };
    expect(await leftByAbsent(sql, { personId: substitute, agencyId: agency }, today)).toMatchObject([left]);
    expect(await leftByAbsent(sql, { personId: head, agencyId: agency }, today)).toMatchObject([left]);
    const other = await storedMandate(sql, { personId: officer, ...deputy });
    expect(await leftByAbsent(sql, { personId: other.personId, agencyId: agency }, today)).toEqual([]);

    expect(await endAbsenceWith(sql, absence.id, note)).toBe(true);
    expect(await endAbsenceWith(sql, absence.id, note)).toBe(false);
    expect(await absencesOf(sql, officer)).toEqual([]);
    expect(await numberFor(taken)).toMatchObject({ ok: true });
  });

  test("AUTH-3: no clerk seals, no notice and no print is signed on those days", async () => {
    const id = await attestedBy(substitute);
    expect(await numberFor(id)).toMatchObject({ ok: true });
    const absences = [anAbsence(), anAbsence({ personId: substitute, substituteId: null })];
    for (const absence of absences) await keepAbsenceWith(sql, absence, note);
    await expect(
      sql`update certificate set clerk_id = ${substitute}, sealed_at = ${morning} where dossier_id = ${id}`,
    ).rejects.toThrow("AUTH-3");
    const refused = await attestedBy(substitute);
    await sql`insert into refusal (dossier_id, ground, reason, person_id, refused_at)
      values (${refused}, 'A22_1', 'Bản chính bị tẩy xóa (hư cấu)', ${officer}, ${morning})`;
    const notice = sql`insert into refusal_notice (dossier_id, blob_id, officer_id, signer_name, signer_title, signed_at, mandate_id)
      values (${refused}, ${blobId}, ${officer}, 'x', '{}', ${morning}, ${mandate.id})`;
    await expect(notice).rejects.toThrow("AUTH-3");
    const print = sql`insert into register_print (agency_id, suffix, period, blob_id, first_number, last_number, issued, voided,
        copies, fee_dong, officer_id, signer_name, signer_title, signed_at, mandate_id)
      values (${agency}, ${suffix}, '2026-10', ${blobId}, 1, 1, 1, 0, 1, 0, ${officer}, 'x', '{}', ${morning}, ${mandate.id})`;
    await expect(print).rejects.toThrow("AUTH-3");
    for (const { id: absence } of absences) await endAbsenceWith(sql, absence, note);
  });

  test.each([
    ["made longer", "update absence set to_day = '2099-01-01'"],
    ["taken back", "update absence set ended_at = null, ended_by = null"],
    ["deleted", "delete from absence"],
  ])("AUTH-3: an absence cannot be %s", async (_, statement) => {
    await expect(sql.unsafe(statement)).rejects.toThrow();
  });

  test("AUTH-3: the substitute is somebody else who signs; naming gives no right", async () => {
    const person = (personId: PersonId, ...roles: AgencyPerson["roles"]): AgencyPerson => {
      return { personId, userName: personId, fullName: "x", roles, active: true, passwordInitial: false };
    };
    const people = [person(officer, "signer"), person(substitute, "signer"), person(head, "receiver")];
    const kept: Absence[] = [];
    const noted = (substituteId: PersonId | null) =>
      noteAbsence({ personId: officer, from: today, to: null, substituteId }, actor, {
        now: () => morning,
        newAbsenceId: () => randomUUID() as AbsenceId,
        person: async (id) => people.find(({ personId }) => personId === id) ?? null,
        keepAbsence: async (absence) => kept.push(absence) > 0,
      });
    for (const unfit of [officer, head, randomUUID() as PersonId])
      expect(await noted(unfit)).toEqual({ ok: false, failure: { code: "substitute_unfit" } });
    expect([(await noted(substitute)).ok, (await noted(null)).ok, kept.length]).toEqual([true, true, 2]);
    await expect(keepAbsenceWith(sql, anAbsence({ substituteId: officer }), note)).rejects.toThrow();
  });
});

describe("AUTH-3 at one moment", () => {
  const later = (from: string, to: string | null) =>
    anAbsence({ id: randomUUID() as AbsenceId, from: from as LocalDate, to: to as LocalDate | null });

  test("AUTH-3: of two absences over the same days, written at once, one is kept; other days are another", async () => {
    let second: Promise<boolean> = Promise.resolve(true);
    await sql.begin(async (tx) => {
      await tx`insert into absence (id, agency_id, person_id, from_day, to_day, kept_by, kept_at)
        values (${randomUUID()}, ${agency}, ${officer}, '2027-03-01', '2027-03-05', ${officer}, ${morning})`;
      second = keepAbsenceWith(sql, later("2027-03-05", null), note);
      await untilSomebodyWaits(sql, 1, second);
    });
    expect(await second).toBe(false);
    const straight = sql`insert into absence (id, agency_id, person_id, from_day, to_day, kept_by, kept_at)
      values (${randomUUID()}, ${agency}, ${officer}, '2027-03-05', '2027-03-05', ${officer}, ${morning})`;
    await expect(straight).rejects.toThrow(/AUTH-3/);
    expect(await keepAbsenceWith(sql, later("2027-02-01", "2027-02-02"), note)).toBe(true);
  });

  test("AUTH-3: whoever signs waits for an absence that is being written, and is refused by it", async () => {
    const id = await attestedBy(substitute);
    let signing: Promise<unknown> = Promise.resolve();
    const written = await sql.begin(async (tx) => {
      await tx`insert into absence (id, agency_id, person_id, from_day, to_day, kept_by, kept_at)
        values (${randomUUID()}, ${agency}, ${officer}, ${today}, ${today}, ${officer}, ${morning})`;
      signing = numberFor(id).catch((error: Error) => error.message);
      await untilSomebodyWaits(sql, 1, signing);
      return true;
    });
    expect([written, await signing]).toEqual([true, expect.stringContaining("AUTH-3")]);
    await sql`update absence set ended_at = ${morning}, ended_by = ${officer} where from_day = ${today} and ended_at is null`;
  });
});

describe("AUTH-4 in the database: who compared signs by a rule of the agency only", () => {
  const decide = async (comparerSigns: boolean) => {
    await keepComparingPolicyWith(sql, { comparerSigns, deedNumber: "9/QĐ-UBND", deedDate: today }, note);
    return comparisonOf(sql, await attestedBy(officer), agency);
  };

  test("AUTH-4: without a rule, under one that forbids, or under an older one that allowed, no number is taken", async () => {
    await expect(numberFor(await attestedBy(officer))).rejects.toThrow("AUTH-4");
    const { by, policyId: older } = await decide(true);
    expect(by).toBe(officer);
    expect((await decide(false)).policyId).toBeNull();
    await expect(numberFor(await attestedBy(officer), older)).rejects.toThrow("AUTH-4");
    const [newest] = await sql<{ id: ComparingPolicyId }[]>`select id from comparing_policy order by id desc limit 1`;
    await expect(numberFor(await attestedBy(officer), newest?.id)).rejects.toThrow("AUTH-4");
    await expect(sql`update comparing_policy set comparer_signs = true`).rejects.toThrow();
  });

  test("AUTH-4: under a rule that allows the line names it; a line never names one where another compared", async () => {
    const { policyId } = await decide(true);
    const id = await attestedBy(officer);
    expect(await numberFor(id, policyId)).toMatchObject({ ok: true });
    const line = await newestLine(sql, id);
    expect(line === null ? "" : noteText(line)).toContain(
      "Người đối chiếu đồng thời là người ký (văn bản số 9/QĐ-UBND ngày 22/11/2026)",
    );
    await expect(numberFor(await attestedBy(substitute), policyId)).rejects.toThrow("AUTH-4");
  });
});
