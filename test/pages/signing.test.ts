import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";
import { type Desk, openDesk, shot, tabTo } from "./desk.ts";

let desk: Desk;
let marks = 0;

beforeAll(async () => {
  desk = await openDesk();
}, 180_000);
afterAll(() => desk.close());

const attested = async (title = "Giấy thử (hư cấu)") =>
  (await desk.officials.attested(await smallScan(++marks * 37), title)).dossierId;
const signed = async (title?: string) => {
  const id = await attested(title);
  const reply = await desk.officials.sign(id);
  if (!reply.ok) throw new Error(reply.code);
  return id;
};
const statusIn = async (id: string) => (await desk.officials.view(id)).status;
const signaturesOf = async (id: string) =>
  (
    await desk.database
      .sql`select count(*)::int as n from dossier_event where dossier_id = ${id} and what = 'person_signed'`
  )[0]?.["n"];

async function enterPin(page: Page, pin: string): Promise<void> {
  await page.fill("#pin", pin);
  await page.click("main form .button");
}

describe("the way over the desk", () => {
  test("DESIGN steps 4 and 5: queue, sign, seal, hand over, by keyboard only; axe finds nothing on the way", async () => {
    const id = await attested();
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
    const id = await attested();
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
    const id = await attested();
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
    expect(await signaturesOf(id)).toBe(1);
  });

  test("two officials on one dossier: the second sees that it is signed, and nothing is lost", async () => {
    const id = await attested();
    await desk.as("lanhdao", `/dossiers/${id}/sign`, async (page) => {
      await desk.officials.sign(id);
      await enterPin(page, desk.pinOf("lanhdao"));
      await page.waitForSelector(".verdict.good");
      expect(await page.textContent("h1")).toContain("Đã ký: số");
    });
    expect(await signaturesOf(id)).toBe(1);
  });
});

describe("the PIN", () => {
  test("a wrong PIN is told at its field, takes no number, and the PIN is not sent back", async () => {
    const id = await attested();
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
    expect(await statusIn(id)).toBe("attested");
    await desk.database.sql`delete from throttle`;
  });

  test("after five wrong PINs even the right one is refused, told apart from a wrong one, with how long to wait", async () => {
    const id = await attested();
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
    expect(await statusIn(id)).toBe("attested");
    await desk.database.sql`delete from throttle`;
  });
});

describe("many at once", () => {
  test("TT 01/2020 Art. 4(1): the chosen ones are signed under one PIN, each with a number of its own; then sealed", async () => {
    const titles = ["Bằng tốt nghiệp (hư cấu)", "Giấy khai sinh (hư cấu)", "Chứng chỉ tin học (hư cấu)"];
    const ids: string[] = [];
    for (const title of titles) ids.push(await attested(title));
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
    expect(await Promise.all(ids.map(statusIn))).toEqual(["person_signed", "person_signed", "attested"]);
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
    const ids = [await attested(), await attested(), await attested()];
    await desk.as("lanhdao", "/sign", async (page) => {
      for (const id of ids) await page.check(`[value="${id}"]`);
      await enterPin(page, "111111");
      await page.waitForSelector("#pin-fault");
      for (const id of ids) expect(await page.isChecked(`[value="${id}"]`)).toBe(true);
    });
    const counts = await desk.database.sql`select max(count) as most from throttle`;
    expect(counts[0]?.["most"]).toBe(1);
    expect(await Promise.all(ids.map(statusIn))).toEqual(["attested", "attested", "attested"]);
    await desk.database.sql`delete from throttle`;
  });
});

