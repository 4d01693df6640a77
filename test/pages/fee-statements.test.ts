import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DossierCode } from "../../src/core/submission.ts";
import { purposeOf } from "../../src/core/vietqr.ts";
import { type Counter, openAtCounter, openCounter } from "./counter.ts";

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
}, 180_000);
afterAll(() => counter?.close());

const onPaper = { onPaperOnly: "yes", paperCopies: "3", declaredPages: "4" };

async function openedWithCode(): Promise<{ readonly path: string; readonly code: DossierCode }> {
  const path = await openAtCounter(counter, onPaper);
  const [row] = await counter.sql<{ code: DossierCode }[]>`
    select s.code from submission s join dossier d on d.submission_id = s.id where d.id = ${path.split("/")[2] ?? ""}`;
  if (row === undefined) throw new Error("no code");
  return { path, code: row.code };
}

const bring = (text: string) =>
  counter.send("tiepnhan", "/fees/statements", "/fees/statements", { file: [new File([text], "sao-ke.csv")] });
const lineNamed = (page: string): string => /\/fees\/statements\/lines\/[0-9a-f-]{36}/.exec(page)?.[0] ?? "";
const head = "\uFEFFNgày giao dịch;Ghi có;Nội dung;Số tham chiếu\r\n";

describe("a bank's statement at the counter", () => {
  test("FEE-7: looked at, booked in one press; one line decided by a person; the same file again changes nothing", async () => {
    const [paid, strange, other] = [await openedWithCode(), await openedWithCode(), await openedWithCode()];
    const file = `${head}22/11/2026;18.000;${purposeOf(paid.code)};F1\r\n22/11/2026;20.000;=cmd|'/c calc'!A1;F2\r\n`;
    const brought = await bring(file);
    expect([brought.status, brought.goesTo]).toEqual([
      303,
      expect.stringMatching(/^\/fees\/statements\/[0-9a-f-]{36}$/),
    ]);
    const before = await counter.get("tiepnhan", brought.goesTo);
    expect([before.text.includes("Ghi thu 1 khoản khớp"), before.text.includes("không thấy mã hồ sơ")]).toEqual([
      true,
      true,
    ]);
    expect((await counter.get("tiepnhan", `${paid.path}/fee`)).text).toContain("Chưa nộp phí");
    const book = `${brought.goesTo}/book`;
    const pressed = await Promise.all([1, 2].map(() => counter.send("tiepnhan", brought.goesTo, book, {})));
    expect(pressed.map(({ status }) => status)).toEqual([303, 303]);
    expect((await counter.get("tiepnhan", `${paid.path}/fee`)).text.match(/Biên lai số/g)).toHaveLength(1);
    const line = lineNamed((await counter.get("tiepnhan", brought.goesTo)).text);
    const wrong = await counter.send("tiepnhan", line, `${line}/book`, { code: "H99-261122-0001" });
    expect([wrong.status, wrong.text.includes('value="H99-261122-0001"')]).toEqual([400, true]);
    expect((await counter.send("tiepnhan", line, `${line}/book`, { code: strange.code })).status).toBe(303);
    const after = (await counter.get("tiepnhan", brought.goesTo)).text;
    expect([after.includes("đã xử lý xong"), after.includes("thừa 2.000 đồng")]).toEqual([true, true]);
    expect((await bring(file)).goesTo).toBe(brought.goesTo);
    const otherLayout = await bring(`${head}22/11/2026;20.000;lời khác (hư cấu);F2\r\n`);
    const alike = lineNamed((await counter.get("tiepnhan", otherLayout.goesTo)).text);
    const unticked = await counter.send("tiepnhan", alike, `${alike}/book`, { code: other.code });
    expect([unticked.status, unticked.text.includes('href="#another"')]).toEqual([409, true]);
    const ticked = await counter.send("tiepnhan", alike, `${alike}/book`, { code: "H99-261122-0001", another: "yes" });
    expect([ticked.status, /name="another"[^>]*checked/.test(ticked.text)]).toEqual([400, true]);
  });

  test("FEE-7: a file whose columns are strange says which it has; once they are named it is read", async () => {
    const file = "Khi nào,Bao nhiêu,Nói gì\n23/11/2026,5000,tien lai\n";
    const refused = await bring(file);
    expect([refused.status, refused.text.includes("“Khi nào”, “Bao nhiêu”, “Nói gì”")]).toEqual([422, true]);
    const named = { day: "Khi nào", amount: "Bao nhiêu", content: "Nói gì" };
    expect((await counter.send("quantri", "/admin/fees", "/admin/fees/columns", named)).status).toBe(303);
    const brought = await bring(file);
    const line = lineNamed((await counter.get("tiepnhan", brought.goesTo)).text);
    const short = await counter.send("tiepnhan", line, `${line}/aside`, { reason: "lãi" });
    expect([short.status, short.text.includes(">lãi</textarea>")]).toEqual([422, true]);
    expect((await counter.send("tiepnhan", line, `${line}/aside`, { reason: "Tiền lãi (hư cấu)" })).status).toBe(303);
    expect((await counter.send("quantri", "/admin/fees", "/admin/fees/columns", {})).status).toBe(303);
  });

  test.each([
    ["nothing", "", 400],
    ["no text", "PK\u0003\u0004\u0000", 422],
    ["money going out only", `${head}22/11/2026;-5.000;x;F3`, 422],
  ])("FEE-7: a file with %s is refused and nothing is kept", async (_, text, status) => {
    const count = async () => (await counter.sql`select 1 from statement_import`).length;
    const before = await count();
    expect((await bring(text)).status).toBe(status);
    expect(await count()).toBe(before);
  });
});

