import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { smallScan } from "../support/officials.ts";
import { has, run } from "../support/tools.ts";
import { type Counter, openAtCounter, openCounter } from "./counter.ts";

let counter: Counter;

/** Until no copy is on its way into the log. */
async function jobsDone(sql: Counter["sql"]): Promise<void> {
  while ((await sql`select 1 from job where kind = 'publish_certificate' and finished_at is null`).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const folder = mkdtempSync(join(tmpdir(), "chungthuc-fees-"));
beforeAll(async () => {
  counter = await openCounter();
}, 180_000);
afterAll(async () => {
  await counter?.close();
  rmSync(folder, { recursive: true, force: true });
});

const onPaper = { onPaperOnly: "yes", paperCopies: "3", declaredPages: "4" };
const fee = (path: string) => counter.get("tiepnhan", `${path}/fee`);
const take = (path: string, fields: Record<string, string>) =>
  counter.send("tiepnhan", `${path}/fee`, `${path}/fee/payments`, {
    way: "cash",
    payer: "Lò Thị Thử (hư cấu)",
    ...fields,
  });
const takeBack = (who: "tiepnhan" | "lanhdao", path: string, payment: string, reason: string) =>
  counter.send(who, `${path}/fee`, `${path}/fee/reversal`, { payment, reason });
const paymentOf = (page: string): string => /fee\/payments\/([0-9a-f-]{36})\/receipt/.exec(page)?.[1] ?? "";

/** What a reader of the PDF gets to read. */
async function receiptText(path: string, payment: string): Promise<string> {
  const answer = await fetch(`${counter.url}${path}/fee/payments/${payment}/receipt.pdf`, {
    headers: { cookie: counter.cookie("tiepnhan") },
  });
  const file = join(folder, `${payment}.pdf`);
  writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
  return run("pdftotext", ["-layout", file, "-"]).output.replace(/\s+/g, " ");
}

describe("the fee at the counter", () => {
  test("FEE-3: taken in cash, with a receipt; the same form sent again takes it once", async () => {
    const path = await openAtCounter(counter, onPaper);
    expect((await counter.get("tiepnhan", path)).text).toContain("Còn phải nộp: 18.000 đồng");
    const csrf = /name="csrf" value="([^"]*)"/.exec((await fee(path)).text)?.[1] ?? ""; // one form, pressed twice
    const fields = { csrf, formId: crypto.randomUUID(), way: "cash", amount: "18.000", payer: "Lò Thị Thử (hư cấu)" };
    const headers = { cookie: counter.cookie("tiepnhan"), accept: "text/html" };
    const asked = { method: "POST", headers, body: new URLSearchParams(fields), redirect: "manual" } as const;
    const press = () => fetch(`${counter.url}${path}/fee/payments`, asked);
    const answers = await Promise.all([press(), press()]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const { text } = await fee(path);
    expect([text.includes("Đã nộp đủ phí"), text.match(/Biên lai số \d{7}\/\d{4}/g)?.length]).toEqual([true, 1]);
    expect((await counter.get("tiepnhan", path)).text).toContain("Thu phí");
  });

  test("a sum that cannot be comes back with what was typed, and nothing is booked", async () => {
    const path = await openAtCounter(counter, onPaper);
    const payer = "Ai Đó (hư cấu)";
    for (const [amount, status] of [
      ["mười nghìn", 400],
      ["12,5", 400],
      ["-5000", 400],
      ["0", 400],
      ["18.001", 409],
    ] as const) {
      const answer = await take(path, { amount, payer });
      expect([answer.status, answer.text.includes(`value="${amount}"`), answer.text.includes(payer)]).toEqual([
        status,
        true,
        true,
      ]);
    }
    expect((await fee(path)).text).not.toContain("Biên lai số");
  });

  test("FEE-3: taken back by another person only, with a reason, which comes back when it is too short", async () => {
    const path = await openAtCounter(counter, onPaper);
    await take(path, { amount: "10000" });
    const payment = paymentOf((await fee(path)).text);
    const csrf = /name="csrf" value="([^"]*)"/.exec((await fee(path)).text)?.[1] ?? ""; // whoever took it is offered no form for it
    const asked = { csrf, payment, reason: "Ghi nhầm số tiền (hư cấu)" };
    const own = await counter.send("tiepnhan", `${path}/fee`, `${path}/fee/reversal`, asked);
    expect([own.status, own.text.includes("không tự hủy hay tự trả lại")]).toEqual([403, true]);
    const short = await takeBack("lanhdao", path, payment, "nhầm");
    expect([short.status, short.text.includes(">nhầm</textarea>")]).toEqual([422, true]);
    expect(short.text).not.toContain("Việc này chưa đúng quy định"); // the sentence of the rule alone
    const again = () => takeBack("lanhdao", path, payment, "Ghi nhầm số tiền (hư cấu)");
    expect((await Promise.all([again(), again()])).map(({ status }) => status)).toEqual([303, 303]);
    const { text } = await fee(path);
    expect([text.includes("Còn phải nộp: 18.000 đồng"), text.includes("Đã hủy lúc")]).toEqual([true, true]);
  });

  test.skipIf(!has("pdftotext"))(
    "FEE-4: the receipt says number, payer, papers, sum in figures and words, and that it was taken back",
    async () => {
      const path = await openAtCounter(counter, onPaper);
      await take(path, { amount: "15.000" });
      const payment = paymentOf((await fee(path)).text);
      const text = await receiptText(path, payment);
      expect(text).toMatch(/Số: \d{7}\/\d{4}-BL/);
      for (const says of [
        "BIÊN LAI THU PHÍ",
        "Lò Thị Thử (hư cấu)",
        "15.000 đồng",
        "Mười lăm nghìn đồng",
        "Còn phải nộp: 3.000 đồng",
      ])
        expect(text).toContain(says);
      await takeBack("lanhdao", path, payment, "Khách đổi ý (hư cấu)");
      expect(await receiptText(path, payment)).toContain("ĐÃ HỦY");
    },
  );
});

