import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { noteAccess } from "../../db/stores/accesses.ts";
import { erasureProofs } from "../../db/stores/erasure-proofs.ts";
import { eraseDueContacts, forgetDueAccesses } from "../../db/stores/erasures.ts";
import { keepOffSite } from "../../db/stores/off-site.ts";
import { keepHandedOver } from "../../db/stores/paper-lines.ts";
import { eraseDuePayments } from "../../db/stores/payment-erasures.ts";
import { registerOfDay } from "../../db/stores/register.ts";
import { keepWithdrawal } from "../../db/stores/withdrawals.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { agency, morning } from "./desk.ts";
import { account, newEntry, pay, receipts } from "./fee-desk.ts";
import { actor, aPaper, book, found, lineOf, numbered, openPaperDesk, sql, suffix, today } from "./paper-desk.ts";

openPaperDesk();

const long = "2015-01-05T02:00:00Z" as Instant;
const term = "2016-01-05T02:00:00Z" as Instant;

async function keepLine(day: string, content: string): Promise<string> {
  const [id, statement] = [randomUUID(), randomUUID()];
  await sql`insert into statement_import (id, agency_id, incoming, added, outgoing, unread, person_id, imported_at)
    values (${statement}, ${agency}, 1, 1, 0, '{}', ${actor.personId}, ${morning})`;
  await sql`insert into statement_line (id, agency_id, import_id, ordinal, digest, day, amount_dong, content, reference)
    values (${id}, ${agency}, ${statement}, 1, sha256(convert_to(${content}::text, 'UTF8')), ${day}, 5000, ${content}, 'FT1')`;
  return id;
}

test("KEEP-1: names of payers and words of transfers go after their term, with a proof; sums, receipts and digests stay", async () => {
  const paper = await aPaper();
  await pay(paper, 6000, newEntry(), long);
  await pay(paper, 12_000);
  const line = await keepLine("2015-01-05", "LO THI THU CHUYEN TIEN (hu cau)");
  await keepLine("2026-11-22", "LO THI THU MOI (hu cau)");
  await sql`insert into statement_set_aside (line_id, reason, person_id, set_aside_at)
    values (${line}, 'Chuyen nham, tra lai ong Lo (hu cau)', ${actor.personId}, ${long})`;
  const before = await sql`select id, amount_dong, digest, reference from statement_line order by id`;
  for (const change of [
    "fee_entry set payer = '–––', amount_dong = 1",
    "statement_line set content = '–––', amount_dong = 1",
  ]) {
    const withTheName = sql.unsafe(
      `update ${change} where ${change.startsWith("fee") ? "entered_at" : "day"} < '2016-01-01'`,
    );
    await expect(withTheName, change).rejects.toThrow(/rows are evidence/);
  }
  expect(await eraseDuePayments(sql, term, morning)).toBe(3);
  expect((await account(paper)).payments.map(({ payer, amountDong }) => [payer, amountDong])).toEqual([
    ["–––", 6000],
    ["Lò Thị Thử (hư cấu)", 12_000],
  ]);
  expect(await receipts()).toEqual(["1/2015", "1/2026"]);
  expect(await sql`select id, amount_dong, digest, reference from statement_line order by id`).toEqual(before);
  const told = await sql<{ content: string }[]>`select content from statement_line order by day`;
  expect(told.map(({ content }) => content)).toEqual(["–––", "LO THI THU MOI (hu cau)"]);
  expect((await sql`select reason from statement_set_aside`)[0]?.["reason"]).toMatch(/^–+$/);
  expect(await eraseDuePayments(sql, term, morning)).toBe(0);
  expect(await erasureProofs(sql, agency, 9)).toMatchObject([{ rule: "payment", things: 3, onRequest: false }]);
  for (const [refused, of] of [
    ["payer = '–––'", "fee_entry where payer <> '–––'"], // within a year
    ["payer = 'x'", "fee_entry where payer = '–––'"],
    ["payer = '–––', amount_dong = 1", "fee_entry"],
    ["content = '–––'", "statement_line where content <> '–––'"],
    ["reference = '–––'", "statement_line where content = '–––'"],
  ] as const) {
    const [table = "", rest = ""] = of.split(" where ");
    const change = sql.unsafe(`update ${table} set ${refused} ${rest === "" ? "" : `where ${rest}`}`);
    await expect(change, refused).rejects.toThrow(/rows are evidence/);
  }
});

