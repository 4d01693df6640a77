import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Counter, openAtCounter, openCounter } from "./counter.ts";

let counter: Counter;
beforeAll(async () => {
  counter = await openCounter();
  const opened = await counter.officials.ask("quantri", "POST", "/api/books?book=paper");
  expect(opened.code).toBe("");
});
afterAll(() => counter?.close());

const post = (name: "doichieu" | "lanhdao", path: string, act: string, fields: Record<string, string> = {}) =>
  counter.send(name, `${path}/paper`, `${path}/paper/${act}`, fields);
const idOf = (path: string) => path.split("/")[2] ?? "";
const statusOf = async (path: string) => (await counter.officials.view(idOf(path))).status;
const onPaper = { onPaperOnly: "yes", paperCopies: "3", declaredPages: "4", documentNumber: "7/2020" };

async function linkOf(path: string): Promise<string> {
  const { text } = await counter.send("tiepnhan", path, `${path}/slip`, {});
  return new URL(/http[^<"]*\/c\/[\w-]+/.exec(text)?.[0] ?? "").pathname;
}
const asCitizen = (path: string, init: RequestInit = {}) =>
  fetch(`${counter.url}${path}`, { ...init, redirect: "manual", headers: { accept: "text/html" } });

describe("copies on paper only", () => {
  test("nobody asks for nothing: on paper only without a copy comes back with all that was typed", async () => {
    const typed = { onPaperOnly: "yes", paperCopies: "0", kind: "Bằng lạ (hư cấu)" };
    await expect(openAtCounter(counter, typed)).rejects.toThrow(/^400 .*Bằng lạ \(hư cấu\)/s);
  });

  test("LAW 3.1: compared, numbered, printed, signed by hand, handed over; no key is used and no copy made", async () => {
    const path = await openAtCounter(counter, onPaper);
    expect((await counter.get("tiepnhan", path)).text).toContain("3 bản giấy, không có bản điện tử");
    expect((await counter.get("doichieu", "/queue")).text).toContain(`${path}/paper`);
    expect((await counter.get("tiepnhan", "/queue")).text).not.toContain(path);
    expect((await post("doichieu", path, "compare")).text).toContain("Chỉ xác nhận khi đã đối chiếu");
    expect((await post("doichieu", path, "compare", { presented: "yes" })).status).toBe(303);
    expect((await counter.officials.sign(idOf(path))).code).toBe("on_paper_only");
    expect((await post("lanhdao", path, "number")).status).toBe(303);
    const { text } = await counter.get("lanhdao", `${path}/paper`);
    expect(text).toContain("01, quyển số 01/");
    expect(text).toContain("18.000 đồng");
    const sheet = await fetch(`${counter.url}${path}/paper/attestation.pdf`, {
      headers: { cookie: counter.cookie("lanhdao") },
    });
    const pdf = new Uint8Array(await sheet.arrayBuffer());
    expect(Buffer.from(pdf).toString("latin1")).not.toMatch(/\/FT ?\/Sig|\/ByteRange/);
    expect((await post("lanhdao", path, "done")).status).toBe(303);
    expect(await statusOf(path)).toBe("handed_over");
    const register = (await counter.get("lanhdao", "/register?book=paper")).text;
    expect(register).toContain("SCT/BS");
    expect(register).toContain("18.000");
    expect((await counter.get("lanhdao", "/register")).text).not.toContain("18.000");
    expect((await counter.get("lanhdao", "/register/paper-prints")).text).toContain("/register/paper-prints/");
    const link = await linkOf(path);
    expect(await (await asCitizen(link)).text()).toContain("trao tại quầy");
  });

  test("REG-1: a number is voided with its reason only, which comes back when it is too short", async () => {
    const path = await openAtCounter(counter, onPaper);
    await post("doichieu", path, "compare", { presented: "yes" });
    await post("lanhdao", path, "number");
    const short = await post("lanhdao", path, "void", { reason: "hỏng" });
    expect([short.status, short.text.includes(">hỏng</textarea>")]).toEqual([422, true]);
    expect((await post("lanhdao", path, "void", { reason: "In hỏng giấy (hư cấu)" })).status).toBe(303);
    expect(await statusOf(path)).toBe("voided");
  });
});

describe("a paper is taken back", () => {
  const withdraw = (path: string, reason: string) =>
    counter.send("tiepnhan", `${path}/withdraw`, `${path}/withdraw`, { reason });

  test("WITHDRAW-1: at the counter with its reason; the dossier says who and when, and prints a slip", async () => {
    const path = await openAtCounter(counter);
    const short = await withdraw(path, "thôi");
    expect([short.status, short.text.includes(">thôi</textarea>")]).toEqual([422, true]);
    const action = `${path}/withdraw`;
    const [one, two] = await Promise.all([1, 2].map(() => withdraw(path, "Người dân không cần nữa (hư cấu)")));
    expect([one?.status, two?.status].filter((status) => status === 303).length).toBeGreaterThan(0);
    expect(await statusOf(path)).toBe("withdrawn");
    expect((await counter.get("tiepnhan", path)).text).toContain("Người dân không cần nữa (hư cấu)");
    expect((await counter.get("tiepnhan", `${path}/withdrawal.pdf`)).text).toMatch(/^%PDF/);
    expect((await counter.get("tiepnhan", action)).status).toBe(409);
  });

  test("WITHDRAW-1: by the own link after the four digits, and never without them", async () => {
    const path = await openAtCounter(counter);
    const link = await linkOf(path);
    const send = (digits: string) =>
      asCitizen(`${link}/withdraw`, { method: "POST", body: new URLSearchParams({ digits, reason: "" }) });
    expect((await asCitizen(`${link}/withdraw`)).status).toBe(200);
    expect((await send("12")).status).toBe(400);
    expect((await send("9999")).status).toBe(403);
    expect(await statusOf(path)).toBe("received");
    expect((await send("4321")).status).toBe(303);
    expect((await send("4321")).status).toBe(303);
    expect(await statusOf(path)).toBe("withdrawn");
    const own = await (await asCitizen(link)).text();
    expect([own.includes("Bạn đã rút giấy tờ này"), own.includes("/email")]).toEqual([true, false]);
    expect((await counter.get("tiepnhan", path)).text).toContain("tự rút bằng liên kết riêng");
  });
});
