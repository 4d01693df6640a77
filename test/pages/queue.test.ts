import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../support/browser.ts";
import { receivedEarlier } from "../support/late.ts";
import { aPaper, smallScan } from "../support/officials.ts";
import { type Desk, openDesk, shot } from "./desk.ts";

let desk: Desk;
let first: string;
const papers = [
  { applicantName: "Đỗ Thị Ánh Tuyết (hư cấu)", title: "Bằng cử nhân Luật (hư cấu)", documentNumber: "QH-2019/0447" },
  { applicantName: "Lò Văn Hặc (hư cấu)", title: "Giấy khai sinh (hư cấu)", documentNumber: "55/2011" },
  { applicantName: "Nguyễn Thị Ngọc Ước (hư cấu)", title: "Sổ hộ tịch 100%_a (hư cấu)" },
];

beforeAll(async () => {
  desk = await openDesk();
  for (const paper of papers) {
    const opened = await desk.officials.ask("tiepnhan", "POST", "/api/dossiers", { ...aPaper, ...paper });
    if (!opened.ok) throw new Error(opened.code);
  }
  first = (await desk.officials.attested(await smallScan(5), "Chứng chỉ ngoại ngữ (hư cấu)")).dossierId;
  const signed = await desk.officials.sign(first);
  if (!signed.ok) throw new Error(signed.code);
}, 180_000);
afterAll(() => desk.close());

const titlesFound = async (query: string, visit = {}) =>
  desk.as(
    "tiepnhan",
    "/search",
    async (page) => {
      await page.fill("#q", query);
      await page.press("#q", "Enter");
      await page.waitForSelector(".listed, .verdict, .faults");
      expect(new URL(page.url()).search).toBe("");
      return page.locator(".listed tbody th a").allTextContents();
    },
    visit,
  );

describe("finding a dossier", () => {
  test.each([
    ["Đỗ Thị Ánh Tuyết", "Bằng cử nhân Luật (hư cấu)"],
    ["do thi anh tuyet", "Bằng cử nhân Luật (hư cấu)"],
    ["tuyết  LUAT", "Bằng cử nhân Luật (hư cấu)"],
    ["Đỗ Thị Ánh".normalize("NFD"), "Bằng cử nhân Luật (hư cấu)"],
    ["qh-2019/0447", "Bằng cử nhân Luật (hư cấu)"],
    ["uoc", "Sổ hộ tịch 100%_a (hư cấu)"],
    ["100%_a", "Sổ hộ tịch 100%_a (hư cấu)"],
    ["55/2011", "Giấy khai sinh (hư cấu)"],
    ["hặc, khai sinh", "Giấy khai sinh (hư cấu)"],
  ])("«%s» finds it, and the words are in no address", async (query, title) => {
    expect(await titlesFound(query)).toEqual([title]);
  });

  test("a certificate number finds its dossier, alone and with its year; another year does not; so does the dossier's id", async () => {
    const [line] = await desk.database.sql`select year from certificate where dossier_id = ${first}`;
    const year = Number(line?.["year"]);
    expect(await titlesFound(`1/${year}`)).toEqual(["Chứng chỉ ngoại ngữ (hư cấu)"]);
    expect(await titlesFound(`ngoai 01/${year}`)).toEqual(["Chứng chỉ ngoại ngữ (hư cấu)"]);
    expect(await titlesFound("1")).toContain("Chứng chỉ ngoại ngữ (hư cấu)");
    expect(await titlesFound(`01/${year - 1}`)).toEqual([]);
    expect(await titlesFound(first)).toEqual(["Chứng chỉ ngoại ngữ (hư cấu)"]);
  });

  test("every word must fit, and signs of patterns are only signs", async () => {
    expect(await titlesFound("tuyết khai sinh")).toEqual([]);
    expect(await titlesFound("100%_b")).toEqual([]);
    expect(await titlesFound("x_y%")).toEqual([]);
  });

  test("without JavaScript, found, nothing found and nothing typed are told; axe finds nothing", async () => {
    expect(await titlesFound("tuyet", { javaScript: false, width: 360 })).toEqual(["Bằng cử nhân Luật (hư cấu)"]);
    await desk.as("tiepnhan", "/search", async (page) => {
      expect(await violations(page)).toEqual([]);
      for (const [typed, name] of [
        ["", "search-empty"],
        ["không có ai", "search-none"],
        ["hư cấu", "search-found"],
      ] as const) {
        await page.fill("#q", typed);
        await page.press("#q", "Enter");
        await page.waitForSelector(".listed, .verdict, .faults");
        expect(await violations(page)).toEqual([]);
        await shot(page, name);
        await page.goto(`${desk.service.url}/search`);
      }
    });
  });

  test("LAW 8.2: a dossier of another agency is found by nobody else", async () => {
    const { sql } = desk.database;
    await sql`insert into agency (id, name, province, code, development, created_at)
      values ('khac', 'UBND xã Khác (hư cấu)', 'tỉnh Khác (hư cấu)', 'KHAC', true, now())`;
    await sql`update dossier set agency_id = 'khac' where title = 'Giấy khai sinh (hư cấu)'`;
    expect(await titlesFound("khai sinh")).toEqual([]);
    await sql`update dossier set agency_id = 'hoaban' where title = 'Giấy khai sinh (hư cấu)'`;
    expect(await titlesFound("khai sinh")).toEqual(["Giấy khai sinh (hư cấu)"]);
  });

  test("`plain_text` takes marks off under any locale of the database, composed or not", async () => {
    const shown = "ĐỖ ĐÌNH NGỮ ẢNH Ơ Ư ắ ặ Müller 12/2026";
    for (const text of [shown.normalize("NFC"), shown.normalize("NFD")]) {
      const [row] = await desk.database.sql`select plain_text(${text} collate "C") as plain`;
      expect(row?.["plain"]).toBe("do dinh ngu anh o u a a muller 12/2026");
    }
  });
});

