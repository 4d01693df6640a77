import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { enqueuePaidReleases } from "../../db/stores/fee-releases.ts";
import { endWaiver, feeExemptions, keepExemption, keepFeeRelease, keepWaiver } from "../../db/stores/fee-waivers.ts";
import { keepHandedOver } from "../../db/stores/paper-lines.ts";
import { submissionOf as submissionNamed } from "../../db/stores/submissions.ts";
import type { Dossier } from "../../src/core/dossier.ts";
import { type FeeExemptionId, type FeeWaiverId, outstandingOf } from "../../src/core/fee-account.ts";
import type { LocalDate } from "../../src/core/kernel.ts";
import { noteOf } from "../../src/usecases/administration/note.ts";
import { waiveFee } from "../../src/usecases/fees/waive-fee.ts";
import { untilSomebodyWaits } from "../support/waiting.ts";
import { agency, morning } from "./desk.ts";
import { account, colleague, pay, submissionOf } from "./fee-desk.ts";
import { actor, aPaper, book, lineOf, numbered, openPaperDesk, ownerSql as sql } from "./paper-desk.ts";

openPaperDesk();

describe("fees that are waived", () => {
  const exemption = (percent: number, from = "2026-01-01", to: string | null = null) => ({
    ...{ id: randomUUID() as string as FeeExemptionId, reason: "Hộ nghèo (hư cấu)", percent },
    ...{ legalBasis: "Nghị quyết 01/NQ (hư cấu)", from: from as LocalDate, to: to as LocalDate | null },
  });
  const note = async () => noteOf(await colleague(), "fee_exemption_kept", "Hộ nghèo (hư cấu)", morning);
  const waive = async (paper: Dossier, exemptionId: FeeExemptionId) => {
    const ids = {
      id: randomUUID() as string as FeeWaiverId,
      submissionId: await submissionOf(paper),
      dossierId: paper.id,
    };
    return keepWaiver(sql, { ...ids, exemptionId, evidence: "Sổ hộ nghèo số 1 (hư cấu)" }, actor, morning);
  };

  test("FEE-5: nothing is exempt until somebody enters a text; then a part of the fee is waived once, with what was shown", async () => {
    const paper = await aPaper();
    expect(await feeExemptions(sql, agency)).toEqual([]);
    const half = exemption(50);
    await keepExemption(sql, half, await note());
    expect(await Promise.all([waive(paper, half.id), waive(paper, half.id)])).toEqual(
      expect.arrayContaining([true, false]),
    );
    const { balance, waiver } = await account(paper);
    expect(balance).toEqual({ grossDong: 18_000, waivedDong: 9000, paidDong: 0 });
    expect(waiver).toMatchObject({ evidence: "Sổ hộ nghèo số 1 (hư cấu)", exemption: { percent: 50 } });
    await endWaiver(
      sql,
      { id: waiver?.id as FeeWaiverId, dossierId: paper.id, reason: "Cấp nhầm người (hư cấu)" },
      actor,
      morning,
    );
    expect(outstandingOf((await account(paper)).balance)).toBe(18_000);
  });

  test("FEE-5: who entered an exemption does not use it, in the database too: two people waive a fee", async () => {
    const paper = await aPaper();
    const own = exemption(100);
    await keepExemption(sql, own, noteOf(actor, "fee_exemption_kept", "Hộ nghèo (hư cấu)", morning));
    const desk = {
      dossier: async () => paper,
      submission: async () => submissionNamed(sql, paper.id, agency),
      account: async () => account(paper),
      ...{ now: () => morning, newWaiverId: () => randomUUID() as string as FeeWaiverId },
      exemptions: () => feeExemptions(sql, agency),
      keepWaiver: async () => true,
    };
    const asked = { exemptionId: own.id, evidence: "Sổ hộ nghèo số 1 (hư cấu)" };
    expect(await waiveFee(paper.id, asked, actor, desk)).toEqual({ ok: false, failure: { code: "exemption_own" } });
    expect(await waiveFee(paper.id, asked, await colleague(), desk)).toMatchObject({ ok: true });
    await expect(waive(paper, own.id)).rejects.toThrow(/FEE-5: who entered/);
  });

  test("FEE-5: an exemption of another day is used by nobody", async () => {
    const paper = await aPaper();
    const over = exemption(100, "2025-01-01", "2025-12-31");
    await keepExemption(sql, over, await note());
    const asked = { exemptionId: over.id, evidence: "Sổ hộ nghèo số 1 (hư cấu)" };
    const desk = {
      dossier: async () => paper,
      submission: async () => submissionNamed(sql, paper.id, agency),
      account: async () => account(paper),
      ...{ now: () => morning, newWaiverId: () => randomUUID() as string as FeeWaiverId },
      exemptions: () => feeExemptions(sql, agency),
      keepWaiver: async () => true,
    };
    expect(await waiveFee(paper.id, asked, actor, desk)).toEqual({ ok: false, failure: { code: "exemption_over" } });
  });

  test("FEE-5: the database waives by none that was ended, and by none of another agency", async () => {
    const paper = await aPaper();
    const [ended, foreign] = [exemption(100), exemption(100)];
    await keepExemption(sql, ended, await note());
    await sql`insert into fee_exemption_end (exemption_id, person_id, ended_at)
      values (${ended.id}, ${(await colleague()).personId}, ${morning})`;
    await expect(waive(paper, ended.id)).rejects.toThrow(/held on the day/);
    await sql`insert into agency (id, name, province, code, development, created_at)
      values ('noi-khac', 'Ủy ban nhân dân xã Khác (hư cấu)', 'Tỉnh Ví Dụ (hư cấu)', 'H55.243', true, ${morning})`;
    await sql`insert into fee_exemption (id, agency_id, reason, legal_basis, from_day, percent, kept_by, kept_at)
      values (${foreign.id}, 'noi-khac', 'Hộ nghèo (hư cấu)', 'Nghị quyết 1 (hư cấu)', '2020-01-01', 100, ${(await colleague()).personId}, ${morning})`;
    await expect(waive(paper, foreign.id)).rejects.toThrow(/held on the day/);
  });

  test("FEE-5: the database waives by no exemption of another time, nor twice, and changes no line", async () => {
    const paper = await aPaper();
    const over = exemption(100, "2025-01-01", "2025-12-31");
    await keepExemption(sql, over, await note());
    await expect(waive(paper, over.id)).rejects.toThrow(/held on the day/);
    const whole = exemption(100);
    await keepExemption(sql, whole, await note());
    await waive(paper, whole.id);
    const again = sql`insert into fee_waiver select gen_random_uuid(), submission_id, exemption_id, evidence, person_id, waived_at from fee_waiver`;
    await expect(again).rejects.toThrow(/waived once/);
    for (const table of ["fee_exemption", "fee_waiver", "fee_policy"]) {
      await expect(sql.unsafe(`truncate ${table} cascade`)).rejects.toThrow();
    }
    await expect(sql`update fee_exemption set percent = 1`).rejects.toThrow();
  });
});

