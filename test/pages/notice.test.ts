import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../support/browser.ts";
import { aPaper, smallScan } from "../support/officials.ts";
import { signaturesIn } from "../support/signatures-in-pdf.ts";
import { has, run } from "../support/tools.ts";
import { type Desk, openDesk, shot, tabTo } from "./desk.ts";

let desk: Desk;
let marks = 900;
const folder = mkdtempSync(join(tmpdir(), "chungthuc-notices-"));
beforeAll(async () => {
  desk = await openDesk();
}, 180_000);
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const reason = "Ố mất dòng họ tên người mẹ; con dấu mờ.";

/** Refused by the comparer, as most are. */
async function refused() {
  const { dossierId, citizenLink } = await desk.officials.attested(await smallScan(++marks));
  const refusal = { ground: "A22_2", reason, page: 1 };
  const reply = await desk.officials.ask("doichieu", "POST", `/api/dossiers/${dossierId}/refusal`, refusal);
  if (!reply.ok) throw new Error(reply.code);
  return { dossierId, citizenLink };
}
const sign = (id: string, pin = desk.pinOf("lanhdao"), as = "lanhdao") =>
  desk.officials.ask(as, "POST", `/api/dossiers/${id}/refusal/signature`, { pin });
const noticesOf = async (id: string) =>
  (await desk.database.sql`select count(*)::int as n from refusal_notice where dossier_id = ${id}`)[0]?.["n"];

async function fileOf(citizenLink: string): Promise<{ path: string; pdf: Buffer }> {
  const answer = await desk.officials.download(citizenLink);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  expect(answer.headers.get("content-disposition")).toContain("thong-bao-tu-choi.pdf");
  const pdf = Buffer.from(await answer.arrayBuffer());
  const path = join(folder, `${marks}.pdf`);
  writeFileSync(path, pdf);
  return { path, pdf };
}

async function verified(pdf: Buffer): Promise<string> {
  const form = new FormData();
  form.append("file", new File([new Uint8Array(pdf)], "thong-bao.pdf", { type: "application/pdf" }));
  const answer = await fetch(`${desk.service.url}/verify`, {
    method: "POST",
    headers: { accept: "text/html" },
    body: form,
  });
  return answer.text();
}

