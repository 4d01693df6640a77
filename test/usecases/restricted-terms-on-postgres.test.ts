import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { erasureProofs } from "../../db/stores/erasure-proofs.ts";
import { eraseDueBlobs, eraseDueContacts } from "../../db/stores/erasures.ts";
import { endWaiver, keepWaiver } from "../../db/stores/fee-waivers.ts";
import { eraseDueGrants } from "../../db/stores/grant-erasures.ts";
import { eraseDuePayments } from "../../db/stores/payment-erasures.ts";
import { keepWithdrawal } from "../../db/stores/withdrawals.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import type { FeeExemptionId, FeeWaiverId } from "../../src/core/fee-account.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { agency, morning } from "./desk.ts";
import { colleague, submissionOf } from "./fee-desk.ts";
import { actor, aPaper, found, openPaperDesk, ownerSql as sql } from "./paper-desk.ts";

openPaperDesk();

const long = "2015-01-05T02:00:00Z" as Instant;
const term = "2016-01-05T02:00:00Z" as Instant;
const blank = "–––";
const longBlank = "–".repeat(10);

async function restricted(paper: Dossier): Promise<{ lift: () => Promise<unknown> }> {
  const id = randomUUID();
  await sql`insert into data_request (id, dossier_id, agency_id, kind, asked_at, due_at)
    values (${id}, ${paper.id}, ${agency}, 'restrict', ${long}, ${morning})`;
  await sql`insert into data_restriction (request_id, dossier_id, since) values (${id}, ${paper.id}, ${long})`;
  return { lift: async () => sql`update data_restriction set lifted_at = ${morning} where request_id = ${id}` };
}

async function aBlob(): Promise<string> {
  const id = randomUUID();
  await sql`insert into agency_key (agency_id, master_key_id, key_wrapped) values (${agency}, 'none', ${randomBytes(60)})
    on conflict do nothing`;
  await sql`insert into blob (id, agency_id, kind, sha256, size_bytes, key_wrapped)
    values (${id}, ${agency}, 'original', ${"0".repeat(64)}, 1, ${randomBytes(60)})`;
  return id;
}

const entry = async (paper: Dossier, row: Record<string, string | number>) => {
  const own = { id: randomUUID(), agency_id: agency, submission_id: await submissionOf(paper), way: "transfer" };
  const told = { payer: "Lò Thị Thử (hư cấu)", person_id: actor.personId, entered_at: long };
  await sql`insert into fee_entry ${sql({ ...own, ...told, ...row })}`;
  return { ...own, ...row };
};

/** Everything that money tells of people, long ago: a transfer that was set aside and paid all the same, a waiver that ended, money back. */
async function moneyOf(paper: Dossier): Promise<void> {
  const [exemption, waiver, statement, line] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const other = await colleague();
  await sql`insert into fee_exemption (id, agency_id, reason, legal_basis, from_day, percent, kept_by, kept_at)
    values (${exemption}, ${agency}, 'Hộ nghèo (hư cấu)', 'Nghị quyết 1 (hư cấu)', '2010-01-01', 50, ${other.personId}, ${long})`;
  const ids = { id: waiver as string as FeeWaiverId, exemptionId: exemption as string as FeeExemptionId };
  const of = { submissionId: await submissionOf(paper), dossierId: paper.id };
  await keepWaiver(sql, { ...ids, ...of, evidence: "Sổ hộ nghèo số 1 (hư cấu)" }, actor, long);
  await endWaiver(sql, { id: ids.id, dossierId: paper.id, reason: "Cấp nhầm cho người khác (hư cấu)" }, actor, long);
  await sql`insert into statement_import (id, agency_id, incoming, added, outgoing, unread, person_id, imported_at)
    values (${statement}, ${agency}, 1, 1, 0, '{}', ${actor.personId}, ${long})`;
  await sql`insert into statement_line (id, agency_id, import_id, ordinal, digest, day, amount_dong, content, reference)
    values (${line}, ${agency}, ${statement}, 1, ${randomBytes(32)}, '2015-01-05', 6000, 'LO THI THU (hu cau)', 'FT1')`;
  await sql`insert into statement_set_aside (line_id, reason, person_id, set_aside_at)
    values (${line}, 'Chuyển nhầm, trả ông Lò (hư cấu)', ${actor.personId}, ${long})`;
  const paid = await entry(paper, { kind: "payment", amount_dong: 6000, statement_line_id: line });
  await keepWithdrawal(sql, paper, "Không cần nữa (hư cấu)", actor, morning);
  const back = { kind: "given_back", amount_dong: 1000, gives_back: paid.id, person_id: other.personId };
  await entry(paper, { ...back, reason: "Ông Lò đã ký nhận (hư cấu)" });
}

