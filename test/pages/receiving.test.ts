import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reasonCodes } from "../../ocr/reason-codes.ts";
import { reasonsEn } from "../../src/web/words/reasons.en.ts";
import { reasonsVi } from "../../src/web/words/reasons.vi.ts";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";
import { type Counter, openAtCounter, openCounter, typedPaper } from "./counter.ts";

const pngOf = async (mark: number, name = `trang-${mark}.jpg`) =>
  new File([await smallScan(mark)], name, { type: "image/jpeg" });

test("every reason for which a scan is not taken, and every warning, has words in both languages", () => {
  const findings = [
    "BLURRED",
    "GLARE",
    "CUT_OFF",
    "CORNER_MISSING",
    "COLOUR_LOST",
    "DUPLICATE_PAGE",
    "LIGHTER_PATCH",
    "OVERWRITTEN",
  ];
  const codes = [...Object.keys(reasonCodes), ...findings, "READING_FAILED"].sort();
  expect(Object.keys(reasonsVi).sort()).toEqual(codes);
  expect(Object.keys(reasonsEn).sort()).toEqual(codes);
});

describe("at the counter", () => {
  let counter: Counter;
  let browser: Browser;
  beforeAll(async () => {
    counter = await openCounter();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await counter.close();
  });

  test("a form with faults comes back with all that was typed, each fault at its field, and opens nothing", async () => {
    const fields = { ...typedPaper, identityDigits: "12", declaredPages: "0", contact: "0900 (hư cấu)" };
    const answer = await counter.send("tiepnhan", "/dossiers/new", "/dossiers/new", fields);
    expect(answer.status).toBe(400);
    for (const value of [typedPaper.applicantName, typedPaper.kind, "0900 (hư cấu)"]) {
      expect(answer.text).toContain(`value="${value}"`);
    }
    expect(answer.text.match(/class="fault"/g)).toHaveLength(2);
    expect(answer.text).toContain('href="#identityDigits"');
  });

  test("NĐ 23/2015 Art. 20: who shows no identity paper is taken all the same, with four digits of their own choice", async () => {
    const path = await openAtCounter(counter, { identityKind: "not_shown", identityDigits: "7070" });
    const [kept] = await counter.sql`select s.identity_kind from submission s join dossier d on d.submission_id = s.id
      where d.id = ${path.split("/")[2] ?? ""}`;
    expect(kept).toEqual({ identity_kind: null });
    const account = { identityKind: "not_shown", identityDigits: "7070", storeAccount: "001099123456" };
    const another = { ...typedPaper, ...account };
    expect((await counter.send("tiepnhan", "/dossiers/new", "/dossiers/new", another)).status).toBe(400);
  });

  test("what is left empty follows from what is written: the title from the kind, the holder from the applicant", async () => {
    const path = await openAtCounter(counter);
    const { text } = await counter.get("doichieu", path);
    expect(text).toContain(`<h1>${typedPaper.kind}</h1>`);
    expect(text).toContain("1 bản điện tử, 2 bản giấy");
    expect(text).toContain("2.000 đồng");
  });

  test("HELP-1: who helped the applicant, why, and that it was read aloud is recorded once and shown", async () => {
    const path = await openAtCounter(counter, {
      helpReason: "cannot_read",
      helpedBy: "Lò Thị Giúp (hư cấu)",
      readAloud: "yes",
    });
    const { text } = await counter.get("doichieu", path);
    expect(text).toMatch(
      /Lò Thị Giúp \(hư cấu\) đã giúp người yêu cầu: Không biết đọc, biết viết\. Nội dung đã được đọc lại/,
    );
  });

  test("one bad file of several is told with its code and stops no other", async () => {
    const path = await openAtCounter(counter);
    const bad = new File(["chỉ là chữ"], "ghi chú.txt", { type: "text/plain" });
    const scans = [await pngOf(11), bad, await pngOf(12)];
    const answer = await counter.send("tiepnhan", path, `${path}/scans`, { scans });
    expect(answer.status).toBe(422);
    expect(answer.text).toMatch(/ghi chú\.txt.*UNRECOGNISED_TYPE/);
    const view = await counter.officials.waitFor(path.split("/")[2] ?? "", "read", 120);
    expect(view.originals.map(({ status }) => status)).toEqual(["read", "read"]);
  });

  test("no file, an empty file, a name that hides its end: each is told, nothing is kept", async () => {
    const path = await openAtCounter(counter);
    const cases = [
      { file: new File([], ""), says: "Hãy chọn ít nhất một tệp" },
      { file: new File([], "rong.jpg"), says: "EMPTY_FILE" },
      { file: await pngOf(13, "\u202Egpj.exe"), says: "INVALID_FILENAME" },
    ];
    for (const { file, says } of cases) {
      const answer = await counter.send("tiepnhan", path, `${path}/scans`, { scans: [file] });
      expect([answer.status, answer.text.includes(says)]).toEqual([422, true]);
    }
    expect((await counter.officials.view(path.split("/")[2] ?? "")).originals).toEqual([]);
  });

  test("DESIGN decision 14: a slip shows a new link once, and the link before opens nothing any more", async () => {
    const path = await openAtCounter(counter);
    const linkOn = async () => {
      const { text } = await counter.send("tiepnhan", path, `${path}/slip`, {});
      return new URL(/http[^<"]*\/c\/[\w-]+/.exec(text)?.[0] ?? "").pathname;
    };
    const first = await linkOn();
    expect((await fetch(`${counter.url}${first}`)).status).toBe(200);
    const second = await linkOn();
    expect((await fetch(`${counter.url}${second}`)).status).toBe(200);
    expect((await fetch(`${counter.url}${first}`)).status).toBe(404);
    expect((await counter.get("tiepnhan", `${path}/slip`)).text).not.toContain("/c/");
  });

  test("LAW 6: the slip says the hour and day, the fee, and the papers with their pages and copies", async () => {
    const path = await openAtCounter(counter, { declaredPages: "12", documentNumber: "7/2020" });
    const { text } = await counter.get("doichieu", `${path}/slip`);
    expect(text).toMatch(/Thời gian trả kết quả: trước <b>17:00 ngày \d\d\/\d\d\/\d{4}<\/b>/);
    expect(text).toContain("14.000 đồng");
    expect(text).toMatch(/<td>12<\/td><td>2<\/td><td>1<\/td>/);
  });

  test("DOS-1: another paper of the applicant is added without typing the applicant again; slip and link tell both", async () => {
    const first = await openAtCounter(counter, { declaredPages: "12" });
    const to = `${first}/another`;
    const typed = { kind: "Bằng lái (hư cấu)", identityDigits: "4321" };
    const strange = await counter.send("tiepnhan", to, to, { ...typed, identityDigits: "9999", declaredPages: "1" });
    expect([strange.status, strange.text.includes('id="identityDigits-fault"')]).toEqual([403, true]);
    const faulty = await counter.send("tiepnhan", to, to, { ...typed, declaredPages: "0" });
    expect([faulty.status, faulty.text.includes('value="Bằng lái (hư cấu)"')]).toEqual([400, true]);
    const added = await counter.send("tiepnhan", to, to, { ...typed, declaredPages: "1" });
    expect(added.status).toBe(303);
    const { text } = await counter.get("tiepnhan", added.goesTo);
    expect(text).toMatch(/H00-\d{6}-\d{4}/);
    expect(text).toContain("2 giấy tờ, 13 trang, phí 44.000 đồng");
    const slip = (await counter.send("tiepnhan", first, `${first}/slip`, {})).text;
    expect(slip).toContain("bản điện tử 16.000 đồng, bản giấy 28.000 đồng, cộng 44.000 đồng");
    const link = new URL(/http[^<"]*\/c\/[\w-]+/.exec(slip)?.[0] ?? "").pathname;
    const seen = async (path: string) =>
      (await fetch(`${counter.url}${path}`, { headers: { accept: "text/html" } })).text();
    expect(await seen(link)).toMatch(/1\. .*Hẹn trả trước: <b>.*2\. Bằng lái \(hư cấu\).*Hẹn trả trước: <b>/s);
    expect(await seen(`${link}.2`)).toContain("Giấy tờ thứ 2 trong 2");
    expect((await fetch(`${counter.url}${link}.3`)).status).toBe(404);
    expect((await counter.send("doichieu", to, to, { kind: "x", declaredPages: "1" })).status).toBe(403);
  });

  test("DOS-1: many papers at once: each fault at its field, a bad file stops no other, the same form again adds nothing twice", async () => {
    const path = await openAtCounter(counter);
    const alike = { identityDigits: "4321", kind: "Bảng điểm (hư cấu)", declaredPages: "1" };
    const send = (fields: Parameters<Counter["send"]>[3]) =>
      counter.send("tiepnhan", `${path}/many`, `${path}/many`, { ...alike, ...fields });
    const faulty = await send({ declaredPages: "0", scans: [await pngOf(31)] });
    expect([faulty.status, faulty.text.includes(`value="${alike.kind}"`)]).toEqual([400, true]);
    expect(faulty.text).toContain('href="#declaredPages"');
    const stranger = await send({ identityDigits: "9999", scans: [await pngOf(31)] });
    expect(stranger.text).toContain('href="#identityDigits"');
    const bad = new File(["chỉ là chữ"], "ghi chú.txt", { type: "text/plain" });
    const most = await send({ scans: [await pngOf(31), bad, await pngOf(32, "\u202Egpj.exe"), await pngOf(33)] });
    expect(most.status).toBe(422);
    expect(most.text).toMatch(/ghi chú\.txt.*UNRECOGNISED_TYPE/);
    expect(most.text).toContain("INVALID_FILENAME");
    expect(most.text).toContain("Đã thêm 2 giấy tờ.");
    const again = await send({ scans: [await pngOf(31), await pngOf(33), await pngOf(34)] });
    expect([again.status, again.goesTo]).toEqual([303, `${path}?known=2`]);
    const { text } = await counter.get("tiepnhan", again.goesTo);
    expect(text).toContain("2 tệp đã có trong hồ sơ này từ trước");
    expect(text).toContain("3 giấy tờ, 3 trang");
    const none = await send({ scans: [await pngOf(31)] });
    expect(none.text).toContain("1 tệp đã có trong hồ sơ này từ trước");
  });

  test("nobody but the receiver opens, scans, or gives a link", async () => {
    const path = await openAtCounter(counter);
    expect((await counter.get("doichieu", "/dossiers/new")).status).toBe(403);
    expect((await counter.send("doichieu", path, `${path}/slip`, {})).status).toBe(403);
    expect((await counter.send("lanhdao", path, `${path}/scans`, { scans: [await pngOf(14)] })).status).toBe(403);
  });

  test("COPY-1: the number of pages is corrected, and a wrong one comes back with its fault", async () => {
    const path = await openAtCounter(counter);
    const to = `${path}/declared-pages`;
    expect((await counter.send("doichieu", to, to, { declaredPages: "hai" })).text).toContain('value="hai"');
    expect((await counter.send("doichieu", to, to, { declaredPages: "3" })).goesTo).toBe(path);
    expect((await counter.get("doichieu", path)).text).toContain("5.000 đồng");
  });

  test("the file as it came is given to be kept, never to be shown within our pages", async () => {
    const path = await openAtCounter(counter);
    const scan = await pngOf(15, "tên có dấu.jpg");
    await counter.send("tiepnhan", path, `${path}/scans`, { scans: [scan] });
    const { text } = await counter.get("tiepnhan", path);
    const href = /href="([^"]*\/originals\/[^"]*)"/.exec(text)?.[1] ?? "";
    const answer = await counter.get("tiepnhan", href);
    expect(answer.headers.get("content-disposition")).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent("tên có dấu.jpg")}`,
    );
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-type")).toBe("image/jpeg");
    expect((await counter.get("lanhdao", href)).status).toBe(200); // COPY-1: who signs may look at what was left out
    expect((await counter.get("quantri", href)).status).toBe(403);
  });

  test("by keyboard alone: a dossier is opened, its scan sent, its page and its stand among the papers appear by themselves; axe finds nothing", async () => {
    const file = join(tmpdir(), "chungthuc-trang.jpg");
    writeFileSync(file, await smallScan(21));
    const visit = { cookie: counter.cookie("tiepnhan") };
    await withPage(browser, `${counter.url}/dossiers/new`, visit, async (page) => {
      expect(await violations(page)).toEqual([]);
      await page.focus("[name=applicantName]");
      const typed = [typedPaper.applicantName, "", "4321", "", typedPaper.kind, "1"];
      for (const text of typed) {
        await page.keyboard.type(text);
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      await page.waitForURL(/dossiers\/[0-9a-f-]{36}$/);
      const another = `${new URL(page.url()).pathname}/another`;
      await counter.send("tiepnhan", another, another, {
        kind: "Bằng lái",
        identityDigits: "4321",
        declaredPages: "1",
      });
      await page.reload();
      expect(await violations(page)).toEqual([]);
      await page.setInputFiles("[name=scans]", file); // the system's own window, beyond any page
      await page.focus("main form[enctype] button");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".pages img", { timeout: 60_000 });
      expect(await page.locator("#live-papers .tag").allInnerTexts()).toEqual(["Chờ đối chiếu", "Chờ bản quét"]);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    });
  });

  test("360 px: nothing is wider than the screen, and a phone's pages break no rule either", async () => {
    const path = await openAtCounter(counter);
    const visit = { cookie: counter.cookie("tiepnhan"), width: 360 };
    for (const at of ["/dossiers/new", path, `${path}/slip`, `${path}/declared-pages?lang=en`]) {
      await withPage(browser, `${counter.url}${at}`, visit, async (page) => {
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
      });
    }
  });
});
