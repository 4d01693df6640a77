import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { receivedEarlier } from "../support/late.ts";
import { has, run } from "../support/tools.ts";
import { type Counter, openAtCounter, openCounter, typedPaper } from "./counter.ts";

let counter: Counter;
const folder = mkdtempSync(join(tmpdir(), "chungthuc-slips-"));
const nextYear = new Date().getFullYear() + 1;
/** The first Wednesday of March next year: on no rest day, and no holiday of any year. */
const [aWednesday = ""] = ["02", "03", "04", "05", "06", "07", "08"].filter(
  (day) => new Date(`${nextYear}-03-${day}T00:00:00Z`).getUTCDay() === 3,
);

beforeAll(async () => {
  counter = await openCounter();
}, 180_000);
afterAll(async () => {
  await counter.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a slip says, its lines joined. */
async function slipText(path: string): Promise<string> {
  const answer = await fetch(`${counter.url}${path}`, { headers: { cookie: counter.cookie("tiepnhan") } });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/pdf"]);
  const file = join(folder, "slip.pdf");
  writeFileSync(file, new Uint8Array(await answer.arrayBuffer()));
  return run("pdftotext", ["-enc", "UTF-8", file, "-"]).output.replace(/\s+/g, " ").normalize("NFC");
}

/** As the page offers it: who certifies, and the step that was shown. */
async function offered(path: string): Promise<{ decidedBy: string; after: string }> {
  const { text } = await counter.get("tiepnhan", path);
  const decidedBy = /<option value="([0-9a-f-]{36})"/.exec(text)?.[1] ?? "";
  return { decidedBy, after: /name="after" value="(\d+)"/.exec(text)?.[1] ?? "" };
}

describe("a later appointment", () => {
  test("DEADLINE-2: a form with a fault comes back with what was typed; sent twice it extends once; its slip says hour and day", async () => {
    const path = await openAtCounter(counter);
    const way = `${path}/deadline/extension`;
    const form = { ...(await offered(way)), workingDays: "2" };
    const faulty = await counter.send("tiepnhan", way, way, form);
    expect([faulty.status, faulty.text.includes('href="#reason"')]).toEqual([400, true]);
    expect(faulty.text).toMatch(/value="2" checked/);
    const whole = { ...form, reason: "many_copies" };
    const page = (await counter.get("tiepnhan", way)).text;
    const csrf = /name="csrf" value="([^"]*)"/.exec(page)?.[1] ?? "";
    const after = /name="after" value="([^"]*)"/.exec(page)?.[1] ?? "";
    const post = () =>
      fetch(`${counter.url}${way}`, {
        ...{ method: "POST", redirect: "manual" },
        headers: { cookie: counter.cookie("tiepnhan"), accept: "text/html" },
        body: new URLSearchParams({ ...whole, csrf, after }),
      });
    for (let i = 0; i < 2; i++) expect((await post()).headers.get("location")).toBe(`${path}/deadline`);
    for (const shut of ["extension", "apology"])
      expect((await counter.get("tiepnhan", `${path}/deadline/${shut}`)).goesTo).toBe(`${path}/deadline`);
    const { text } = await counter.get("lanhdao", `${path}/deadline`);
    expect(text).toContain("Gia hạn 2 ngày làm việc");
    expect(text).not.toContain("3. ");
    if (!has("pdftotext")) return;
    const slip = await slipText(`${path}/deadline/2.pdf`);
    expect(slip).toContain("PHIẾU HẸN TRẢ KẾT QUẢ");
    expect(slip).toMatch(/Số: H00-\d{6}-\d{4}\/2-PH/);
    expect(slip).toMatch(
      /thêm 02 ngày làm việc, vì: yêu cầu số lượng nhiều bản sao\. Thời gian trả kết quả: trước 17:00 ngày \d\d\/\d\d\/\d{4}\./,
    );
    expect(await slipText(`${path}/slip.pdf`)).toMatch(/trước 17:00 ngày \S+ Đã hẹn lại: trước 17:00 ngày/);
  });

  test("DEADLINE-5: what is late stands on the list of the head, and gets its apology", async () => {
    const path = await openAtCounter(counter, { kind: "Giấy đến muộn (hư cấu)" });
    await receivedEarlier(counter.sql, "Giấy đến muộn (hư cấu)");
    const list = await counter.get("lanhdao", "/deadlines");
    expect(list.text).toMatch(/Quá hạn: 1/);
    expect(list.text).toContain("Giấy đến muộn (hư cấu)");
    const counted = await counter.get("quantri", "/deadlines");
    expect(counted.text).toContain("Quá hạn: 1");
    expect(counted.text).not.toContain(typedPaper.applicantName);
    const way = `${path}/deadline/apology`;
    const form = {
      ...(await offered(way)),
      reason: "Máy quét hỏng, phải chờ sửa.",
      dueOn: `${nextYear}-03-${aWednesday}`,
    };
    const early = await counter.send("tiepnhan", way, way, { ...form, dueOn: "2026-01-05" });
    expect([early.status, early.text.includes("Máy quét hỏng, phải chờ sửa.")]).toEqual([422, true]);
    expect((await counter.send("tiepnhan", way, way, form)).status).toBe(303);
    expect((await counter.get("tiepnhan", path)).text).toContain("Đã xin lỗi và hẹn lại");
    if (!has("pdftotext")) return;
    const slip = await slipText(`${path}/deadline/2.pdf`);
    for (const part of [
      "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
      "Máy quét hỏng",
      `ngày ${aWednesday}/03/${nextYear}`,
    ]) {
      expect(slip).toContain(part);
    }
  });

  test("a slip with a new link is the receiver's to give, and nobody else's to move a deadline than the counter's", async () => {
    const path = await openAtCounter(counter);
    expect((await counter.get("quantri", `${path}/deadline`)).status).toBe(403);
    expect((await counter.send("doichieu", path, `${path}/slip.pdf`, {})).status).toBe(403);
    expect((await counter.get("tiepnhan", `${path}/deadline/9.pdf`)).status).toBe(404);
  });
});