const wordsLeft = async () =>
  (
    await sql<{ words: string }[]>`
      select payer as words from fee_entry union all select reason from fee_entry where reason is not null
      union all select evidence from fee_waiver union all select reason from fee_waiver_end
      union all select content from statement_line union all select reason from statement_set_aside`
  ).map(({ words }) => words);

test("KEEP-1: what was shown for a waiver, and why it ended, why money went back and a transfer was set aside: all of it goes", async () => {
  await moneyOf(await aPaper());
  expect((await wordsLeft()).filter((words) => /^–+$/.test(words))).toEqual([]);
  expect(await eraseDuePayments(sql, term, morning)).toBe(6);
  expect((await wordsLeft()).toSorted()).toEqual([...Array(4).fill(longBlank), ...Array(3).fill(blank)].toSorted());
  expect(await eraseDuePayments(sql, term, morning)).toBe(0);
  expect(await erasureProofs(sql, agency, 9)).toMatchObject([{ rule: "payment", things: 6 }]);
});

test("DATA-3: words of waivers and transfers of papers with a restriction stay, each of them, until it is lifted", async () => {
  const paper = await aPaper();
  await moneyOf(paper);
  const { lift } = await restricted(paper);
  const before = await wordsLeft();
  expect([await eraseDuePayments(sql, term, morning), await wordsLeft()]).toEqual([0, before]);
  await lift();
  expect(await eraseDuePayments(sql, term, morning)).toBe(6);
});

test("DATA-3: the scan of a paper with a restriction outlives its term until it is lifted", async () => {
  const paper = await aPaper("received", false);
  const scan = await aBlob();
  await sql`insert into original (id, dossier_id, ordinal, status, blob_id, sha256, size_bytes, received_by, received_at)
    values (${randomUUID()}, ${paper.id}, 1, 'read', ${scan}, ${"0".repeat(64)}, 1, ${actor.personId}, ${morning})`;
  await keepWithdrawal(sql, paper, "Không cần nữa (hư cấu)", actor, morning);
  const { lift } = await restricted(paper);
  const erase = () => eraseDueBlobs(sql, "scan", "2100-01-01T00:00:00Z" as Instant, morning);
  expect(await erase()).toEqual([]);
  await lift();
  expect(await erase()).toEqual([scan]);
});