describe("REFUSE-1: the notice of a refusal, over the desk", () => {
  test("by keyboard only: queue, look, PIN, signed; the citizen takes it with the digits; axe finds nothing", async () => {
    const { dossierId: id, citizenLink } = await refused();
    const own = `/dossiers/${id}/refusal`;
    await desk.as("doichieu", own, async (page) => {
      expect(await page.textContent("main")).toContain("đang chờ người thực hiện chứng thực ký số");
      expect(await page.locator("#pin").count()).toBe(0);
    });
    await desk.as("lanhdao", "/queue", async (page) => {
      await shot(page, "queue-notice");
      await tabTo(page, `a.button[href="${own}"]`);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**${own}`);
      expect(await violations(page)).toEqual([]);
      await shot(page, "notice-waits");
      const draft = await page.request.get(`${desk.service.url}/dossiers/${id}/refusal-draft.pdf`);
      expect([draft.status(), (await draft.body()).subarray(0, 5).toString()]).toEqual([200, "%PDF-"]);
      expect((await draft.body()).toString("latin1")).not.toContain("/ByteRange");
      await tabTo(page, "#pin");
      await page.keyboard.type("000000");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#pin-fault");
      expect(await violations(page)).toEqual([]);
      await page.fill("#pin", desk.pinOf("lanhdao"));
      await page.keyboard.press("Enter");
      await page.waitForSelector(`a[href="${own}.pdf?save=yes"]`);
      expect(await violations(page)).toEqual([]);
      await shot(page, "notice-signed");
      await page.reload();
      expect(await page.locator("#pin").count()).toBe(0);
      await page.goto(`${desk.service.url}/queue`);
      expect(await page.locator(`a[href="${own}"]`).count()).toBe(0);
    });
    await desk.as("tiepnhan", new URL(citizenLink).pathname, async (page) => {
      expect(await violations(page)).toEqual([]);
      await shot(page, "notice-citizen");
      await page.fill("#digits", aPaper.identityDigits);
      const saved = page.waitForEvent("download");
      await page.click("main form .button");
      expect((await saved).suggestedFilename()).toBe("thong-bao-tu-choi.pdf");
    });
    expect(await noticesOf(id)).toBe(1);
  });

  test("EN 319 142-1: one intact signature of level B-T over the whole file, for pdfsig and qpdf too", async () => {
    const { dossierId, citizenLink } = await refused();
    expect(await sign(dossierId)).toMatchObject({ ok: true });
    const { path, pdf } = await fileOf(citizenLink);
    expect(signaturesIn(pdf)).toHaveLength(1);
    if (has("pdfsig")) {
      const { output } = run("pdfsig", ["-nocert", path]);
      expect(output.match(/Signature is Valid/g)).toHaveLength(1);
      expect(output).toContain("Total document signed");
    }
    if (has("qpdf")) expect(run("qpdf", ["--check", path]).output).toContain("No syntax or stream encoding errors");
    if (!has("pdftotext")) return;
    const text = run("pdftotext", ["-enc", "UTF-8", path, "-"]).output.replace(/\s+/g, " ");
    for (const part of [dossierId, aPaper.applicantName, aPaper.title, "khoản 2 Điều 22", reason, "khiếu nại"]) {
      expect(text).toContain(part);
    }
  });

  test("DESIGN decision 12: the public page calls it no certified copy, in a neutral colour, with the signer's name", async () => {
    const { dossierId, citizenLink } = await refused();
    await sign(dossierId);
    const { pdf } = await fileOf(citizenLink);
    const page = await verified(pdf);
    expect(page).toMatch(/class="verdict neutral"/);
    expect(page).not.toMatch(/class="verdict good"/);
    const [row] = await desk.database.sql<{ name: string }[]>`
      select signer_name as name from refusal_notice where dossier_id = ${dossierId}`;
    expect(page).toContain(row?.name ?? "?");
  });

  test("one changed byte of it is told altered", async () => {
    const { dossierId, citizenLink } = await refused();
    await sign(dossierId);
    const { pdf } = await fileOf(citizenLink);
    const changed = Buffer.from(pdf);
    const at = changed.indexOf("/MediaBox") + 12;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(await verified(changed)).toMatch(/class="verdict bad"/);
  });

  test("only the signer signs it, and until then nobody gets it: neither officials nor the citizen", async () => {
    const { dossierId, citizenLink } = await refused();
    for (const as of ["tiepnhan", "doichieu", "vanthu"]) {
      expect(await sign(dossierId, "123456", as)).toMatchObject({ ok: false, code: "not_allowed" });
    }
    const path = `/api/dossiers/${dossierId}/refusal/notice`;
    expect(await desk.officials.ask("tiepnhan", "GET", path)).toMatchObject({ ok: false, code: "wrong_stage" });
    expect((await desk.officials.download(citizenLink)).status).toBe(409);
    expect(await noticesOf(dossierId)).toBe(0);
  });

  test("DESIGN decision 14: the citizen's GET changes nothing, and four digits are not guessed", async () => {
    const { dossierId, citizenLink } = await refused();
    await sign(dossierId);
    const before = (await desk.officials.view(dossierId)) as unknown as { events: unknown[] };
    const seen = await fetch(`${desk.service.url}${new URL(citizenLink).pathname}`, {
      headers: { accept: "text/html" },
    });
    expect(await seen.text()).toContain("Tải thông báo từ chối");
    expect(((await desk.officials.view(dossierId)) as unknown as { events: unknown[] }).events).toEqual(before.events);
    for (let i = 0; i < 5; i += 1) expect((await desk.officials.download(citizenLink, `000${i}`)).status).toBe(403);
    expect((await desk.officials.download(citizenLink)).status).toBe(429);
  });

  test("sent at once and again, it is signed once, and whoever sent it is told that it is", async () => {
    const { dossierId } = await refused();
    const replies = await Promise.all([1, 2, 3].map(() => sign(dossierId)));
    expect(replies.every(({ ok }) => ok)).toBe(true);
    expect(await sign(dossierId)).toMatchObject({ ok: true });
    expect(await noticesOf(dossierId)).toBe(1);
  });

  test("what is not refused has no notice to sign", async () => {
    const { dossierId } = await desk.officials.attested(await smallScan(++marks));
    expect(await sign(dossierId)).toMatchObject({ ok: false, code: "wrong_stage" });
  });

  test("STYLE C16: a kept notice is neither changed nor removed, even by a hand on the database", async () => {
    const { dossierId } = await refused();
    await sign(dossierId);
    const { sql } = desk.database;
    await expect(sql`update refusal_notice set signer_name = 'x' where dossier_id = ${dossierId}`).rejects.toThrow();
    await expect(sql`delete from refusal_notice where dossier_id = ${dossierId}`).rejects.toThrow();
    await expect(sql`truncate refusal_notice`).rejects.toThrow();
  });
});