describe("money that is left over at the counter", () => {
  test.skipIf(!has("pdftotext"))(
    "FEE-8: another person gives it back; receipt, month, file and list say so",
    async () => {
      const path = await openAtCounter(counter, onPaper);
      await take(path, { amount: "18000" });
      const payment = paymentOf((await fee(path)).text);
      await counter.send("tiepnhan", `${path}/withdraw`, `${path}/withdraw`, { reason: "Không cần nữa (hư cấu)" });
      const own = (await fee(path)).text;
      expect([own.includes("Phải trả lại người nộp: 18.000 đồng"), own.includes("phải do người khác")]).toEqual([
        true,
        true,
      ]);
      const give = (fields: Record<string, string>) =>
        counter.send("lanhdao", `${path}/fee`, `${path}/fee/given-back`, {
          ...{ backOf: payment, backWay: "cash", backAmount: "6.000", backTo: "Lò Thị Thử (hư cấu)", backHow: "ký" },
          ...fields,
        });
      const short = await give({});
      expect([short.status, short.text.includes(">ký</textarea>"), short.text.includes('value="6.000"')]).toEqual([
        ...[422, true, true],
      ]);
      const backHow = "Đã ký nhận trên biên lai (hư cấu)";
      expect((await give({ backHow, backAmount: "18.001" })).status).toBe(409);
      expect((await give({ backHow })).status).toBe(303);
      expect((await fee(path)).text).toContain("Đã trả lại 6.000 đồng (Tiền mặt tại quầy) cho Lò Thị Thử (hư cấu)");
      expect(await receiptText(path, payment)).toContain("Đã trả lại: 6.000 đồng (tiền mặt)");
      const month = (await counter.get("lanhdao", "/fees")).goesTo;
      expect((await counter.get("lanhdao", month)).text).toContain("Đã trả lại (đã trừ)");
      expect((await counter.get("lanhdao", `${month}/entries.csv`)).text).toContain("-6000");
    },
  );
});

