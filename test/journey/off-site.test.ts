import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, openDesk, shot, tabTo } from "../pages/desk.ts";
import { violations } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";
import { has, run } from "../support/tools.ts";

const place = "nhà số 5, tổ 3, phường Ví Dụ (hư cấu)";
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const textOf = async (userName: string, path: string) => desk.as(userName, path, (page) => page.innerText("main"));

describe("OFFSITE-1: from the receipt at the counter to the attestation and the register", () => {
  test("by keyboard: the place is written at the receipt, the hour before the attestation; the public page tells neither", async () => {
    const path = await desk.as("tiepnhan", "/dossiers/new", async (page) => {
      await page.fill("[name=applicantName]", "Lò Thị Thử (hư cấu)");
      await page.fill("[name=identityDigits]", "4321");
      await page.fill("[name=kind]", "Giấy chứng nhận (hư cấu)");
      await page.fill("[name=declaredPages]", "1");
      await page.click("summary:has-text('Chứng thực ngoài trụ sở')");
      await page.selectOption("[name=ground]", "old_weak");
      await page.press("[name=askedBy]", "Enter");
      expect(await page.textContent("[role=alert]")).toContain("Ghi địa điểm chứng thực");
      expect(await violations(page)).toEqual([]);
      await shot(page, "off-site-faults");
      await page.fill("[name=place]", place);
      await page.fill("[name=deed]", "số 12/UBND-TP ngày 02/11/2026 (hư cấu)");
      await page.press("[name=place]", "Enter");
      await page.waitForURL(/\/dossiers\/[0-9a-f-]{36}$/);
      await shot(page, "off-site-dossier");
      return new URL(page.url()).pathname;
    });
    const id = path.split("/")[2] ?? "";
    const scan = await smallScan(911);
    await desk.as("tiepnhan", path, async (page) => {
      await page.setInputFiles("[name=scans]", { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from(scan) });
      await page.click("form[action$='/scans'] button");
      await page.waitForURL(new RegExp(`${path}$`));
    });
    const { pages } = await desk.officials.waitFor(id, "read", 120);
    for (const { number, streamSha256: sha256 } of pages) {
      await desk.officials.ask("doichieu", "POST", `/api/dossiers/${id}/pages/${number}/confirmation`, { sha256 });
    }
    const statement = { originalPresented: true };
    const early = await desk.officials.ask("doichieu", "POST", `/api/dossiers/${id}/attestation`, statement);
    expect(early.code).toBe("rule_broken");

    await desk.as("doichieu", `${path}/attest`, async (page) => {
      expect(await page.textContent("main")).toContain("Chưa ghi giờ, phút");
      await shot(page, "off-site-missing");
      await tabTo(page, `a[href="${path}/off-site"]`);
      await page.keyboard.press("Enter");
      await page.waitForURL(/off-site/);
      expect(await violations(page)).toEqual([]);
      await shot(page, "off-site-page");
      expect(await page.inputValue("[name=place]")).toBe(place);
      const today = new Date(Date.now() + 7 * 3_600_000).toISOString();
      await page.fill("[name=actDay]", today.slice(0, 10));
      await page.fill("[name=actTime]", today.slice(11, 16));
      await page.press("[name=place]", "Enter");
      await page.waitForURL(new RegExp(`${path}$`));
    });
    expect((await desk.officials.ask("doichieu", "POST", `/api/dossiers/${id}/attestation`, statement)).code).toBe("");
    expect(await textOf("lanhdao", `${path}/sign`)).toContain(`Chứng thực ngoài trụ sở: tại ${place}, lúc `);
    expect((await desk.officials.sign(id)).code).toBe("");
    expect((await desk.officials.seal(id)).code).toBe("");
    const { verificationLink } = await desk.officials.waitFor(id, "released");
    expect(await textOf("lanhdao", "/register")).toContain(`Chứng thực ngoài trụ sở: ${place}`);
    const told = await fetch(`${desk.service.url}${new URL(verificationLink ?? "").pathname}`);
    expect([told.status, (await told.text()).includes(place)]).toEqual([200, false]);
    const copy = await desk.as("tiepnhan", path, async (page) =>
      Buffer.from(
        (await page.evaluate(
          async (from) => [...new Uint8Array(await (await fetch(from)).arrayBuffer())],
          `${path}/copy.pdf`,
        )) as number[],
      ),
    );
    if (!has("pdftotext")) return;
    const file = join(mkdtempSync(join(tmpdir(), "off-site-")), "copy.pdf");
    writeFileSync(file, copy);
    const text = run("pdftotext", ["-layout", file, "-"]).output.replace(/\s+/g, " ");
    expect(text).toContain(`Chứng thực ngoài trụ sở: tại ${place}, lúc `);
  }, 120_000);
});
