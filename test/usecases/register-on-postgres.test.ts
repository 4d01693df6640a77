import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { keepBook } from "../../db/stores/books.ts";
import { keepVoid } from "../../db/stores/certificates.ts";
import { agencyCredential, keepCredential, officialCredential } from "../../db/stores/credentials.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import type { AgencyId, BlobId, BookId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { Mandate } from "../../src/core/mandate.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { storedMandate } from "../support/mandates.ts";
import { aSubmission } from "../support/presented.ts";
import { aCredential, aDossier, agency, morning } from "./desk.ts";

const suffix = "SCTĐT/BS";
const today = "2026-11-22" as LocalDate;
const databases: FreshDatabase[] = [];
let sql: FreshDatabase["sql"];
let officerId: PersonId;
let blobId: BlobId;
let mandate: Mandate;

/** A store of its own each time: what these tests ask for is refused for ever once it is written. */
beforeEach(async () => {
  const database = await freshDatabase();
  databases.push(database);
  sql = database.owner.sql;
  officerId = randomUUID() as PersonId;
  blobId = randomUUID() as BlobId;
  await sql`insert into agency (id, name, province, code, development, created_at)
    values (${agency}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', 'H00.00', true, ${morning})`;
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${officerId}, ${agency}, 'officer', 'Lê Thị Minh Họa (hư cấu)', '$argon2id$none', ${morning})`;
  mandate = await storedMandate(sql, { personId: officerId });
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${blobId}, ${agency}, 'code', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
});

afterAll(async () => {
  for (const database of databases) await database.drop();
});

async function attestedDossier(): Promise<DossierId> {
  const id = randomUUID() as DossierId;
  const submission = await aSubmission(sql, { agency, person: officerId, at: morning });
  await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
      holder_name, declared_pages, opened_by, opened_at, due_at)
    values (${id}, ${agency}, ${submission}, 1, 'attested', 'Trần Văn Ví Dụ (hư cấu)', 'other', 'Giấy (hư cấu)',
      'Trần Thị Ví Dụ (hư cấu)', 1, ${officerId}, ${morning}, ${morning})`;
  return id;
}

const aBook = (year = 2026) => ({ id: randomUUID() as BookId, agencyId: agency, suffix, year, openedAt: morning });

const numberFor = (id: DossierId, on = today, beforeCommit = async (): Promise<void> => undefined) =>
  takeNumber(sql, {
    dossier: aDossier({ id, status: "attested" }),
    signer: { ...aCredential({ personId: officerId }), mandate, comparingPolicyId: null },
    today: on,
    suffix,
    feeDong: 2000,
    fresh: { id: randomUUID() as CertificateId, codeHash: new Uint8Array(randomBytes(32)), codeBlobId: blobId },
    beforeCommit,
  });

const lines = async () =>
  (
    await sql<{ line: string }[]>`select year || ':' || number || ' ' || status as line from certificate order by 1`
  ).map(({ line }) => line);

describe("REG-1 in the database", () => {
  test("REG-1: forty officials at once take 1 to 40, each once", async () => {
    await keepBook(sql, aBook());
    const ids = await Promise.all(Array.from({ length: 40 }, attestedDossier));
    const taken = await Promise.all(ids.map((id) => numberFor(id)));
    const numbers = taken.map((it) => (it.ok ? it.value.number : 0)).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  });

  test("REG-1: one dossier asked for ten times at once has one number", async () => {
    await keepBook(sql, aBook());
    const id = await attestedDossier();
    const taken = await Promise.all(Array.from({ length: 10 }, () => numberFor(id)));
    expect(new Set(taken.map((it) => (it.ok ? it.value.number : 0)))).toEqual(new Set([1]));
    expect(await lines()).toEqual(["2026:1 in_progress"]);
  });

  test("REG-1: a number whose transaction breaks was never taken", async () => {
    await keepBook(sql, aBook());
    const broken = numberFor(await attestedDossier(), today, () => Promise.reject(new Error("killed")));
    await expect(broken).rejects.toThrow("killed");
    expect(await numberFor(await attestedDossier())).toMatchObject({ ok: true, value: { number: 1 } });
  });

  test("REG-1: numbers begin again in a new year, and the old year's open number is voided, not moved", async () => {
    await keepBook(sql, aBook());
    await keepBook(sql, aBook(2027));
    const id = await attestedDossier();
    await numberFor(id, "2026-12-31" as LocalDate);
    await numberFor(await attestedDossier(), "2026-12-31" as LocalDate);
    expect(await numberFor(id, "2027-01-01" as LocalDate)).toMatchObject({ ok: true, value: { number: 1 } });
    expect(await lines()).toEqual(["2026:1 voided", "2026:2 in_progress", "2027:1 in_progress"]);
  });

  test("REG-1: a voided number is never given again", async () => {
    await keepBook(sql, aBook());
    const first = await numberFor(await attestedDossier());
    if (!first.ok) throw new Error(first.failure.code);
    await keepVoid(sql, first.value, "Máy quét lỗi, quét lại", { personId: officerId, agencyId: agency });
    expect(await numberFor(await attestedDossier())).toMatchObject({ ok: true, value: { number: 2 } });
    expect(await lines()).toEqual(["2026:1 voided", "2026:2 in_progress"]);
  });
});

