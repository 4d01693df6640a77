import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { agency, morning } from "./desk.ts";
import { actor, aPaper, book, openPaperDesk, ownerSql as sql, today } from "./paper-desk.ts";

openPaperDesk();

/** A line of the register, past the triggers: how it came there is of no matter here. */
async function aLine(number: number, status: "issued" | "in_progress"): Promise<string> {
  const { id: dossierId } = await aPaper("released", false);
  const [id, blob] = [randomUUID(), randomUUID()];
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at,
        officer_id, signer_name, signer_title, applicant_name, title, fee_dong, code_hash, code_blob_id, clerk_id, sealed_blob_id, identity_sha256)
      select ${id}, ${agency}, id, suffix, 2026, ${number}, ${dossierId}, ${status}, ${today}, ${morning}, ${actor.personId}, 'x', '{}', 'x',
        'x', 6000, ${randomBytes(32)}, ${blob}, ${randomUUID()}, ${blob}, ${randomBytes(32).toString("hex")} from book`;
  });
  return id;
}

test("ANNUL-1: the database annuls issued copies only, once, and keeps the decision", async () => {
  await book();
  const [copy, newer, waiting] = [await aLine(1, "issued"), await aLine(2, "issued"), await aLine(3, "in_progress")];
  const decide = (of: string, more: Record<string, string> = {}) =>
    sql`insert into annulment ${sql({
      ...{
        certificate_id: of,
        agency_id: agency,
        kind: "annulled",
        decision_number: "12/QĐ-UBND",
        decision_date: today,
      },
      ...{ decided_by: "Chủ tịch (hư cấu)", reason: "Bản chính thiếu một trang.", person_id: actor.personId },
      ...{ noted_at: morning, ...more },
    })}`;
  await expect(decide(waiting)).rejects.toThrow(/only an issued copy is annulled/);
  const replaced = { kind: "superseded" };
  await expect(decide(copy, replaced)).rejects.toThrow(/annulment_check/);
  await expect(decide(copy, { ...replaced, successor_id: copy })).rejects.toThrow(/annulment_check/);
  await expect(decide(copy, { ...replaced, successor_id: waiting })).rejects.toThrow(/takes the place of another/);
  await expect(decide(copy, { reason: "sai" })).rejects.toThrow(/annulment_reason_check/);
  expect((await decide(copy, { ...replaced, successor_id: newer })).count).toBe(1);
  await expect(decide(copy)).rejects.toThrow(/annulment_pkey/);
  for (const change of [
    "update annulment set reason = 'Một lý do khác hẳn.'",
    "delete from annulment",
    "truncate annulment",
  ])
    await expect(sql.unsafe(change), change).rejects.toThrow(/evidence/);
  expect(await sql`select status from certificate where id = ${copy}`).toEqual([{ status: "issued" }]);
});