test("KEEP-1: a contact stays while a paper presented beside it is under way", async () => {
  const [first, second] = [await aPaper(), await aPaper()];
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update dossier set contact = '0900 (hư cấu)' where id = ${first.id}`;
    await tx`update dossier set submission_id = ${await submissionOf(first)}, ordinal_in_submission = 2 where id = ${second.id}`;
  });
  const erase = () => eraseDueContacts(sql, "2100-01-01T00:00:00Z" as Instant, morning);
  await keepWithdrawal(sql, first, "Không cần nữa (hư cấu)", actor, morning);
  expect(await erase()).toBe(0);
  await keepWithdrawal(sql, await found(second.id), "Không cần nữa (hư cấu)", actor, morning);
  expect(await erase()).toBe(1);
  expect(await sql`select 1 from dossier where contact is not null`).toHaveLength(0);
});

describe("what was written in links for one procedure", () => {
  /** A grant by name and one to a registered recipient, both opened and over, of one copy. */
  async function lent(): Promise<Dossier> {
    const paper = await aPaper("released", false);
    const [certificate, recipient, blob] = [randomUUID(), randomUUID(), await aBlob()];
    await sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`; // its number, book and recipient are of no matter here
      await tx`insert into certificate (id, agency_id, book_id, suffix, year, number, dossier_id, status, printed_on, numbered_at,
          officer_id, signer_name, signer_title, applicant_name, title, fee_dong, code_hash, code_blob_id, clerk_id, sealed_blob_id, identity_sha256)
        values (${certificate}, ${agency}, ${randomUUID()}, 'x', 2015, 1, ${paper.id}, 'issued', '2015-01-05', ${long}, ${actor.personId}, 'x',
          '{}', 'x', 'x', 6000, ${randomBytes(32)}, ${blob}, ${randomUUID()}, ${blob}, ${randomBytes(32).toString("hex")})`;
      for (const to of [null, recipient]) {
        const id = randomUUID();
        await tx`insert into copy_grant (id, certificate_id, agency_id, recipient_id, recipient_name, procedure, uses, secret_hash, made_at, expires_at)
          values (${id}, ${certificate}, ${agency}, ${to}, 'Trường Ví Dụ (hư cấu)', 'nhập học (hư cấu)', 1, ${randomBytes(32)}, ${long}, '2015-01-12T02:00:00Z')`;
        await tx`insert into grant_opening (id, grant_id, ordinal, opened_at, proof, recipient_id, opened_by)
          values (${randomUUID()}, ${id}, 1, ${long}, ${to === null ? "confirmation" : "key"}, ${to}, 'Cô Lò (hư cấu)')`;
      }
    });
    return paper;
  }
  const told = async () =>
    (
      await sql<{ it: string }[]>`select g.procedure || '|' || g.recipient_name || '|' || o.opened_by as it
        from copy_grant g join grant_opening o on o.grant_id = g.id order by g.recipient_id nulls first`
    ).map(({ it }) => it);
  const all = "nhập học (hư cấu)|Trường Ví Dụ (hư cấu)|Cô Lò (hư cấu)";

  test("KEEP-1: what was written in links goes after its term with a proof; which registered recipient received stays", async () => {
    await lent();
    expect([await eraseDueGrants(sql, "2015-01-12T02:00:00Z" as Instant, morning), await told()]).toEqual([
      0,
      [all, all],
    ]);
    expect(await eraseDueGrants(sql, term, morning)).toBe(2);
    expect(await told()).toEqual([`${blank}|${blank}|${blank}`, `${blank}|Trường Ví Dụ (hư cấu)|Cô Lò (hư cấu)`]);
    expect(await eraseDueGrants(sql, term, morning)).toBe(0);
    expect(await erasureProofs(sql, agency, 9)).toMatchObject([{ rule: "grant", things: 2, onRequest: false }]);
  });

  test("DATA-3: what was written in links of papers with a restriction stays until it is lifted", async () => {
    const { lift } = await restricted(await lent());
    expect([await eraseDueGrants(sql, term, morning), await told()]).toEqual([0, [all, all]]);
    await lift();
    expect(await eraseDueGrants(sql, term, morning)).toBe(2);
  });
});

test("DATA-3: the database extends a term once, before it ends, and a restriction is only ever lifted", async () => {
  const paper = await aPaper();
  const { lift } = await restricted(paper);
  const extend = (at: string) => sql`insert into data_extension (request_id, person_id, reason, due_at, extended_at)
    select id, ${actor.personId}, 'Phải hỏi nơi đã cấp (hư cấu)', due_at + interval '15 days', ${at} from data_request`;
  await expect(extend("2099-01-01T00:00:00Z")).rejects.toThrow(/before it ends/);
  expect((await extend(morning)).count).toBe(1);
  await expect(extend(morning)).rejects.toThrow(/data_extension_pkey/);
  for (const change of ["delete from data_restriction", "update data_restriction set since = now()"])
    await expect(sql.unsafe(change), change).rejects.toThrow(/only ever lifted/);
  await expect(lift()).resolves.toMatchObject({ count: 1 });
});