describe("the working calendar", () => {
  const path = `/admin/calendar/${nextYear}`;
  const fieldsOf = (text: string): Record<string, string> => ({
    ...Object.fromEntries(
      [...text.matchAll(/name="((?:day|note)-\d+)"[^>]* value="([^"]*)"/g)].map((m) => [m[1] ?? "", m[2] ?? ""]),
    ),
    ...Object.fromEntries(
      [...text.matchAll(/name="(kind-\d+)"[^>]*>.*?<option value="(\w+)" selected/g)].map((m) => [
        m[1] ?? "",
        m[2] ?? "",
      ]),
    ),
    hours: /name="hours"[^>]* value="([^"]*)"/.exec(text)?.[1] ?? "",
  });

  test("LAW 8.1: it is proposed, says what must be checked, keeps who changed what, and gives back a form with a fault", async () => {
    const before = await counter.get("quantri", path);
    expect(before.text).toContain("Năm này mới chỉ là đề xuất");
    expect(before.text).toContain("Phải kiểm tra");
    const fields = fieldsOf(before.text);
    const rows = Object.keys(fields).filter((name) => name.startsWith("day-") && fields[name] !== "").length;
    const added = { [`day-${rows}`]: `${nextYear}-13-01`, [`kind-${rows}`]: "bridge_off" };
    const announcement = "Thông báo 9/TB (hư cấu)";
    const faulty = await counter.send("quantri", path, path, { ...fields, ...added, announcement });
    expect([faulty.status, faulty.text.includes(`href="#day-${rows}"`)]).toEqual([400, true]);
    expect(faulty.text).toContain(announcement);
    const kept = { ...fields, hours: "7h00-11h30, 13h30-17h", announcement };
    for (let i = 0; i < 2; i++) expect((await counter.send("quantri", path, path, kept)).status).toBe(303);
    const after = await counter.get("quantri", path);
    expect(after.text).toContain("Đã đối chiếu với thông báo");
    expect(after.text).toContain("giờ làm việc: 07:00-11:30, 13:30-17:00");
    expect(after.text).not.toContain("<td>2</td>");
    const stale = await counter.send("quantri", path, path, { ...kept, announcement: "", after: "0" });
    expect([stale.status, stale.text.includes("Người khác vừa lưu lịch năm này")]).toEqual([400, true]);
    expect((await counter.get("lanhdao", path)).status).toBe(403);
  });
});