describe("the fee on the citizen's page", () => {
  const linkOf = async (path: string) => {
    const { text } = await counter.send("tiepnhan", path, `${path}/slip`, {});
    return new URL(/http[^<"]*\/c\/[\w-]+/.exec(text)?.[0] ?? "").pathname;
  };
  const asCitizen = (path: string, fields?: Record<string, string>) =>
    fetch(`${counter.url}${path}`, {
      headers: { accept: "text/html" },
      ...(fields && { method: "POST", body: new URLSearchParams(fields) }),
    });

  test("FEE-4: it says what is to pay; once paid the receipt comes after the four digits, and never without them", async () => {
    await counter.send("quantri", "/admin/receiving-account", "/admin/receiving-account", {
      ...{ bankBin: "970436", number: "0123456789", holder: "UBND PHUONG HOA BAN (HU CAU)" },
    });
    const path = await openAtCounter(counter, onPaper);
    const link = await linkOf(path);
    const before = await (await asCitizen(link)).text();
    expect([before.includes("Bạn còn phải nộp 18.000 đồng"), before.includes("Mã VietQR")]).toEqual([true, true]);
    await take(path, { amount: "18000" });
    const after = await (await asCitizen(`${link}/fee`)).text();
    expect([after.includes("Bạn đã nộp đủ phí"), after.includes("Mã VietQR"), after.includes("Lò Thị")]).toEqual([
      true,
      false,
      false,
    ]);
    const payment = /value="([0-9a-f-]{36})"/.exec(after)?.[1] ?? "";
    expect((await asCitizen(`${link}/fee`, { payment, digits: "12" })).status).toBe(400);
    expect((await asCitizen(`${link}/fee`, { payment, digits: "9999" })).status).toBe(403);
    const receipt = await asCitizen(`${link}/fee`, { payment, digits: "4321" });
    expect((await receipt.text()).slice(0, 5)).toBe("%PDF-");
    const other = await linkOf(await openAtCounter(counter, onPaper));
    expect((await asCitizen(`${other}/fee`, { payment, digits: "4321" })).status).toBe(404);
  });

  test("FEE-6: where the agency rules so, copies on paper are handed over once they are paid", async () => {
    await counter.officials.ask("quantri", "POST", "/api/books?book=paper");
    await counter.send("quantri", "/admin/fees", "/admin/fees/release", { release: "when_paid" });
    const path = await openAtCounter(counter, onPaper);
    const act = (who: "doichieu" | "lanhdao", name: string, fields = {}) =>
      counter.send(who, `${path}/paper`, `${path}/paper/${name}`, fields);
    await act("doichieu", "compare", { presented: "yes" });
    await act("lanhdao", "number");
    const early = await act("lanhdao", "done");
    expect([early.status, early.text.includes("18.000 đồng")]).toEqual([409, true]);
    await take(path, { amount: "18000" });
    expect((await act("lanhdao", "done")).status).toBe(303);
  });

  test("FEE-6: a sealed copy stays in the log unreleased until its fee is paid, and then goes to its citizen by itself", async () => {
    await counter.send("quantri", "/admin/fees", "/admin/fees/release", { release: "when_paid" });
    const { officials } = counter;
    const { dossierId } = await officials.attested(await smallScan(11));
    await officials.sign(dossierId);
    await officials.seal(dossierId);
    const status = async () => (await officials.view(dossierId)).status;
    const inTime = { timeout: 60_000, interval: 200 };
    await expect.poll(status, inTime).toMatch(/logged|released/);
    await jobsDone(counter.sql);
    expect(await status()).toBe("logged");
    await take(`/dossiers/${dossierId}`, { amount: "2000" });
    await expect.poll(status, inTime).toBe("released");
    await counter.send("quantri", "/admin/fees", "/admin/fees/release", { release: "later" });
  });

  test("FEE-5: a rule that the administrator entered is used with what was shown; then nothing is left to pay", async () => {
    const wrong = { reason: "Hộ nghèo (hư cấu)", basis: "NQ", percent: "100", from: "2026-02-01", to: "2026-01-01" };
    const refused = await counter.send("quantri", "/admin/fees", "/admin/fees/exemptions", wrong);
    expect([refused.status, refused.text.includes("Hộ nghèo (hư cấu)")]).toEqual([400, true]);
    const right = { ...wrong, basis: "Nghị quyết 01/2026/NQ-HĐND (hư cấu)", from: "2020-01-01", to: "" };
    expect((await counter.send("quantri", "/admin/fees", "/admin/fees/exemptions", right)).status).toBe(303);
    const path = await openAtCounter(counter, onPaper);
    const exemption = /name="exemption" value="([0-9a-f-]{36})"/.exec((await fee(path)).text)?.[1] ?? "";
    const waive = (fields: Record<string, string>) =>
      counter.send("tiepnhan", `${path}/fee`, `${path}/fee/waiver`, { exemption, ...fields });
    expect((await waive({ evidence: "sổ" })).status).toBe(422);
    expect((await waive({ evidence: "Sổ hộ nghèo số 1 (hư cấu)" })).status).toBe(303);
    expect((await fee(path)).text).toContain("Được miễn phí");
    expect(await (await asCitizen(await linkOf(path))).text()).toContain("Bạn được miễn phí");
  });
});
