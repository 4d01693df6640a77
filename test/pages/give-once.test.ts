import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../support/browser.ts";
import { aPaper, smallScan } from "../support/officials.ts";
import { type Desk, openDesk, shot, tabTo } from "./desk.ts";

let desk: Desk;
let first: { dossierId: string; citizenLink: string };
beforeAll(async () => {
  desk = await openDesk();
  first = await desk.officials.attested(await smallScan(1501));
  const signed = await desk.officials.sign(first.dossierId);
  const sealed = await desk.officials.seal(first.dossierId);
  if (!signed.ok || !sealed.ok) throw new Error(`${signed.code} ${sealed.code}`);
  await desk.officials.waitFor(first.dossierId, "released");
}, 240_000);
afterAll(() => desk.close());

/** The same paper comes again. */
async function again(changes: object = {}): Promise<string> {
  const opened = await desk.officials.ask("tiepnhan", "POST", "/api/dossiers", { ...aPaper, ...changes });
  return `/dossiers/${opened.json["dossierId"]}`;
}
const statusAt = async (path: string) => (await desk.officials.view(path.split("/")[2] ?? "")).status;
const at = (link: string) => `${desk.service.url}${new URL(link).pathname}`;
const state = async (link: string) => (await fetch(at(link), { headers: { accept: "application/json" } })).status;

describe("ONCE-1: the same paper comes to the counter again", () => {
  test("by keyboard: told, given again by a new link, the one before dead; the page of the head counts it; axe finds nothing", async () => {
    const path = await again();
    const link = await desk.as("tiepnhan", path, async (page) => {
      expect(await page.textContent("main")).toContain("đã được chứng thực tại đây");
      await shot(page, "give-once-told");
      expect(await violations(page)).toEqual([]);
      await tabTo(page, `a[href="${path}/earlier"]`);
      await page.keyboard.press("Enter");
      await page.waitForURL(/earlier/);
      await shot(page, "give-once-choice");
      expect(await violations(page)).toEqual([]);
      await page.focus("#answer");
      await page.keyboard.press("Space");
      await page.keyboard.press("Enter");
      await page.waitForSelector("#digits[aria-invalid]");
      expect(await statusAt(path)).toBe("received"); // without the digits nothing is given
      await page.focus("#digits");
      await page.keyboard.type(aPaper.identityDigits);
      await page.keyboard.press("Enter");
      await page.waitForSelector(".secret");
      await shot(page, "give-once-given");
      expect(await violations(page)).toEqual([]);
      return (await page.textContent(".secret .address")) ?? "";
    });
    expect(await statusAt(path)).toBe("reused");
    expect([await state(link), await state(first.citizenLink)]).toEqual([200, 404]);
    expect((await desk.officials.download(link)).status).toBe(200);
    await desk.as("lanhdao", "/register/avoided", async (page) => {
      expect(await page.textContent("main")).toMatch(/Đã tránh 1 lần chứng thực, 1 trang.*2\.000 đồng/);
      await shot(page, "give-once-avoided");
      expect(await violations(page)).toEqual([]);
    });
  });

  test("another applicant is told that there is a copy and not whose; it can only be certified, with a reason", async () => {
    const path = await again({ applicantName: "Vàng Văn Khác (hư cấu)", identityDigits: "9876" });
    const text = await desk.as("doichieu", `${path}/earlier`, (page) => page.innerText("main"));
    expect(text).toContain("đã làm cho người khác");
    expect(text).not.toContain("Trao lại bản sao số");
    expect(text).not.toContain(aPaper.applicantName);
    await desk.as("doichieu", `${path}/earlier`, async (page) => {
      await page.check('[value="again:another_applicant"]');
      await page.click("main button");
      await page.waitForURL(new RegExp(`${path}$`));
      expect(await page.textContent("main")).not.toContain("Xem và chọn");
    });
    expect(await statusAt(path)).toBe("received");
  });

  test("R15: what VNeID has ends without a copy, and the citizen's page says so", async () => {
    const opened = await desk.officials.ask("tiepnhan", "POST", "/api/dossiers", { ...aPaper, documentNumber: null });
    const path = `/dossiers/${opened.json["dossierId"]}`;
    await desk.as("tiepnhan", `${path}/earlier`, async (page) => {
      await page.check('[value="in_vneid"]');
      await page.click("main button");
      await page.waitForURL(new RegExp(`${path}$`));
    });
    expect(await statusAt(path)).toBe("reused");
    const citizen = await fetch(at(String(opened.json["citizenLink"])), { headers: { accept: "text/html" } });
    expect(await citizen.text()).toContain("kết thúc mà không chứng thực lại");
  });
});
