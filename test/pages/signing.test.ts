import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../support/browser.ts";
import { type Desk, openDesk, shot, tabTo } from "./desk.ts";
import { dossiersOf, enterPin } from "./signing-desk.ts";

let desk: Desk;
let dossiers: ReturnType<typeof dossiersOf>;

beforeAll(async () => {
  desk = await openDesk();
  dossiers = dossiersOf(desk);
}, 180_000);
afterAll(() => desk.close());

describe("the way over the desk", () => {
  test("DESIGN steps 4 and 5: queue, sign, seal, hand over, by keyboard only; axe finds nothing on the way", async () => {
    const id = await dossiers.attested();
    await desk.as("lanhdao", "/queue", async (page) => {
      expect(await violations(page)).toEqual([]);
      await shot(page, "queue-signer");
      await tabTo(page, `a.button[href="/dossiers/${id}/sign"]`);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/dossiers/${id}/sign`);
      expect(await page.textContent(".printed")).toMatch(/Chứng thực bản sao đúng với bản chính\s*Số chứng thực ……/);
      expect(await violations(page)).toEqual([]);
      await shot(page, "sign");
      await tabTo(page, "#pin");
      await page.keyboard.type(desk.pinOf("lanhdao"));
      await page.keyboard.press("Enter");
      await page.waitForSelector(".verdict.good");
      expect(await violations(page)).toEqual([]);
      await shot(page, "sign-done");
      expect(await page.textContent("h1")).toMatch(/^Đã ký: số 01, quyển số 01\/\d{4}-SCTĐT\/BS\.$/);
    });
    await desk.as("vanthu", "/queue", async (page) => {
      await tabTo(page, `a.button[href="/dossiers/${id}/seal"]`);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**/dossiers/${id}/seal`);
      expect(await violations(page)).toEqual([]);
      await shot(page, "seal");
      const pdf = await page.request.get(`${desk.service.url}/dossiers/${id}/person-signed.pdf`);
      expect([pdf.status(), pdf.headers()["content-type"], (await pdf.body()).subarray(0, 5).toString()]).toEqual([
        200,
        "application/pdf",
        "%PDF-",
      ]);
      await tabTo(page, "#pin");
      await page.keyboard.type(desk.pinOf("vanthu"));
      await page.keyboard.press("Enter");
      await page.waitForSelector(".verdict.good");
      expect(await violations(page)).toEqual([]);
      await desk.officials.waitFor(id, "released");
      await page.goto(`${desk.service.url}/dossiers/${id}/copy`);
      expect(await violations(page)).toEqual([]);
      await shot(page, "copy");
      const [link] = await page.locator("a.address").allTextContents();
      expect(link).toBe((await desk.officials.view(id)).verificationLink);
      const saved = page.waitForEvent("download");
      await page.click("text=Tải về");
      expect((await saved).suggestedFilename()).toBe("ban-sao-chung-thuc.pdf");
    });
  });

  test("without JavaScript signing and sealing are plain forms, and a refresh after them sends nothing again", async () => {
    const id = await dossiers.attested();
    await desk.as(
      "lanhdao",
      `/dossiers/${id}/sign`,
      async (page) => {
        await enterPin(page, desk.pinOf("lanhdao"));
        await page.waitForSelector(".verdict.good");
        await page.reload();
        expect(await page.locator(".verdict.good").count()).toBe(1);
      },
      { javaScript: false, width: 360 },
    );
    await desk.as(
      "vanthu",
      `/dossiers/${id}/seal`,
      async (page) => {
        await enterPin(page, desk.pinOf("vanthu"));
        await page.waitForSelector(".verdict.good");
      },
      { javaScript: false, width: 360 },
    );
    await desk.officials.waitFor(id, "released");
  });

  test.each([true, false])("a double click on «sign» makes one signature (scripts: %s)", async (javaScript) => {
    const id = await dossiers.attested();
    await desk.as(
      "lanhdao",
      `/dossiers/${id}/sign`,
      async (page) => {
        await page.fill("#pin", desk.pinOf("lanhdao"));
        await page.dblclick("main form .button");
        await page.waitForSelector(".verdict.good");
      },
      { javaScript },
    );
    expect(await dossiers.signaturesOf(id)).toBe(1);
  });

  test("two officials on one dossier: the second sees that it is signed, and nothing is lost", async () => {
    const id = await dossiers.attested();
    await desk.as("lanhdao", `/dossiers/${id}/sign`, async (page) => {
      await desk.officials.sign(id);
      await enterPin(page, desk.pinOf("lanhdao"));
      await page.waitForSelector(".verdict.good");
      expect(await page.textContent("h1")).toContain("Đã ký: số");
    });
    expect(await dossiers.signaturesOf(id)).toBe(1);
  });
});