describe("REG-2 in the database", () => {
  test("REG-2: with no book of the year open no number is taken", async () => {
    await keepBook(sql, aBook(2025));
    expect(await numberFor(await attestedDossier())).toEqual({ ok: false, failure: { code: "no_open_book" } });
    expect(await lines()).toEqual([]);
  });

  test("REG-2: with two open, however they came to be, no number is taken", async () => {
    await keepBook(sql, aBook());
    expect(await keepBook(sql, aBook())).toBeNull();
    await sql`insert into book (id, agency_id, suffix, year, ordinal, opened_at)
      values (${randomUUID()}, ${agency}, ${suffix}, 2026, 2, ${morning})`;
    expect(await numberFor(await attestedDossier())).toEqual({ ok: false, failure: { code: "several_open_books" } });
    expect(await lines()).toEqual([]);
  });

  test("REG-2: ten clicks on «open» open one book", async () => {
    const opened = await Promise.all(Array.from({ length: 10 }, () => keepBook(sql, aBook())));
    expect(opened.filter((id) => id !== null)).toHaveLength(1);
  });
});

test.each([
  ["deleted", "delete from certificate"],
  ["emptied", "truncate certificate cascade"],
  ["given another number", "update certificate set number = 7"],
  ["moved to another year", "update certificate set year = 2027"],
  ["moved to another dossier", "update certificate set dossier_id = gen_random_uuid()"],
  ["sealed by the officer", "update certificate set clerk_id = officer_id"],
  ["voided without a reason", "update certificate set status = 'voided'"],
  ["issued without a seal", "update certificate set status = 'issued'"],
])("NĐ 23/2015 Art. 14, REG-1, SIGN-1: a register line cannot be %s, whatever the program asks", async (_, statement) => {
  await keepBook(sql, aBook());
  await numberFor(await attestedDossier());
  await expect(sql.unsafe(statement)).rejects.toThrow();
  expect(await lines()).toEqual(["2026:1 in_progress"]);
});

test.each([
  ["taken back", "update number_series set last_number = 0"],
  ["deleted", "delete from number_series"],
])("REG-1: a series of numbers cannot be %s", async (_, statement) => {
  await keepBook(sql, aBook());
  await numberFor(await attestedDossier());
  await expect(sql.unsafe(statement)).rejects.toThrow(/never falls/);
});

/** The line that is there again, under the next number, past every store. */
const straightLine = (id: DossierId) => sql`insert into certificate overriding user value
  select (jsonb_populate_record(null::certificate, to_jsonb(c) || jsonb_build_object('id', gen_random_uuid(), 'number', 2,
    'dossier_id', ${id}::text, 'code_hash', '\\x01'))).* from certificate c`;

test("REG-2: in SQL no line joins a closed book", async () => {
  await keepBook(sql, aBook());
  await numberFor(await attestedDossier());
  await sql`update book set closed_at = ${morning}`;
  await expect(straightLine(await attestedDossier())).rejects.toThrow(/book is closed/);
});

test("REG-3: a month that is signed takes no line more, and none leaves it or is given up", async () => {
  await keepBook(sql, aBook());
  await numberFor(await attestedDossier());
  await sql`insert into register_print (agency_id, suffix, period, blob_id, first_number, last_number, issued, voided,
      copies, fee_dong, officer_id, signer_name, signer_title, signed_at, mandate_id)
    values (${agency}, ${suffix}, '2026-11', ${blobId}, 1, 1, 1, 0, 1, 0, ${officerId}, 'x', '{}', ${morning}, ${mandate.id})`;
  await expect(numberFor(await attestedDossier())).rejects.toThrow("printed and signed");
  for (const change of ["printed_on = '2026-12-01'", "status = 'voided', void_reason = 'x', voided_at = numbered_at"])
    await expect(sql.unsafe(`update certificate set ${change}`)).rejects.toThrow("printed and signed");
  expect(await lines()).toEqual(["2026:1 in_progress"]);
});

describe("AUTH-1 in the database", () => {
  const registered = () =>
    keepCredential(sql, {
      ...aCredential({ id: randomUUID(), personId: officerId, agencyId: agency as AgencyId }),
      pkcs12: null,
    });

  test.each([
    ["2025-12-31T23:59:59Z", false],
    ["2026-01-01T00:00:00Z", true],
    ["2026-12-30T23:59:59Z", true],
    ["2026-12-31T00:00:00Z", false],
  ])("AUTH-1: at %s the registered certificate holds: %s", async (at, holds) => {
    await registered();
    expect((await officialCredential(sql, officerId, at as Instant)) !== null).toBe(holds);
  });

  const sealRegistered = () =>
    keepCredential(sql, {
      ...aCredential({ id: randomUUID(), personId: null, role: "agency_seal", agencyId: agency as AgencyId }),
      pkcs12: null,
    });

  test.each([
    ["2025-12-31T23:59:59Z", false],
    ["2026-01-01T00:00:00Z", true],
    ["2026-12-31T00:00:00Z", false],
  ])("AUTH-1: at %s the agency's seal holds: %s", async (at, holds) => {
    await sealRegistered();
    expect((await agencyCredential(sql, agency as AgencyId, at as Instant)) !== null).toBe(holds);
  });

  test("AUTH-1: another agency's seal is not taken for one's own", async () => {
    await sealRegistered();
    expect(await agencyCredential(sql, "noi-khac" as AgencyId, morning)).toBeNull();
  });

  test("AUTH-1: another person's certificate is not taken for one's own", async () => {
    await registered();
    expect(await officialCredential(sql, randomUUID() as PersonId, morning)).toBeNull();
  });
});