describe("what stops", () => {
  test("REG-1, decision 7: a number is voided with a reason; its line stays in the register, marked", async () => {
    const id = await signed("Giấy ký nhầm (hư cấu)");
    await desk.as("lanhdao", `/dossiers/${id}/void`, async (page) => {
      expect(await violations(page)).toEqual([]);
      await page.fill("#reason", "ngắn");
      await page.click(".button.grave");
      await page.waitForSelector("#reason-fault");
      expect(await page.inputValue("#reason")).toBe("ngắn");
      await shot(page, "void-fault");
      await page.fill("#reason", "Chọn nhầm bản quét của giấy khác (hư cấu)");
      await page.click(".button.grave");
      await page.waitForSelector(".verdict.bad");
      expect(await violations(page)).toEqual([]);
      await shot(page, "voided");
      await page.goto(`${desk.service.url}/register`);
      expect(await page.textContent("tr.voided")).toContain("Đã hủy");
      expect(await page.textContent("tr.voided")).toContain("Chọn nhầm bản quét");
      expect(await violations(page)).toEqual([]);
      await shot(page, "register");
    });
    expect(await statusIn(id)).toBe("voided");
  });

  test("DATE-1: a copy whose printed date has passed goes back to the signer, and the clerk is told so", async () => {
    const id = await signed();
    await desk.database.sql`update certificate set printed_on = printed_on - 1 where dossier_id = ${id}`;
    await desk.as("vanthu", `/dossiers/${id}/seal`, async (page) => {
      await enterPin(page, desk.pinOf("vanthu"));
      await page.waitForSelector(".verdict.care");
      expect(await page.textContent("main")).toContain("Ngày in trên bản sao đã qua");
      expect(await violations(page)).toEqual([]);
      await shot(page, "seal-date-passed");
    });
    expect(await statusIn(id)).toBe("numbered");
    await desk.as("lanhdao", `/dossiers/${id}/sign`, async (page) => {
      expect(await page.textContent(".printed")).not.toContain("……");
      await enterPin(page, desk.pinOf("lanhdao"));
      await page.waitForSelector(".verdict.good");
    });
  });

  test("SIGN-1: who signed cannot seal, and is told before any PIN is typed", async () => {
    const id = await signed();
    const [person] = await desk.database.sql`select id from person where user_name = 'lanhdao'`;
    await desk.database.sql`insert into person_role (person_id, role) values (${person?.["id"]}, 'clerk')`;
    try {
      await desk.as("lanhdao", `/dossiers/${id}/seal`, async (page) => {
        expect(await page.locator("#pin").count()).toBe(0);
        expect(await page.textContent("main")).toContain("phải là hai người khác nhau");
        expect(await violations(page)).toEqual([]);
        await page.goto(`${desk.service.url}/seal`);
        expect(await page.isDisabled(`[value="${id}"]`)).toBe(true);
      });
    } finally {
      await desk.database.sql`delete from person_role where person_id = ${person?.["id"]} and role = 'clerk'`;
    }
  });
});

describe("whose it is", () => {
  const desks = ["sign", "seal", "void", "copy", "copy.pdf", "person-signed.pdf"];
  const answersTo = (userName: string, id: string) =>
    desk.as(userName, "/register", async (page) => {
      const answers = desks.map((part) => page.request.get(`${desk.service.url}/dossiers/${id}/${part}`));
      return (await Promise.all(answers)).map((answer) => answer.status());
    });

  test("AUTH-1: who has not the role, and every official of another agency, neither sees nor signs", async () => {
    const id = await signed();
    expect(await answersTo("doichieu", id)).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await answersTo("tiepnhan", id)).toEqual([403, 403, 403, 200, 409, 403]);
    const { sql } = desk.database;
    await sql`insert into agency (id, name, province, code, development, created_at)
      values ('khac', 'UBND xã Khác (hư cấu)', 'tỉnh Khác (hư cấu)', 'KHAC', true, now())`;
    await sql`update dossier set agency_id = 'khac' where id = ${id}`;
    expect(await answersTo("lanhdao", id)).toEqual([404, 403, 404, 404, 404, 404]);
    expect(await answersTo("vanthu", id)).toEqual([403, 404, 403, 404, 404, 404]);
    const other = await attested();
    await attested(); // one of their own, whose box is made to say the other's id
    await sql`update dossier set agency_id = 'khac' where id = ${other}`;
    await desk.as("lanhdao", "/sign", async (page) => {
      expect(await page.locator(`[value="${other}"]`).count()).toBe(0);
      await page.evaluate(
        `Object.assign(document.querySelector("[name=dossier]"), { value: "${other}", checked: true })`,
      );
      await enterPin(page, desk.pinOf("lanhdao"));
      await page.waitForSelector(".verdict, .faults");
      expect(await page.textContent("main")).toContain("Không có trang hoặc hồ sơ này");
    });
    const [row] = await sql`select status from dossier where id = ${other}`;
    expect(row?.["status"]).toBe("attested");
  });
});
