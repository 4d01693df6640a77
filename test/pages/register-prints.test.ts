import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../support/browser.ts";
import { aPaper, smallScan } from "../support/officials.ts";
import { signaturesIn } from "../support/signatures-in-pdf.ts";
import { has, run } from "../support/tools.ts";
import { type Desk, openDesk, shot, tabTo } from "./desk.ts";

let desk: Desk;
let issued: string;
const folder = mkdtempSync(join(tmpdir(), "chungthuc-prints-"));
const lastYear = new Date().getUTCFullYear() - 1;
const month = `${lastYear}-12`;

beforeAll(async () => {
  desk = await openDesk();
  issued = await personSigned(700);
  await desk.officials.seal(issued);
  const voided = await personSigned(701);
  await desk.officials.ask("lanhdao", "POST", `/api/dossiers/${voided}/void`, { reason: "Nhập nhầm hồ sơ" });
  await desk.officials.waitFor(issued, "released");
  // Only a clock could make a month pass; no line may change its day, so the guards of the table sleep for this once.
  await desk.database.sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update certificate set printed_on = ${`${month}-15`} where dossier_id = any (${[issued, voided]})`;
  });
}, 180_000);
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

async function personSigned(mark: number): Promise<string> {
  const { dossierId } = await desk.officials.attested(await smallScan(mark));
  const signed = await desk.officials.sign(dossierId);
  if (!signed.ok) throw new Error(signed.code);
  return dossierId;
}

async function fileOf(path: string, as = "lanhdao"): Promise<{ status: number; bytes: Buffer; saved: string }> {
  return desk.as(as, "/register", async (page) => {
    const answer = await page.request.get(`${desk.service.url}${path}`);
    return {
      status: answer.status(),
      bytes: await answer.body(),
      saved: answer.headers()["content-disposition"] ?? "",
    };
  });
}

/** Corrects the line's column by its own page. */
async function correct(part: string, reads: string): Promise<void> {
  await desk.as("lanhdao", `/dossiers/${issued}/line`, async (page) => {
    await page.check(`input[name="part"][value="${part}"]`);
    await page.fill("#reads", reads);
    await page.fill("#reason", "sai");
    await page.click("main form button");
    await page.waitForSelector("[role=alert]");
    expect(await page.inputValue("#reads")).toBe(reads); // nothing that was typed is lost
    await page.fill("#reason", "Gõ nhầm so với giấy tờ tùy thân (hư cấu)");
    await page.click("main form button");
    await page.waitForSelector("main s");
    expect(await violations(page)).toEqual([]);
    await shot(page, `register-line-${part}`);
  });
}

test("REG-4: who certifies corrects a line on its page; the month's draft shows what was struck through, who and why", async () => {
  await correct("applicant", "Quàng Thị Đúng Tên (hư cấu)");
  await desk.as("vanthu", `/register?day=${month}-15`, async (page) => {
    expect(await page.textContent("s.was")).toBe(aPaper.applicantName);
    expect(await page.textContent("main")).toContain("Quàng Thị Đúng Tên (hư cấu)");
    expect(await violations(page)).toEqual([]);
    await shot(page, "register-corrected");
    await page.goto(`${desk.service.url}/dossiers/${issued}/line`);
    expect(await page.locator("#reads").count()).toBe(0);
  });
  const draft = await fileOf(`/register/prints/${month}/draft.pdf`);
  writeFileSync(join(process.env["CHUNGTHUC_SHOTS"] ?? folder, "draft.pdf"), draft.bytes);
  if (!has("pdftotext")) return;
  const path = join(folder, "draft-of-month.pdf");
  writeFileSync(path, draft.bytes);
  const text = run("pdftotext", ["-enc", "UTF-8", "-layout", path, "-"]).output.replace(/\s+/g, " ");
  for (const part of ["Sửa lần 1", "Có 1 lần sửa dòng", "Đúng Tên"]) expect(text).toContain(part);
});

test("REG-3: by keyboard a month is looked through and signed, then the year is closed; axe finds nothing", async () => {
  await desk.as("lanhdao", `/register/prints?year=${lastYear}`, async (page) => {
    expect(await violations(page)).toEqual([]);
    await shot(page, "register-year");
    await tabTo(page, `a[href="/register/prints/${lastYear}"]`);
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/register/prints/${lastYear}`);
    expect(await page.textContent("main")).toContain(`Bản in tháng ${month} chưa được ký`);
    await page.goto(`${desk.service.url}/register/prints/${month}`);
    expect(await violations(page)).toEqual([]);
    await shot(page, "register-month");
    await tabTo(page, "#pin");
    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#pin-fault");
    for (const period of [month, String(lastYear)]) {
      await page.goto(`${desk.service.url}/register/prints/${period}`);
      await page.fill("#pin", desk.pinOf("lanhdao"));
      await page.keyboard.press("Enter");
      await page.waitForSelector(`a[href="/register/prints/${period}/signed.pdf"]`);
    }
    expect(await violations(page)).toEqual([]);
    await shot(page, "register-closed");
  });
});

