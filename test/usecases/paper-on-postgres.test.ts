import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { booksOf, closeBookWith } from "../../db/stores/administration.ts";
import { keepByHand, keepHandedOver, keepPaperVoid } from "../../db/stores/paper-lines.ts";
import { registerOfDay } from "../../db/stores/register.ts";
import { totalsOf } from "../../db/stores/register-prints.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import type { BookId, PersonId } from "../../src/core/ids.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import type { Period } from "../../src/core/register-print.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import { compareByHand } from "../../src/usecases/paper/compare-by-hand.ts";
import { storedMandate } from "../support/mandates.ts";
import { agency, morning } from "./desk.ts";
import { actor, aPaper, book, compared, found, lineOf, numbered, openPaperDesk, ownerSql as sql, straightLine, suffix, take, today } from "./paper-desk.ts"; // biome-ignore format: one line

openPaperDesk();

describe("the book for copies on paper", () => {
  test("REG-1: twenty officials at once take 1 to 20, each once; the same dossier keeps its number", async () => {
    await book();
    const papers = await Promise.all(Array.from({ length: 20 }, compared));
    const taken = await Promise.all(papers.map((paper) => take(paper)));
    const numbers = taken.map((it) => (it.ok ? it.value.number : 0)).toSorted((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    const [first] = papers;
    const again = await Promise.all([1, 2, 3].map(() => take(first as Dossier)));
    expect(new Set(again.map((it) => it.ok && it.value.number)).size).toBe(1);
  });

  test("REG-2: no number without an open book for paper, and none spent by asking", async () => {
    const paper = await compared();
    expect(await take(paper)).toEqual({ ok: false, failure: { code: "no_open_book" } });
    await book();
    expect(await take(paper)).toMatchObject({ ok: true, value: { number: 1, bookText: "01/2026-SCT/BS" } });
  });

  test("DATE-1: signed on another day of the year the number stays; in a new year it is voided and begins from 1", async () => {
    await book();
    await book(2027);
    const paper = await compared();
    await take(paper);
    expect(await take(paper, "2026-12-31" as LocalDate)).toMatchObject({
      value: { number: 1, printedOn: "2026-12-31" },
    });
    expect(await take(paper, "2027-01-04" as LocalDate)).toMatchObject({
      value: { number: 1, bookText: "01/2027-SCT/BS" },
    });
    const voided = await sql`select void_reason from paper_line where status = 'voided'`;
    expect(voided.map((row) => row["void_reason"])).toEqual(["year_changed"]);
  });

  test("FEE-1, LAW 3.3: the line counts its copies and their fee, stands in its own register and joins the totals", async () => {
    await book();
    const id = await numbered();
    expect(await keepHandedOver(sql, await lineOf(id), actor)).toBe(true);
    expect((await found(id)).status).toBe("handed_over");
    const lines = await registerOfDay(sql, agency, suffix, today);
    expect(lines).toMatchObject([{ form: "paper", number: 1, copies: 3, feeDong: 18_000, status: "issued" }]);
    expect(await registerOfDay(sql, agency, "SCTĐT/BS", today)).toEqual([]);
    const totals = await totalsOf(sql, { agencyId: agency, suffix }, "2026-11" as Period);
    expect(totals).toMatchObject({ issued: 1, copies: 3, feeDong: 18_000, inProgress: 0 });
  });

  test("LAW 2.4: the book for paper is closed with its own lines counted, and not while one of them is in progress", async () => {
    await book();
    const id = await numbered();
    const [open] = await booksOf(sql, agency);
    const bookId = (open?.id ?? "") as BookId;
    const note = noteOf(actor, "book_closed", "", morning);
    expect(await closeBookWith(sql, bookId, morning, note)).toEqual({
      ...{ ok: false, failure: { code: "numbers_in_progress", count: 1 } },
    });
    await keepHandedOver(sql, await lineOf(id), actor);
    expect(await closeBookWith(sql, bookId, morning, note)).toMatchObject({ ok: true });
    expect(await sql`select closing_total from book`).toEqual([{ closing_total: 1 }]);
  });

  test("REG-1: a number given up keeps its line and is never used again", async () => {
    await book();
    const id = await numbered();
    expect(await keepPaperVoid(sql, await lineOf(id), "In hỏng giấy (hư cấu)", actor)).toBe(true);
    expect((await found(id)).status).toBe("voided");
    expect(await take(await compared())).toMatchObject({ value: { number: 2 } });
  });
});

describe("what the database refuses of copies on paper", () => {
  test.each([
    ["a line without the original having been presented", "read"],
    ["a line of a paper just received", "received"],
  ])("ORIG-1: %s", async (_, status) => {
    await book();
    const { id } = await aPaper(status);
    expect(await take(await found(id))).toEqual({ ok: false, failure: { code: "wrong_stage", status } });
    await numbered();
    await expect(straightLine(id)).rejects.toThrow(/presented and compared/);
  });

  test("ORIG-1: an attestation that says the original was not presented; by hand none is made without it", async () => {
    const paper = await aPaper("received");
    const straight = sql`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
      values (${paper.id}, ${actor.personId}, false, 4, ${morning})`;
    await expect(straight).rejects.toThrow(/original_presented/);
    const answer = await compareByHand(paper.id, { originalPresented: false }, actor, {
      dossier: (id) => found(id),
      offSite: async () => null,
      keepByHand: (one, by) => keepByHand(sql, one, by),
    });
    expect(answer).toEqual({ ok: false, failure: { code: "rule_broken", rule: "ORIG-1" } });
    expect((await found(paper.id)).status).toBe("received");
  });

  test.each([
    "update paper_line set number = 7",
    "update paper_line set copies = 99",
    "update paper_line set fee_dong = 0",
    "update paper_line set status = 'issued'",
    "update dossier set status = 'handed_over'",
    "update dossier set status = 'person_signed'",
    "update dossier set on_paper_only = false",
    "delete from paper_line",
    "truncate paper_line",
  ])("REG-1: %s", async (statement) => {
    await book();
    await numbered();
    await expect(sql.unsafe(statement)).rejects.toThrow();
  });

  test("REG-1: an issued line is evidence whole, and who wanted paper only gets no electronic certificate", async () => {
    await book();
    const id = await numbered();
    await keepHandedOver(sql, await lineOf(id), actor);
    await expect(sql`update paper_line set applicant_name = 'Ai Khác (hư cấu)'`).rejects.toThrow(/not changed/);
    const blob = randomUUID();
    await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})`;
    await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
      values (${blob}, ${agency}, 'code', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
    const electronic = sql`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on,
        numbered_at, officer_id, signer_name, signer_title, mandate_id, applicant_name, title, fee_dong, code_hash, code_blob_id)
      select ${randomUUID()}, agency_id, book_id, 'SCTĐT/BS', 2026, 1, dossier_id, 'in_progress', printed_on, numbered_at,
        officer_id, signer_name, signer_title, mandate_id, applicant_name, title, 0, ${randomBytes(32)}, ${blob} from paper_line`;
    await expect(electronic).rejects.toThrow(/on paper only/);
  });

  test("only a dossier on paper only is compared without a scan", async () => {
    const electronic = await aPaper("received", false);
    expect(await keepByHand(sql, electronic, actor)).toBe(false);
    await expect(sql`update dossier set status = 'attested' where id = ${electronic.id}`).rejects.toThrow(
      /does not go/,
    );
  });
});

describe("who signs a copy on paper", () => {
  test("AUTH-4: who compared takes a number by the agency's newest rule only, and the line names it, in the register too", async () => {
    await book();
    const paper = await compared();
    await expect(take(paper, today, { comparingPolicyId: null })).rejects.toThrow(/AUTH-4/);
    await take(paper);
    const [line] = await registerOfDay(sql, agency, suffix, today);
    expect(line?.comparedBySigner).toEqual({ number: "9/QĐ-UBND (hư cấu)", date: "2026-11-01" });
    await sql`insert into comparing_policy (agency_id, comparer_signs, deed_number, deed_date, kept_by, kept_at)
      values (${agency}, false, '10/QĐ-UBND (hư cấu)', '2026-11-02', ${actor.personId}, ${morning})`;
    await expect(take(await compared())).rejects.toThrow(/AUTH-4/);
    await expect(straightLine((await compared()).id)).rejects.toThrow(/AUTH-4/);
  });

  test("AUTH-2: on paper too no number is taken under a mandate that is over, whatever the program asks", async () => {
    await book();
    const over = await storedMandate(sql, { personId: actor.personId, to: "2026-11-21" as LocalDate });
    await expect(take(await compared(), today, { mandate: over })).rejects.toThrow("AUTH-2");
  });

  test("DATE-1: another officer dates no line anew that may be signed by hand already, in SQL neither", async () => {
    await book();
    const paper = await compared();
    await take(paper);
    const personId = randomUUID() as PersonId;
    const another = await take(paper, "2026-12-31" as LocalDate, { personId });
    expect(another).toEqual({ ok: false, failure: { code: "line_of_another" } });
    expect(await lineOf(paper.id)).toMatchObject({ printedOn: today, officerId: actor.personId });
    await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
      values (${personId}, ${agency}, 'another', 'Người Khác (hư cấu)', '$argon2id$none', ${morning})`;
    const { id: mandate } = await storedMandate(sql, { personId });
    const straight = sql`update paper_line set officer_id = ${personId}, mandate_id = ${mandate}, comparing_policy_id = null`;
    await expect(straight).rejects.toThrow(/who took its number/);
  });
});
