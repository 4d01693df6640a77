import { describe, expect, test } from "vitest";
import type { Dossier } from "../../src/core/dossier.ts";
import { agency } from "./desk.ts";
import { account, pay, receipts, submissionOf } from "./fee-desk.ts";
import { aPaper, book, found, numbered, openPaperDesk, ownerSql as sql } from "./paper-desk.ts";

openPaperDesk();

const grossOf = async (paper: Dossier) => (await account(paper)).balance.grossDong;

/** Past the triggers, as only a test may. */
const straight = (statement: string) =>
  sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx.unsafe(statement);
  });

describe("what is owed", () => {
  test("FEE-2: what was refused, taken back, found in a copy before or voided is charged no more", async () => {
    for (const status of ["refused", "withdrawn", "reused", "voided"]) {
      const paper = await aPaper();
      expect(await grossOf(paper)).toBe(18_000);
      await straight(`update dossier set status = '${status}' where id = '${paper.id}'`);
      expect([status, await grossOf(paper)]).toEqual([status, 0]);
    }
  });

  test("FEE-2: of papers presented together each is charged by its pages and copies, electronic and on paper", async () => {
    const [first, second] = [await aPaper("received", false), await aPaper()];
    expect(await grossOf(first)).toBe(6000 + 3 * 6000);
    await straight(`update dossier set electronic_copies = 3 where id = '${first.id}'`);
    expect(await grossOf(first)).toBe(3 * 6000 + 3 * 6000);
    await straight(`update dossier set submission_id = '${await submissionOf(first)}', ordinal_in_submission = 2
      where id = '${second.id}'`);
    expect(await grossOf(first)).toBe(36_000 + 18_000);
  });

  test("FEE-2: copies on paper whose number was given up are charged no more", async () => {
    await book();
    const paper = await found(await numbered());
    expect(await grossOf(paper)).toBe(18_000);
    await straight(
      `update paper_line set status = 'voided', void_reason = 'x', voided_at = now() where dossier_id = '${paper.id}'`,
    );
    expect(await grossOf(paper)).toBe(0);
  });
});

test("FEE-4: no receipt is written by hand but the next one, of a payment", async () => {
  await sql`alter table fee_entry disable trigger fee_has_receipt`; // as a fault of the program would
  await pay(await aPaper(), 6000);
  const write = (number: number, year = 2026) => sql`insert into fee_receipt (entry_id, agency_id, year, number)
    select id, ${agency}, ${year}, ${number} from fee_entry`;
  await expect(write(2)).rejects.toThrow(/the next one/);
  await expect(write(1, 2025)).rejects.toThrow(/the next one/);
  expect((await write(1)).count).toBe(1);
  expect(await receipts()).toEqual(["1/2026"]);
});