test.each([
  "month",
  "year",
])("EN 319 142-1: the print of the %s carries one signature of level B-T over the whole file", async (kind) => {
  const { status, bytes, saved } = await fileOf(
    `/register/prints/${kind === "month" ? month : lastYear}/signed.pdf`,
    "vanthu",
  );
  expect([status, saved.startsWith("attachment")]).toEqual([200, true]);
  expect(signaturesIn(bytes)).toHaveLength(1);
  const path = join(folder, `${kind}.pdf`);
  writeFileSync(path, bytes);
  if (has("pdfsig")) {
    const { output } = run("pdfsig", ["-nocert", path]);
    expect(output).toContain("Signature is Valid");
    expect(output).toContain("Total document signed");
  }
  if (has("qpdf")) expect(run("qpdf", ["--check", path]).output).toContain("No syntax or stream encoding errors");
  if (!has("pdftotext")) return;
  const text = run("pdftotext", ["-enc", "UTF-8", "-layout", path, "-"]).output.replace(/\s+/g, " ");
  const parts =
    kind === "month"
      ? [
          `Bản in tháng 12/${lastYear}`,
          aPaper.title.slice(0, 10),
          "Đã bỏ số: Nhập",
          "2 số, 1 số đã chứng thực, 1 số đã bỏ",
        ]
      : [`Khóa sổ năm ${lastYear}`, `12/${lastYear}`, "Cả năm"];
  for (const part of parts) expect(text).toContain(part);
});

test("REG-4: once the month is signed a correction stands in the supplement of this month, in file and spreadsheet", async () => {
  await correct("fee", "4000");
  const thisMonth = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7);
  const csv = (await fileOf(`/register/prints/${thisMonth}/lines.csv`)).bytes.toString();
  expect(csv).toContain(`Sửa dòng của tháng 12/${lastYear} đã ký bản in`);
  const old = (await fileOf(`/register/prints/${month}/lines.csv`)).bytes.toString();
  expect(old).not.toContain("đã ký bản in");
  expect(old).toContain("Quàng Thị Đúng Tên (hư cấu)");
  const draft = await fileOf(`/register/prints/${thisMonth}/draft.pdf`);
  expect(draft.status).toBe(200);
  writeFileSync(join(process.env["CHUNGTHUC_SHOTS"] ?? folder, "supplement.pdf"), draft.bytes);
});

test("DESIGN decision 12: a signed print is no certified copy for whoever checks it", async () => {
  const { bytes } = await fileOf(`/register/prints/${month}/signed.pdf`);
  const form = new FormData();
  form.append("file", new File([new Uint8Array(bytes)], "so.pdf", { type: "application/pdf" }));
  const answer = await fetch(`${desk.service.url}/verify`, {
    method: "POST",
    headers: { accept: "text/html" },
    body: form,
  });
  const page = await answer.text();
  expect(page).toMatch(/class="verdict neutral"/);
  expect(page).not.toMatch(/class="verdict good"/);
});

test("LAW 3.3: Excel and CSV hold each line with its number, and who may not read the register gets neither", async () => {
  const csv = await fileOf(`/register/prints/${month}/lines.csv`, "quantri");
  expect(csv.bytes.toString()).toContain(aPaper.applicantName);
  const xlsx = await fileOf(`/register/prints/${month}/lines.xlsx`);
  expect([xlsx.status, xlsx.bytes.subarray(0, 2).toString()]).toEqual([200, "PK"]);
  const nobody = await fetch(`${desk.service.url}/register/prints/${month}/lines.csv`, { redirect: "manual" });
  expect(nobody.status).toBe(303);
});

test("STYLE C16: the database keeps a signed month as it is, whoever asks", async () => {
  const { sql } = desk.database;
  await expect(sql`update register_print set issued = 9`).rejects.toThrow("refused");
  await expect(sql`delete from register_print`).rejects.toThrow("refused");
  const later = await personSigned(702);
  const movedBack = sql.begin(async (tx) => {
    await tx`alter table certificate disable trigger certified_under_mandate`; // it would refuse first: AUTH-2
    await tx`update certificate set printed_on = ${`${month}-16`} where dossier_id = ${later}`;
  });
  await expect(movedBack).rejects.toThrow("printed and signed");
});

test("a year that is not over, a month to come, and what is no month are told plainly", async () => {
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString();
  await desk.as("lanhdao", `/register/prints/${today.slice(0, 7)}`, async (page) => {
    expect(await page.textContent("main")).toContain("Kỳ này chưa hết");
    expect(await page.locator("#pin").count()).toBe(0);
  });
  expect((await fileOf("/register/prints/2026-13")).status).toBe(404);
  expect((await fileOf("/register/prints/1999-01/draft.pdf")).status).toBe(409);
});