describe("what was taken", () => {
  test("by day and way beside the register, in a file without formulas, and who has still to pay", async () => {
    const { path, code } = await openedWithCode();
    const fields = { way: "cash", amount: "10000", payer: "=1+1 (hư cấu)" };
    await counter.send("tiepnhan", `${path}/fee`, `${path}/fee/payments`, fields);
    const month = (await counter.get("tiepnhan", "/fees")).goesTo;
    const told = (await counter.get("tiepnhan", month)).text;
    const cells = [...told.matchAll(/<td class="number" data-label="[^"]*">(?:<b>)?([^<]*)/g)].map(([, cell]) => cell);
    expect(cells.slice(-8)).toEqual(["10.000", "36.000", "0", "0", "3", "46.000", "0", "46.000"]);
    const csv = (await counter.get("tiepnhan", `${month}/entries.csv`)).text;
    expect([csv.includes(",'=1+1 (hư cấu),"), csv.includes(`,${code},`), csv.includes(",10000,")]).toEqual([
      true,
      true,
      true,
    ]);
    const xlsx = await counter.get("tiepnhan", `${month}/entries.xlsx`);
    expect([xlsx.status, xlsx.text.slice(0, 2)]).toEqual([200, "PK"]);
    const unpaid = (await counter.get("lanhdao", "/fees/unpaid")).text;
    expect([unpaid.includes(code), unpaid.includes("8.000")]).toEqual([true, true]);
    for (const edge of ["9999-12-31", "0000-01-01", "x"])
      expect((await counter.get("lanhdao", `/fees/unpaid?upTo=${edge}`)).status).toBe(200);
    const older = (await counter.get("lanhdao", "/fees/unpaid?upTo=2020-03-01")).text;
    expect([older.includes(code), older.includes("từ 01/01/2020 đến 01/03/2020")]).toEqual([false, true]);
    expect((await counter.get("doichieu", "/queue")).text).toContain("Chưa nộp phí");
    expect((await counter.get("tiepnhan", "/fees/months/2026-13")).status).toBe(404);
    expect((await counter.get("tiepnhan", "/fees/months/2026")).status).toBe(404);
  });
});
