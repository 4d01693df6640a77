import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { keepRefusal } from "../../db/stores/dossiers.ts";
import { keepWithdrawal, withdrawalOf } from "../../db/stores/withdrawals.ts";
import { agency, morning } from "./desk.ts";
import {
  actor,
  aPaper,
  book,
  compared,
  found,
  numbered,
  openPaperDesk,
  ownerSql as sql,
  straightLine,
  take,
  today,
} from "./paper-desk.ts";

openPaperDesk();

describe("WITHDRAW-1 in the database", () => {
  test("WITHDRAW-1: who, when and why stay; the dossier ends and takes no number any more", async () => {
    await book();
    const paper = await compared();
    expect(await keepWithdrawal(sql, paper, "Không cần nữa (hư cấu)", actor, morning)).toBe(true);
    expect(await withdrawalOf(sql, paper.id)).toEqual({
      ...{ by: "Lê Thị Minh Họa (hư cấu)", reason: "Không cần nữa (hư cấu)", at: morning },
    });
    expect((await found(paper.id)).status).toBe("withdrawn");
    expect(await keepWithdrawal(sql, paper, "Hai lần (hư cấu)", null, morning)).toBe(false);
    // `paper` is what an official read before the withdrawal
    expect(await take(paper)).toEqual({ ok: false, failure: { code: "wrong_stage", status: "withdrawn" } });
    await numbered();
    await expect(straightLine(paper.id)).rejects.toThrow(/presented and compared/);
    await expect(sql`delete from withdrawal`).rejects.toThrow(/evidence/);
    await expect(sql`update dossier set status = 'received'`).rejects.toThrow(/does not go/);
  });

  test("WITHDRAW-1: once a number is taken it is too late, asked at the store or straight in SQL", async () => {
    await book();
    const id = await numbered();
    expect(await keepWithdrawal(sql, await found(id), "Muộn rồi (hư cấu)", actor, morning)).toBe(false);
    const straight = sql`insert into withdrawal (dossier_id, reason, withdrawn_at) values (${id}, '', ${morning})`;
    await expect(straight).rejects.toThrow(/before it has a number/);
    await expect(sql`update dossier set status = 'withdrawn'`).rejects.toThrow(/does not go/);
  });

  test("WITHDRAW-1: no dossier is withdrawn without the line that says so", async () => {
    await aPaper("read");
    await expect(sql`update dossier set status = 'withdrawn'`).rejects.toThrow(/who and why/);
  });
});

describe("the line of a copy on paper against the rest of its dossier", () => {
  test("REFUSE-1: what has its number on paper is not refused, asked at the store or straight in SQL", async () => {
    await book();
    const { id } = await aPaper("attested", false);
    await sql`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at)
      values (${id}, ${actor.personId}, true, 4, ${morning})`;
    await take(await found(id));
    const refusal = { ground: "A22_1", reason: "Bản chính bị tẩy xóa (hư cấu)", page: null } as const;
    expect(await keepRefusal(sql, await found(id), refusal, actor, morning)).toBe(false);
    const straight = sql`insert into refusal (dossier_id, ground, reason, person_id, refused_at)
      values (${id}, 'A22_1', ${refusal.reason}, ${actor.personId}, ${morning})`;
    await expect(straight).rejects.toThrow(/before it has a number/);
  });

  test("REFUSE-1: the database takes no other ground and no shorter reason", async () => {
    const { id } = await aPaper("read", false);
    const refuse = (ground: string, reason: string) => sql`
      insert into refusal (dossier_id, ground, reason, person_id, refused_at)
      values (${id}, ${ground}, ${reason}, ${actor.personId}, ${morning})`;
    await expect(refuse("A22_7", "Bản chính bị tẩy xóa (hư cấu)")).rejects.toThrow(/refusal_ground_check/);
    await expect(refuse("A22_1", "tẩy xóa")).rejects.toThrow(/refusal_reason_check/);
    expect((await refuse("NOT_COMPETENT", "Giấy do nơi khác chứng thực (hư cấu)")).count).toBe(1);
  });

  test("AUTH-3, REG-2: nor a line by who is away that day, nor one in a closed book", async () => {
    await book();
    await numbered();
    await sql`insert into absence (id, agency_id, person_id, from_day, kept_by, kept_at)
      values (${randomUUID()}, ${agency}, ${actor.personId}, ${today}, ${actor.personId}, ${morning})`;
    const { id } = await compared();
    await expect(straightLine(id)).rejects.toThrow(/AUTH-3/);
    await sql`update book set closed_at = ${morning}`;
    await expect(straightLine(id)).rejects.toThrow(/book is closed/);
  });
});
