import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepBook } from "../../db/stores/books.ts";
import { endMandateWith, findMandate, mandatesOf } from "../../db/stores/mandates.ts";
import { takeNumber } from "../../db/stores/numbers.ts";
import { newestLine } from "../../db/stores/register.ts";
import type { AgencyId, BlobId, BookId, CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { Mandate } from "../../src/core/mandate.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import { signerText } from "../../src/web/pages/register/line-texts.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { storedMandate } from "../support/mandates.ts";
import { aSubmission } from "../support/presented.ts";
import { aCredential, aDossier, agency, morning } from "./desk.ts";

const suffix = "SCTĐT/BS";
const today = "2026-11-22" as LocalDate;
const officer = randomUUID() as PersonId;
const another = randomUUID() as PersonId;
const blobId = randomUUID() as BlobId;
const elsewhere = "noi-khac" as AgencyId;
let database: FreshDatabase;
let sql: FreshDatabase["sql"];

beforeAll(async () => {
  database = await freshDatabase();
  sql = database.owner.sql;
  for (const id of [agency, elsewhere])
    await sql`insert into agency (id, name, province, code, development, created_at)
      values (${id}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', ${id.toUpperCase()}, true, ${morning})`;
  for (const id of [officer, another])
    await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
      values (${id}, ${agency}, ${id}, 'Lê Thị Minh Họa (hư cấu)', '$argon2id$none', ${morning})`;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${blobId}, ${agency}, 'code', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
  const book = { id: randomUUID() as BookId, agencyId: agency, suffix, year: 2026, openedAt: morning };
  await keepBook(sql, book);
});

afterAll(() => database.drop());

async function attestedDossier(kind = "Giấy khai sinh"): Promise<DossierId> {
  const id = randomUUID() as DossierId;
  const submission = await aSubmission(sql, { agency, person: officer, at: morning });
  await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
      holder_name, declared_pages, opened_by, opened_at, due_at)
    values (${id}, ${agency}, ${submission}, 1, 'attested', 'Trần Văn Ví Dụ (hư cấu)', ${kind}, 'Giấy (hư cấu)',
      'Trần Thị Ví Dụ (hư cấu)', 1, ${officer}, ${morning}, ${morning})`;
  return id;
}

const numberUnder = async (mandate: Mandate, kind?: string, id?: DossierId) =>
  takeNumber(sql, {
    dossier: aDossier({ id: id ?? (await attestedDossier(kind)), status: "attested" }),
    signer: { ...aCredential({ personId: officer }), mandate, comparingPolicyId: null },
    today,
    suffix,
    feeDong: 2000,
    fresh: { id: randomUUID() as CertificateId, codeHash: new Uint8Array(randomBytes(32)), codeBlobId: blobId },
    beforeCommit: async () => undefined,
  });

const deed = { number: "05/QĐ-UBND", date: "2026-11-01" as LocalDate, issuedBy: "Chủ tịch UBND phường (hư cấu)" };
const actor = { personId: another, agencyId: agency };

describe("AUTH-2 in the database: whatever the program asks, no number is taken", () => {
  test.each<[string, Partial<Mandate>, string?]>([
    ["before its first day", { from: "2026-11-23" as LocalDate }],
    ["after its last day", { to: "2026-11-21" as LocalDate }],
    ["under another person's", { personId: another }],
    ["for other work", { works: ["signatures"] }],
    ["for another kind of paper", { paperKinds: ["Hộ chiếu"] }],
  ])("AUTH-2: %s", async (_, changes) => {
    const mandate = await storedMandate(sql, { personId: officer, ...changes });
    await expect(numberUnder(mandate)).rejects.toThrow("AUTH-2");
  });

  test("AUTH-2: without any", async () => {
    const none = { ...(await storedMandate(sql, { personId: officer })), id: randomUUID() as Mandate["id"] };
    await expect(numberUnder(none)).rejects.toThrow();
  });

  test("AUTH-2: once it has ended, also where the number was taken before", async () => {
    const mandate = await storedMandate(sql, { personId: officer });
    const id = await attestedDossier();
    expect(await numberUnder(mandate, undefined, id)).toMatchObject({ ok: true });
    const note = noteOf(actor, "mandate_ended", "x", morning);
    expect(await endMandateWith(sql, mandate.id, "Văn bản bị bãi bỏ", note)).toBe(true);
    expect(await endMandateWith(sql, mandate.id, "Lần nữa", note)).toBe(false);
    await expect(numberUnder(mandate, undefined, id)).rejects.toThrow("does not hold");
    expect((await findMandate(sql, mandate.id, agency))?.endReason).toBe("Văn bản bị bãi bỏ");
    expect(await findMandate(sql, mandate.id, elsewhere)).toBeNull();
  });

  test("AUTH-2: nor is a signature kept once it has ended", async () => {
    const mandate = await storedMandate(sql, { personId: officer });
    const id = await attestedDossier();
    expect(await numberUnder(mandate, undefined, id)).toMatchObject({ ok: true });
    await endMandateWith(sql, mandate.id, "Văn bản bị bãi bỏ", noteOf(actor, "mandate_ended", "x", morning));
    const kept = sql`update certificate set person_signed_blob_id = ${blobId}, person_signed_at = ${morning}
      where dossier_id = ${id}`;
    await expect(kept).rejects.toThrow("does not hold");
  });

  test("AUTH-2: no notice of refusal and no print of the register under one that is over or for other papers", async () => {
    const id = await attestedDossier();
    await sql`insert into refusal (dossier_id, ground, reason, person_id, refused_at)
      values (${id}, 'A22_1', 'Bản chính bị tẩy xóa (hư cấu)', ${officer}, ${morning})`;
    const over = await storedMandate(sql, { personId: officer, to: "2026-11-21" as LocalDate });
    const other = await storedMandate(sql, { personId: officer, paperKinds: ["Hộ chiếu"] });
    for (const mandate of [over, other]) {
      const notice = sql`insert into refusal_notice (dossier_id, blob_id, officer_id, signer_name, signer_title, signed_at, mandate_id)
        values (${id}, ${blobId}, ${officer}, 'x', '{}', ${morning}, ${mandate.id})`;
      await expect(notice).rejects.toThrow("AUTH-2");
      const print = sql`insert into register_print (agency_id, suffix, period, blob_id, first_number, last_number, issued, voided,
          copies, fee_dong, officer_id, signer_name, signer_title, signed_at, mandate_id)
        values (${agency}, ${suffix}, '2026-10', ${blobId}, 1, 1, 1, 0, 1, 0, ${officer}, 'x', '{}', ${morning}, ${mandate.id})`;
      await expect(print).rejects.toThrow("AUTH-2");
    }
  });

  test("AUTH-2: kinds are the same without marks and case; the register names the deed as it stood", async () => {
    const mandate = await storedMandate(sql, {
      personId: officer,
      kind: "assignment",
      deed,
      paperKinds: ["GIAY KHAI SINH"],
    });
    const id = await attestedDossier();
    expect(await numberUnder(mandate, undefined, id)).toMatchObject({ ok: true });
    const line = await newestLine(sql, id);
    expect(line === null ? "" : signerText(line)).toBe(
      "Lê Thị Minh Họa (hư cấu), CHỦ TỊCH, phân công số 05/QĐ-UBND ngày 01/11/2026",
    );
  });
});

test.each([
  ["given another last day", "update mandate set valid_to = '2099-01-01'"],
  ["widened", "update mandate set paper_kinds = null, works = '{copies,transactions}'"],
  ["given back after its end", "update mandate set ended_at = null, end_reason = null"],
  ["deleted", "delete from mandate"],
  ["emptied", "truncate mandate cascade"],
])("AUTH-2: a mandate cannot be %s, whatever the program asks", async (_, statement) => {
  const mandate = await storedMandate(sql, {
    personId: officer,
    to: "2026-12-31" as LocalDate,
    paperKinds: ["Hộ chiếu"],
  });
  await expect(sql.unsafe(statement)).rejects.toThrow();
  expect((await mandatesOf(sql, officer, agency)).find(({ id }) => id === mandate.id)).toMatchObject(mandate);
});

test("AUTH-2: a deed without number, day and issuer is no deed; a mandate is of the person's own agency", async () => {
  const bare = { number: "1", date: null, issuedBy: null };
  await expect(storedMandate(sql, { personId: officer, kind: "authorisation", deed: null })).rejects.toThrow();
  await expect(storedMandate(sql, { personId: officer, kind: "authorisation", deed: bare })).rejects.toThrow();
  await expect(storedMandate(sql, { personId: officer, agencyId: elsewhere })).rejects.toThrow();
});
