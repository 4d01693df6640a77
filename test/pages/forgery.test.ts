import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findDossier } from "../../db/stores/dossiers.ts";
import { keepForgeryRecord } from "../../db/stores/forgery-records.ts";
import { keepWithdrawal } from "../../db/stores/withdrawals.ts";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId, DossierId, PersonId } from "../../src/core/ids.ts";
import { fail, instantOfSeconds } from "../../src/core/kernel.ts";
import { forgeryVi } from "../../src/web/words/forgery.vi.ts";
import { violations } from "../support/browser.ts";
import { aPaper, smallScan } from "../support/officials.ts";
import { has, run } from "../support/tools.ts";
import { type Desk, openDesk, shot } from "./desk.ts";

const folder = mkdtempSync(join(tmpdir(), "chungthuc-forgery-"));
let desk: Desk;
let marks = 940;
beforeAll(async () => {
  desk = await openDesk();
}, 180_000);
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const seen = "Con dấu in bằng máy in phun, chữ ký là bản in (hư cấu).";
const kept = "Một bản chính, một tờ, bỏ phong bì niêm phong.";
const compared = async () => (await desk.officials.attested(await smallScan(++marks))).dossierId;
const opened = async () => {
  const json = { ...aPaper, title: `Giấy thử ${++marks} (hư cấu)` };
  return String((await desk.officials.ask("tiepnhan", "POST", "/api/dossiers", json)).json["dossierId"]);
};
const recordsOf = (id: string) =>
  desk.database.sql<{ id: string; handed: string | null }[]>`
    select id, handed_to as handed from forgery_record where dossier_id = ${id} order by ordinal`;
const refusal = { ground: "SUSPECTED_FAKE", reason: "Con dấu không phải dấu mực.", page: 1 };
const sign = (id: string) =>
  desk.officials.ask("lanhdao", "POST", `/api/dossiers/${id}/refusal/signature`, { pin: desk.pinOf("lanhdao") });