describe("results and their fee", () => {
  test("FEE-6: a copy whose fee is waived is released, and one of which a part is owed is not", async () => {
    await keepFeeRelease(sql, "when_paid", noteOf(actor, "fee_policy_set", "when_paid", morning));
    const released = (paper: Dossier) => sql`update dossier set status = 'released' where id = ${paper.id}`;
    const [whole, half] = [await aPaper("logged", false), await aPaper("logged", false)];
    const admin = await colleague();
    for (const [paper, percent] of [
      [whole, 100],
      [half, 50],
    ] as const) {
      const [id, exemptionId] = [randomUUID() as string as FeeWaiverId, randomUUID() as string as FeeExemptionId];
      await sql`insert into fee_exemption (id, agency_id, reason, legal_basis, from_day, percent, kept_by, kept_at)
        values (${exemptionId}, ${agency}, 'Hộ nghèo (hư cấu)', 'Nghị quyết 1 (hư cấu)', '2020-01-01', ${percent}, ${admin.personId}, ${morning})`;
      const told = { id, exemptionId, submissionId: await submissionOf(paper), dossierId: paper.id };
      await keepWaiver(sql, { ...told, evidence: "Sổ hộ nghèo số 1 (hư cấu)" }, actor, morning);
    }
    await expect(released(whole)).resolves.toMatchObject({ count: 1 });
    await expect(released(half)).rejects.toThrow(/once its fee is paid/);
  });

  test("FEE-6: paper waits for its fee only by the agency's rule, in the database too", async () => {
    await book();
    const paper = { ...(await aPaper()), id: await numbered() };
    const done =
      () => sql`update paper_line set status = 'issued', handed_over_by = ${actor.personId}, handed_over_at = ${morning}
      where id = ${line.id}`;
    const line = await lineOf(paper.id);
    await keepFeeRelease(sql, "when_paid", noteOf(actor, "fee_policy_set", "when_paid", morning));
    await expect(done()).rejects.toThrow(/once their fee is paid/);
    await pay(paper, 18_000);
    expect((await done()).count).toBe(1);
  });

  test("FEE-6: who hands over while the payment is taken back waits, and finds the fee unpaid", async () => {
    await book();
    const paper = { ...(await aPaper()), id: await numbered() };
    await keepFeeRelease(sql, "when_paid", noteOf(actor, "fee_policy_set", "when_paid", morning));
    await pay(paper, 18_000);
    const [line, other] = [await lineOf(paper.id), await colleague()];
    const waits: Promise<unknown>[] = [];
    await sql.begin(async (tx) => {
      await tx`insert into fee_entry (id, agency_id, submission_id, kind, way, amount_dong, payer, reverses, reason, person_id, entered_at)
        select gen_random_uuid(), agency_id, submission_id, 'reversal', way, amount_dong, payer, id, 'Ghi nhầm (hư cấu)', ${other.personId}, ${morning}
        from fee_entry`; // past the store, so that the submission alone is held
      waits.push(
        sql`update paper_line set status = 'issued', handed_over_by = ${actor.personId}, handed_over_at = ${morning}
          where id = ${line.id}`.catch(String),
      );
      await untilSomebodyWaits(sql);
    });
    expect(await Promise.all(waits)).toEqual([expect.stringMatching(/once their fee is paid/)]);
    expect(await keepHandedOver(sql, line, actor)).toBe(false);
  });

  test("FEE-6: the sweep finds nothing where nothing waits", async () => {
    await enqueuePaidReleases(sql);
    expect(await sql`select 1 from job where kind = 'publish_certificate'`).toHaveLength(0);
  });

  test("FEE-6: without a rule nothing waits for its fee", async () => {
    const paper = await aPaper("logged", false);
    expect((await account(paper)).withholds).toBe(false);
    expect((await sql`update dossier set status = 'released' where id = ${paper.id}`).count).toBe(1);
  });

  test("FEE-6: a copy waits in the log, and no statement releases it before its fee is paid or waived", async () => {
    await keepFeeRelease(sql, "when_paid", noteOf(actor, "fee_policy_set", "when_paid", morning));
    const paper = await aPaper("logged", false);
    const release = () => sql`update dossier set status = 'released' where id = ${paper.id}`;
    await expect(release()).rejects.toThrow(/once its fee is paid/);
    await pay(paper, outstandingOf((await account(paper)).balance) - 1);
    await expect(release()).rejects.toThrow(/once its fee is paid/);
    await pay(paper, 1);
    expect((await release()).count).toBe(1);
  });
});