describe("the PIN", () => {
  test("a wrong PIN is told at its field, takes no number, and the PIN is not sent back", async () => {
    const id = await dossiers.attested();
    await desk.as("lanhdao", `/dossiers/${id}/sign`, async (page) => {
      await enterPin(page, "000000");
      await page.waitForSelector(".faults");
      expect(await page.getAttribute("#pin", "aria-invalid")).toBe("true");
      expect(await page.textContent("#pin-fault")).toContain("PIN của khóa ký chưa đúng");
      expect(await page.inputValue("#pin")).toBe("");
      expect(await page.evaluate("document.activeElement.id")).toBe("faults");
      expect(await violations(page)).toEqual([]);
      await shot(page, "sign-wrong-pin");
      await page.click(".faults a");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#pin-fault");
      expect(await page.textContent("#pin-fault")).toContain("Hãy nhập mã PIN");
    });
    expect(await dossiers.statusIn(id)).toBe("attested");
    await desk.database.sql`delete from throttle`;
  });

  test("after five wrong PINs even the right one is refused, told apart from a wrong one, with how long to wait", async () => {
    const id = await dossiers.attested();
    await desk.as("lanhdao", `/dossiers/${id}/sign`, async (page) => {
      for (const pin of ["000001", "000002", "000003", "000004", "000005", desk.pinOf("lanhdao")]) {
        const answered = page.waitForResponse((response) => response.request().method() === "POST");
        await enterPin(page, pin);
        const answer = await answered;
        await page.waitForLoadState();
        if (pin === desk.pinOf("lanhdao"))
          expect([answer.status(), answer.headers()["retry-after"] !== undefined]).toEqual([429, true]);
      }
      expect(await page.textContent(".faults")).toMatch(/Đã thử quá nhiều lần\. Hãy đợi \d+ phút/);
      expect(await page.locator("#pin-fault").count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await shot(page, "sign-throttled");
    });
    expect(await dossiers.statusIn(id)).toBe("attested");
    await desk.database.sql`delete from throttle`;
  });
});

describe("many at once", () => {
  test("TT 01/2020 Art. 4(1): the chosen ones are signed under one PIN, each with a number of its own; then sealed", async () => {
    const titles = ["Bằng tốt nghiệp (hư cấu)", "Giấy khai sinh (hư cấu)", "Chứng chỉ tin học (hư cấu)"];
    const ids: string[] = [];
    for (const title of titles) ids.push(await dossiers.attested(title));
    await desk.as("lanhdao", "/sign", async (page) => {
      expect(await violations(page)).toEqual([]);
      await page.click("main form .button");
      await page.waitForSelector(".faults");
      expect(await page.locator(".faults li").count()).toBe(2);
      for (const id of ids.slice(0, 2)) await page.check(`[value="${id}"]`);
      await shot(page, "sign-list");
      await enterPin(page, desk.pinOf("lanhdao"));
      await page.waitForSelector(".verdict.good");
      expect(await page.textContent("h1")).toBe("Đã ký 2 hồ sơ.");
      expect(await violations(page)).toEqual([]);
      await shot(page, "sign-list-done");
    });
    expect(await Promise.all(ids.map(dossiers.statusIn))).toEqual(["person_signed", "person_signed", "attested"]);
    const numbers = await desk.database.sql`select number from certificate where dossier_id = any(${ids})`;
    expect(new Set(numbers.map(({ number }) => number)).size).toBe(2);
    await desk.as("vanthu", "/seal?all=yes", async (page) => {
      await shot(page, "seal-list");
      await enterPin(page, desk.pinOf("vanthu"));
      await page.waitForSelector(".verdict.good");
    });
    for (const id of ids.slice(0, 2)) await desk.officials.waitFor(id, "released");
  });

  test("a wrong PIN stops the list at once: one attempt is counted, however many were chosen, and the choice is kept", async () => {
    const ids = [await dossiers.attested(), await dossiers.attested(), await dossiers.attested()];
    await desk.as("lanhdao", "/sign", async (page) => {
      for (const id of ids) await page.check(`[value="${id}"]`);
      await enterPin(page, "111111");
      await page.waitForSelector("#pin-fault");
      for (const id of ids) expect(await page.isChecked(`[value="${id}"]`)).toBe(true);
    });
    const counts = await desk.database.sql`select max(count) as most from throttle`;
    expect(counts[0]?.["most"]).toBe(1);
    expect(await Promise.all(ids.map(dossiers.statusIn))).toEqual(["attested", "attested", "attested"]);
    await desk.database.sql`delete from throttle`;
  });
});