const visit = {
  ...{ ground: "other" as const, groundNote: "Nằm viện (hư cấu)", deed: "số 12/UBND (hư cấu)" },
  ...{ askedBy: "Lò Văn Nhờ (hư cấu)", place: "Bệnh viện Ví Dụ (hư cấu)", actAt: "2026-11-22T02:40:00Z" as Instant },
};
const visited = async (paper: Dossier) => {
  expect(await keepOffSite(sql, paper, visit, actor, morning)).toBe(true);
  return paper;
};
const toldOf = async (paper: Dossier) => {
  const [row] = await sql<{ asked_by: string; ground_note: string; place: string }[]>`
    select asked_by, ground_note, place from off_site where submission_id = (select submission_id from dossier where id = ${paper.id})`;
  return [row?.asked_by, row?.ground_note, row?.place];
};

test("KEEP-1: of a visit, who asked goes with the contact once all papers ended; its place stays where column 8 tells it", async () => {
  await book();
  const [open, withdrawn] = [await visited(await aPaper()), await visited(await aPaper())];
  await keepWithdrawal(sql, withdrawn, "Không cần nữa (hư cấu)", actor, morning);
  const id = await numbered(visited);
  await keepHandedOver(sql, await lineOf(id), actor);
  const handedOver = await found(id);
  const later = "2100-01-01T00:00:00Z" as Instant;
  expect(await eraseDueContacts(sql, later, morning)).toBe(2);
  expect(await toldOf(open)).toEqual([visit.askedBy, visit.groundNote, visit.place]);
  expect(await toldOf(withdrawn)).toEqual(["–––", "–––", "–––"]);
  expect(await toldOf(handedOver)).toEqual(["–––", "–––", visit.place]);
  const [line] = await registerOfDay(sql, agency, suffix, today);
  expect(line?.elsewhere?.place).toBe(visit.place);
  expect(await eraseDueContacts(sql, later, morning)).toBe(0);
  for (const change of ["asked_by = '–––', ground_note = '–––', place = 'x'", "ground = 'old_weak'", "act_at = null"])
    await expect(sql.unsafe(`update off_site set ${change}`), change).rejects.toThrow(/rows are evidence/);
});

test("DATA-3: of papers with a restriction nothing goes by its term, names of payers, contact and accesses too, until it is lifted", async () => {
  const paper = await visited(await aPaper());
  await pay(paper, 6000, newEntry(), long);
  await keepWithdrawal(sql, paper, "Không cần nữa (hư cấu)", actor, morning);
  await noteAccess(sql, paper.id, "pages_seen", actor.personId, long);
  const request = randomUUID();
  await sql`insert into data_request (id, dossier_id, agency_id, kind, asked_at, due_at)
    values (${request}, ${paper.id}, ${agency}, 'restrict', ${long}, ${morning})`;
  await sql`insert into data_restriction (request_id, dossier_id, since) values (${request}, ${paper.id}, ${morning})`;
  const later = "2100-01-01T00:00:00Z" as Instant;
  const erased = async () => [
    await eraseDuePayments(sql, term, morning),
    await eraseDueContacts(sql, later, morning),
    await forgetDueAccesses(sql, term, morning),
  ];
  expect(await erased()).toEqual([0, 0, 0]);
  await sql`update data_restriction set lifted_at = ${morning} where request_id = ${request}`;
  expect(await erased()).toEqual([1, 1, 1]);
});
