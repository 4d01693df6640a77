import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect } from "vitest";
import { keepBook } from "../../db/stores/books.ts";
import { findDossier } from "../../db/stores/dossiers.ts";
import { keepByHand, keepHandedOver, livingPaperLine, takePaperNumber } from "../../db/stores/paper-lines.ts";
import { keepPrint, totalsOf } from "../../db/stores/register-prints.ts";
import type { Dossier, Signer } from "../../src/core/dossier.ts";
import type { BlobId, BookId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Instant, LocalDate } from "../../src/core/kernel.ts";
import type { ComparingPolicyId, Mandate } from "../../src/core/mandate.ts";
import type { PaperLineId } from "../../src/core/paper-line.ts";
import type { Period } from "../../src/core/register-print.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { storedMandate } from "../support/mandates.ts";
import { aSubmission } from "../support/presented.ts";
import { aCredential, agency, morning } from "./desk.ts";

/** An agency with one officer and papers that want copies on paper, in a PostgreSQL database for each test. */

export const suffix = "SCT/BS";
export const today = "2026-11-22" as LocalDate;
const databases: FreshDatabase[] = [];
/** Of the role that serves, as every program works. */
export let sql: FreshDatabase["sql"];
/** Of the tables' owner: for what the database itself must refuse, and for rows past its triggers. */
export let ownerSql: FreshDatabase["sql"];
let mandate: Mandate;
/** By which the one officer there compares and signs too. AUTH-4. */
let policyId: ComparingPolicyId | null;
export let actor: { personId: PersonId; agencyId: typeof agency };

/** Called by each test file: what a module asks for when it is loaded holds for the first file alone. */
export function openPaperDesk(): void {
  beforeEach(async () => {
    const database = await freshDatabase();
    databases.push(database);
    [sql, ownerSql] = [database.sql, database.owner.sql];
    actor = { personId: randomUUID() as PersonId, agencyId: agency };
    await sql`insert into agency (id, name, province, code, development, created_at)
      values (${agency}, 'Ủy ban nhân dân phường Ví Dụ (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', 'H55.242', true, ${morning})`;
    await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
      values (${actor.personId}, ${agency}, 'officer', 'Lê Thị Minh Họa (hư cấu)', '$argon2id$none', ${morning})`;
    mandate = await storedMandate(sql, { personId: actor.personId });
    const [rule] = await sql<{ id: ComparingPolicyId }[]>`
      insert into comparing_policy (agency_id, comparer_signs, deed_number, deed_date, kept_by, kept_at)
      values (${agency}, true, '9/QĐ-UBND (hư cấu)', '2026-11-01', ${actor.personId}, ${morning}) returning id`;
    policyId = rule?.id ?? null;
  });
  afterAll(async () => {
    for (const database of databases) await database.drop();
  });
}

/** On paper only, three copies of an original of four pages. */
const usual = { applicant: "Lò Thị Thử (hư cấu)", title: "Bằng (hư cấu)", documentNumber: null as string | null };

export async function aPaper(status = "received", onPaperOnly = true, told = usual): Promise<Dossier> {
  const id = randomUUID() as DossierId;
  const submission = await aSubmission(sql, { agency, person: actor.personId, at: morning });
  await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
      holder_name, document_number, declared_pages, paper_copies, on_paper_only, opened_by, opened_at, due_at)
    values (${id}, ${agency}, ${submission}, 1, ${status}, ${told.applicant}, 'Bằng', ${told.title},
      'Lò Thị Thử (hư cấu)', ${told.documentNumber}, 4, 3, ${onPaperOnly}, ${actor.personId}, ${morning}, ${morning})`;
  return found(id);
}

export async function found(id: DossierId): Promise<Dossier> {
  const dossier = await findDossier(sql, id, agency);
  if (dossier === null) throw new Error("not there");
  return dossier;
}

/** @param prepared what is done to the paper before it is compared */
export async function compared(prepared?: (paper: Dossier) => Promise<unknown>): Promise<Dossier> {
  const dossier = await aPaper();
  await prepared?.(dossier);
  expect(await keepByHand(sql, dossier, actor)).toBe(true);
  return found(dossier.id);
}

export const book = (year = 2026) =>
  keepBook(sql, { id: randomUUID() as BookId, agencyId: agency, suffix, year, openedAt: morning });

export const take = (dossier: Dossier, on = today, by: Partial<Signer> = {}) =>
  takePaperNumber(sql, {
    ...{ id: randomUUID() as PaperLineId, dossier, today: on, suffix, feeDong: 6000 },
    signer: { ...aSigner(), comparingPolicyId: policyId, ...by },
  });

export const aSigner = () => ({ ...aCredential({ personId: actor.personId }), mandate, comparingPolicyId: null });

export async function numbered(prepared?: (paper: Dossier) => Promise<unknown>): Promise<DossierId> {
  const { id } = await compared(prepared);
  await take(await found(id));
  return id;
}

/** A second line for another dossier, past the store. */
export const straightLine = (dossierId: DossierId) => sql`insert into paper_line
    (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at, officer_id, signer_name,
      signer_title, mandate_id, comparing_policy_id, applicant_name, title, copies, fee_dong)
  select ${randomUUID()}, agency_id, book_id, suffix, year, 99, ${dossierId}, 'in_progress', printed_on, numbered_at, officer_id,
    signer_name, signer_title, mandate_id, comparing_policy_id, applicant_name, title, copies, fee_dong from paper_line limit 1`;

export const lineOf = async (id: DossierId) => {
  const line = await livingPaperLine(sql, id);
  if (line === null) throw new Error("no line");
  return line;
};

export const series = { agencyId: agency, suffix };

/** Numbered and handed over. */
export async function issued(on = today): Promise<DossierId> {
  const { id } = await compared();
  await take(await found(id), on);
  await keepHandedOver(sql, await lineOf(id), actor);
  return id;
}

/** A print of the period as its lines stand now, to be kept later. */
export async function printOf(period: Period, signedAt: Instant) {
  const blobId = randomUUID() as BlobId;
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})
    on conflict do nothing`;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${blobId}, ${agency}, 'register_print', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
  const totals = await totalsOf(sql, series, period);
  return { totals, keep: () => keepPrint(sql, series, totals, { blobId, signer: aSigner(), signedAt }, actor) };
}
