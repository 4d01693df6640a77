import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../support/browser.ts";
import { type Desk, openDesk, shot } from "./desk.ts";
import { dossiersOf, enterPin } from "./signing-desk.ts";

let desk: Desk;
let dossiers: ReturnType<typeof dossiersOf>;

beforeAll(async () => {
  desk = await openDesk();
  dossiers = dossiersOf(desk);
}, 180_000);
afterAll(() => desk.close());

describe("what stops", () => {
  test("REG-1, decision 7: a number is voided with a reason; its line stays in the register, marked", async () => {
    const id = await dossiers.signed("Giấy ký nhầm (hư cấu)");
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
      expect(await page.textContent("tr.voided")).toContain("Đã bỏ số");
      expect(await page.textContent("tr.voided")).toContain("Chọn nhầm bản quét");
      expect(await violations(page)).toEqual([]);
      await shot(page, "register");
    });
    expect(await dossiers.statusIn(id)).toBe("voided");
  });

  test("DATE-1: a copy whose printed date has passed goes back to the signer, and the clerk is told so", async () => {
    const id = await dossiers.signed();
    await desk.database.sql`update certificate set printed_on = printed_on - 1 where dossier_id = ${id}`;
    await desk.as("vanthu", `/dossiers/${id}/seal`, async (page) => {
      await enterPin(page, desk.pinOf("vanthu"));
      await page.waitForSelector(".verdict.care");
      expect(await page.textContent("main")).toContain("Ngày in trên bản sao đã qua");
      expect(await violations(page)).toEqual([]);
      await shot(page, "seal-date-passed");
    });
    expect(await dossiers.statusIn(id)).toBe("numbered");
    await desk.as("lanhdao", `/dossiers/${id}/sign`, async (page) => {
      expect(await page.textContent(".printed")).not.toContain("……");
      await enterPin(page, desk.pinOf("lanhdao"));
      await page.waitForSelector(".verdict.good");
    });
  });

  test("SIGN-1: who signed cannot seal, and is told before any PIN is typed", async () => {
    const id = await dossiers.signed();
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
    const id = await dossiers.signed();
    expect(await answersTo("doichieu", id)).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await answersTo("tiepnhan", id)).toEqual([403, 403, 403, 200, 409, 403]);
    const { sql } = desk.database;
    await sql`insert into agency (id, name, province, code, development, created_at)
      values ('khac', 'UBND xã Khác (hư cấu)', 'tỉnh Khác (hư cấu)', 'KHAC', true, now())`;
    await sql`update dossier set agency_id = 'khac' where id = ${id}`;
    expect(await answersTo("lanhdao", id)).toEqual([404, 403, 404, 404, 404, 404]);
    expect(await answersTo("vanthu", id)).toEqual([403, 404, 403, 404, 404, 404]);
    const other = await dossiers.attested();
    await dossiers.attested(); // one of their own, whose box is made to say the other's id
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