describe("REFUSE-2: a paper that is suspected to be forged has its record before the notice is signed", () => {
  test("refusing on that ground leads to the record; the PIN is asked for once there is one; it prints as a paper of the agency", async () => {
    const id = await compared();
    await desk.as("doichieu", `/dossiers/${id}/refuse`, async (page) => {
      await page.check("[name=ground][value=SUSPECTED_FAKE]");
      await page.fill("[name=reason]", refusal.reason);
      await page.click("main form .button.grave");
      await page.waitForURL(`**/dossiers/${id}/forgery`);
      expect(await page.textContent("main")).toContain(forgeryVi.refused);
      expect(await violations(page)).toEqual([]);
      await shot(page, "forgery-record");
    });
    await desk.as("lanhdao", `/dossiers/${id}/refusal`, async (page) => {
      expect([await page.locator("#pin").count(), await page.textContent("main")]).toEqual([
        0,
        expect.stringContaining(forgeryVi.missingLead),
      ]);
      await shot(page, "notice-without-record");
    });
    expect((await sign(id)).code).toBe("rule_broken");
    await desk.as("doichieu", `/dossiers/${id}/forgery`, async (page) => {
      await page.fill("[name=seen]", "in");
      await page.fill("[name=kept]", kept);
      await page.click("main form .button");
      await page.waitForSelector("#seen-fault");
      expect(await page.textContent(".faults")).toContain(forgeryVi.seenFault);
      expect(await page.inputValue("[name=kept]")).toBe(kept);
      expect(await violations(page)).toEqual([]);
      await page.fill("[name=seen]", seen);
      await page.click("main form .button");
      await page.waitForSelector(`a[href="/dossiers/${id}/forgery/1"]`);
      await shot(page, "forgery-recorded");
      const paper = await page.request.get(`${desk.service.url}/dossiers/${id}/forgery/1`);
      expect([paper.status(), paper.headers()["content-type"]]).toEqual([200, "application/pdf"]);
      await printed(await paper.body());
      expect((await page.request.get(`${desk.service.url}/dossiers/${id}/forgery/2`)).status()).toBe(404);
    });
    await desk.as("lanhdao", `/dossiers/${id}/refusal`, async (page) => {
      expect(await page.evaluate("document.activeElement?.id")).toBe("pin");
      await page.fill("#pin", desk.pinOf("lanhdao"));
      await page.keyboard.press("Enter");
      await page.waitForSelector(`a[href="/dossiers/${id}/refusal.pdf?save=yes"]`);
    });
  });

  test("sent twice it is one record; a later one adds the handing over, however the dossier ended; what was attested has none", async () => {
    const id = await opened();
    await desk.as("doichieu", `/dossiers/${id}/forgery`, async (page) => {
      const csrf = await page.inputValue("[name=csrf]");
      const form = {
        csrf,
        id: crypto.randomUUID(),
        day: "2026-01-05",
        time: "09:30",
        presentedBy: "Lò Văn Mẫu (hư cấu)",
        seen,
        kept,
      };
      const send = async (more: object) =>
        (await page.request.post(page.url(), { form: { ...form, ...more }, maxRedirects: 0 })).status();
      expect([await send({}), await send({})]).toEqual([303, 303]);
      expect([await send({ kept: `${kept} Khác.` }), await send({ day: "2999-01-01" })]).toEqual([400, 400]);
      expect(await send({ id: crypto.randomUUID(), handedTo: "Công an phường (hư cấu), 05/01/2026" })).toBe(303);
    });
    expect((await recordsOf(id)).map(({ handed }) => handed)).toEqual([null, "Công an phường (hư cấu), 05/01/2026"]);
    const other = { ground: "A22_2", reason: refusal.reason };
    expect((await desk.officials.ask("doichieu", "POST", `/api/dossiers/${id}/refusal`, other)).ok).toBe(true);
    await desk.as("doichieu", `/dossiers/${id}/forgery`, async (page) => {
      expect(await page.locator("main form").count()).toBe(1);
    });
    expect((await sign(id)).ok).toBe(true);
    const attested = await compared();
    await desk.as("doichieu", `/dossiers/${attested}/forgery`, async (page) => {
      expect(await page.locator("main form").count()).toBe(0);
    });
  });

  test("attested between the look and the press: it says so, keeps what was typed, and takes it once the paper is refused", async () => {
    const [id, open] = [await compared(), await opened()];
    await desk.as("doichieu", `/dossiers/${open}/forgery`, async (page) => {
      await page.fill("[name=seen]", seen);
      await page.fill("[name=kept]", kept);
      const ofAttested = `/dossiers/${id}/forgery`; // as if it had been opened before that was attested
      await page.$eval("main form", (form, action) => form.setAttribute("action", action), ofAttested);
      await page.click("main form .button");
      await page.waitForSelector(".faults");
      expect(await page.textContent(".faults")).toContain(forgeryVi.stageFault);
      expect([await page.inputValue("[name=seen]"), await page.inputValue("[name=kept]")]).toEqual([seen, kept]);
      await shot(page, "forgery-too-late");
      expect((await desk.officials.ask("doichieu", "POST", `/api/dossiers/${id}/refusal`, refusal)).ok).toBe(true);
      await page.click("main form .button");
      await page.waitForSelector(`a[href="/dossiers/${id}/forgery/1"]`);
    });
  });

  test("attested between the question and the line: an answer, no exception, and nothing is kept", async () => {
    const { sql } = desk.database;
    const id = (await compared()) as DossierId;
    const [row] = await sql<{ agency: AgencyId; person: PersonId }[]>`
      select d.agency_id as agency, a.person_id as person from dossier d join attestation a on a.dossier_id = d.id where d.id = ${id}`;
    const dossier = row && (await findDossier(sql, id, row.agency));
    if (!dossier) throw new Error("a dossier was attested");
    const at = instantOfSeconds(1_800_000_000);
    const record = {
      id: crypto.randomUUID(),
      seenAt: at,
      presentedBy: "Lò Văn Mẫu (hư cấu)",
      seen,
      kept,
      handedTo: null,
    };
    const late = fail({ code: "wrong_stage", status: "attested" });
    const by = { personId: row.person, agencyId: row.agency } as Actor;
    expect(await keepForgeryRecord(sql, dossier, record, by, at)).toEqual(late);
    expect(await recordsOf(id)).toEqual([]);
  });

  test("what has a record is not attested, and who presented it does not take it back", async () => {
    const { sql } = desk.database;
    const id = await opened();
    const [record] = await sql`select * from forgery_record limit 1`;
    await sql`insert into forgery_record ${sql({ ...record, id: crypto.randomUUID(), dossier_id: id, ordinal: 1 })}`;
    const person = record?.["person_id"];
    await expect(
      sql`insert into attestation (dossier_id, person_id, original_presented, pages, attested_at) values (${id}, ${person}, true, 1, now())`,
    ).rejects.toThrow("REFUSE-2");
    const [row] = await sql<{ agency: AgencyId }[]>`select agency_id as agency from dossier where id = ${id}`;
    const dossier = row && (await findDossier(sql, id as DossierId, row.agency));
    if (!dossier) throw new Error("a dossier was opened");
    expect(await keepWithdrawal(sql, dossier, "", null, instantOfSeconds(1_800_000_000))).toBe(false);
  });

  test("in SQL too: no notice without the record, none of another agency's person or a closed dossier, and none is changed", async () => {
    const { sql } = desk.database;
    const id = await compared();
    expect((await desk.officials.ask("doichieu", "POST", `/api/dossiers/${id}/refusal`, refusal)).ok).toBe(true);
    await expect(
      sql`insert into refusal_notice (dossier_id, blob_id, officer_id, signer_name, signer_title, mandate_id, signed_at)
        select ${id}, n.blob_id, n.officer_id, 'x', '{x}', n.mandate_id, now() from refusal_notice n limit 1`,
    ).rejects.toThrow("REFUSE-2");
    const [one] = await sql`select * from forgery_record limit 1`;
    await expect(
      sql`update forgery_record set kept = 'không giữ lại gì cả' where id = ${one?.["id"]}`,
    ).rejects.toThrow();
    await expect(sql`delete from forgery_record`).rejects.toThrow();
    const closed = await opened();
    const other = { ground: "A22_2", reason: refusal.reason };
    expect((await desk.officials.ask("doichieu", "POST", `/api/dossiers/${closed}/refusal`, other)).ok).toBe(true);
    await expect(
      sql`insert into forgery_record ${sql({ ...one, id: crypto.randomUUID(), dossier_id: closed, ordinal: 9 })}`,
    ).rejects.toThrow("REFUSE-2");
  });
});

async function printed(pdf: Buffer): Promise<void> {
  if (!has("pdftotext")) return;
  const path = join(folder, "record.pdf");
  writeFileSync(path, pdf);
  const text = run("pdftotext", ["-enc", "UTF-8", path, "-"]).output.replace(/\s+/g, " ");
  for (const part of ["BIÊN BẢN", "NGƯỜI LẬP BIÊN BẢN", "NGƯỜI XUẤT TRÌNH", seen, kept]) expect(text).toContain(part);
}