describe("the queue", () => {
  test("DEADLINE-1: what is late is first, marked by mark, word and colour; each sees the own work", async () => {
    const title = papers[1]?.title ?? "";
    await receivedEarlier(desk.database.sql, title);
    await desk.as("tiepnhan", "/queue", async (page) => {
      const rows = await page.locator(".listed tbody tr").allTextContents();
      expect(rows).toHaveLength(3);
      expect(rows[0]).toContain(title);
      expect(rows[0]).toContain("Quá hạn");
      expect(rows[1]).not.toContain("Quá hạn");
      expect(await page.locator(".listed .tag.bad svg").count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      await shot(page, "queue-late");
      await page.click(`.listed th a:text("${title}")`);
      await page.waitForURL(/dossiers\/[0-9a-f-]{36}$/);
      expect(await page.textContent(".verdict.bad")).toContain("Quá hạn trả: hẹn 17:00");
      expect(await violations(page)).toEqual([]);
    });
    await desk.as("doichieu", "/queue", async (page) => {
      expect(await page.textContent("main")).toContain("Không có việc nào đang chờ bạn.");
      await page.click("text=Chờ đóng dấu");
      await page.waitForURL("**show=person_signed");
      expect(await page.locator(".listed tbody tr").count()).toBe(1);
      expect(await page.textContent(".listed tbody tr")).toContain("Xem hồ sơ");
      expect(await violations(page)).toEqual([]);
    });
    await desk.as("vanthu", "/queue", async (page) => {
      expect(await page.getAttribute(".listed tbody td .button", "href")).toBe(`/dossiers/${first}/seal`);
    });
  });

  test("a long list goes over pages, none lost, none twice", async () => {
    const { sql } = desk.database;
    await sql`insert into dossier (id, agency_id, submission_id, ordinal_in_submission, status, applicant_name, kind, title,
        holder_name, declared_pages, opened_by, opened_at, due_at)
      select gen_random_uuid(), agency_id, submission_id, i + 1, 'received', applicant_name, kind, 'Hàng loạt ' || i,
        holder_name, 1, opened_by, opened_at, due_at
      from generate_series(1, 60) i, (select * from dossier where title = ${papers[0]?.title ?? ""}) d`;
    await desk.as("tiepnhan", "/queue", async (page) => {
      const seen: string[] = [];
      for (let number = 1; number <= 3; number++) {
        seen.push(...(await page.locator(".listed tbody th a").allTextContents()));
        if (number < 3) {
          await page.click("text=Trang sau");
          await page.waitForURL(`**page=${number + 1}`);
        }
      }
      expect(await violations(page)).toEqual([]);
      expect(seen).toHaveLength(63);
      expect(new Set(seen).size).toBe(63);
    });
  });
});

describe("the register", () => {
  test("LAW 3.3: the day's page has the form's eight columns, its lines and true totals, and prints on A4 across", async () => {
    await desk.as("vanthu", "/register", async (page) => {
      expect(await page.locator("thead th").count()).toBe(8);
      expect(await page.textContent("tfoot")).toContain("1 số; 0 số đã bỏ; 1 số đang làm");
      expect(await page.locator("tfoot .number").allTextContents()).toEqual(["0", "0"]);
    });
    const sealed = await desk.officials.seal(first);
    expect(sealed.code).toBe("");
    await desk.officials.waitFor(first, "released");
    await desk.as("vanthu", "/register", async (page) => {
      expect(await page.locator("tfoot .number").allTextContents()).toEqual(["1", "2.000"]);
      expect(await page.textContent("tbody tr")).toContain("Lò Thị Thử (hư cấu)");
      expect(await page.textContent("tbody tr")).toContain("PHÓ CHỦ TỊCH");
      expect(await violations(page)).toEqual([]);
      await shot(page, "register-small");
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const box = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf.toString("latin1")) ?? [];
      expect([Math.round(Number(box[1])), Math.round(Number(box[2]))]).toEqual([842, 595]);
      await page.click("text=Ngày trước");
      await page.waitForURL("**day=*");
      expect(await page.textContent("tbody")).toContain("Không có số nào trong ngày này.");
      await page.goto(`${desk.service.url}/register?day=2026-02-30`);
      expect(await page.textContent(".days .fault")).toContain("Ngày chưa đúng");
    });
  });

  test("REG-2: only the administrator opens the year's book, when none is open; pressing twice opens one", async () => {
    await desk.database.sql`update book set closed_at = now()`;
    await desk.as("vanthu", "/register", async (page) => {
      expect(await page.locator("main form[method=post]").count()).toBe(0);
      expect(await page.textContent(".verdict.care")).toContain("Hãy nhờ người quản trị");
    });
    await desk.as("quantri", "/register", async (page) => {
      expect(await violations(page)).toEqual([]);
      await shot(page, "register-no-book");
      await page.dblclick(".verdict .button");
      await page.waitForSelector(".verdict", { state: "detached" });
      expect(await page.textContent("main")).toContain("Số tiếp theo: 02");
    });
    const open = await desk.database.sql`select ordinal from book where closed_at is null`;
    expect(open.map(({ ordinal }) => ordinal)).toEqual([2]);
  });
});
