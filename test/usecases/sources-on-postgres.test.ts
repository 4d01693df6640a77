import { describe, expect, test } from "vitest";
import { keepOnceAnswer } from "../../db/stores/give-once.ts";
import { keepByHand } from "../../db/stores/paper-lines.ts";
import { keepLookUp, lookUpsOf } from "../../db/stores/sources.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import { fail, type Instant, ok } from "../../src/core/kernel.ts";
import type { LookUp } from "../../src/core/source.ts";
import {
  type AskDatabase,
  askedByOfficial,
  type LookUpRequest,
  lookUpSource,
} from "../../src/usecases/look-up-source.ts";
import { lookedUpFacts } from "../../src/wiring/source-wording.ts";
import { morning } from "./desk.ts";
import { actor, aPaper, found, openPaperDesk, ownerSql as sql } from "./paper-desk.ts";

openPaperDesk();

const request: LookUpRequest = {
  source: "database",
  database: "population",
  databaseName: null,
  transactionId: "DC-2026-000123 (hư cấu)",
  outcome: "same",
  at: null,
};
const world = (ask: AskDatabase = askedByOfficial) => ({
  now: () => morning,
  dossier: async (id: Dossier["id"]) => found(id),
  ask,
  keepLookUp: (dossier: Dossier, lookUp: LookUp, by: typeof actor) => keepLookUp(sql, dossier, lookUp, by, morning),
});
const kept = { ...request, at: morning, askedThrough: "official", by: "Lê Thị Minh Họa (hư cấu)" };

describe("SOURCE-1, R15", () => {
  test("SOURCE-1: a look-up says which database, when and under which transaction, and stands once the copy is attested", async () => {
    const paper = await aPaper();
    expect(await lookUpSource(paper.id, request, actor, world())).toEqual(ok(null));
    expect(await lookUpsOf(sql, paper.id)).toEqual([kept]);
    expect(lookedUpFacts([kept, { ...kept, outcome: "differs" }])).toEqual([
      {
        label: "đã tra cứu",
        value: "Cơ sở dữ liệu quốc gia về dân cư, mã giao dịch DC-2026-000123 (hư cấu), 10:00 ngày 22/11/2026",
      },
    ]);
    expect(await keepByHand(sql, paper, actor)).toBe(true);
    expect(await keepLookUp(sql, paper, kept, actor, morning)).toBe(false);
    expect(await lookUpSource(paper.id, request, actor, world())).toMatchObject({ failure: { code: "wrong_stage" } });
    for (const change of ["update source_look_up set outcome = 'differs'", "delete from source_look_up"])
      await expect(sql.unsafe(change)).rejects.toThrow(/evidence/);
    const late = sql`insert into source_look_up (dossier_id, source, outcome, looked_up_at, asked_through, kept_by, kept_at)
      select id, 'vneid', 'same', opened_at, 'official', opened_by, opened_at from dossier`;
    await expect(late).rejects.toThrow(/SOURCE-1/);
  });

  test("SOURCE-1: a database without its transaction, or an hour to come, is not taken; VNeID may give no transaction", async () => {
    const paper = await aPaper();
    const look = (changes: Partial<LookUpRequest>) =>
      lookUpSource(paper.id, { ...request, ...changes }, actor, world());
    expect(await look({ transactionId: null })).toMatchObject({ failure: { field: "transactionId" } });
    expect(await look({ at: "2026-11-22T09:00:00Z" as Instant })).toMatchObject({ failure: { field: "time" } });
    expect(await look({ source: "vneid", database: null, transactionId: null })).toEqual(ok(null));
  });

  test("SOURCE-1: a way that asks by itself is told the paper's facts, and its own answer is what is kept", async () => {
    const paper = await aPaper();
    const asked: unknown[] = [];
    const gateway: AskDatabase = async (question, _, now) => {
      asked.push(question);
      return ok({ transactionId: "G-1 (hư cấu)", outcome: "differs", at: now, askedThrough: "gateway" });
    };
    expect(await lookUpSource(paper.id, request, actor, world(gateway))).toEqual(ok(null));
    const { kind, documentNumber, holderName } = paper;
    expect(asked).toEqual([{ kind, documentNumber, holderName, database: "population", databaseName: null }]);
    expect(await lookUpsOf(sql, paper.id)).toMatchObject([{ transactionId: "G-1 (hư cấu)", outcome: "differs" }]);
    const silent: AskDatabase = async () => fail({ code: "key_unavailable", reason: "no answer" });
    expect(await lookUpSource(paper.id, request, actor, world(silent))).toMatchObject({ ok: false });
    expect(await lookUpsOf(sql, paper.id)).toHaveLength(1);
  });

  test("ONCE-1, SOURCE-1: that VNeID has the paper leaves the line that says it was shown; SQL refuses the answer without it", async () => {
    const paper = await aPaper("received", false);
    const straight = sql`insert into give_once (dossier_id, answer, person_id, answered_at)
      select id, 'in_vneid', opened_by, opened_at from dossier`;
    await expect(straight).rejects.toThrow(/SOURCE-1/);
    const answer = { answer: "in_vneid", reason: null, earlier: null, link: null } as const;
    expect(await keepOnceAnswer(sql, paper, answer, actor, morning)).toBe(true);
    expect(await lookUpsOf(sql, paper.id)).toMatchObject([{ source: "vneid", outcome: "same", at: morning }]);
    expect((await found(paper.id)).status).toBe("reused");
  });
});
