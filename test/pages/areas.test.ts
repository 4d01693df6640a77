import { afterAll, beforeAll, expect, test } from "vitest";
import { areaPages } from "../../src/web/pages/areas/routes.tsx";
import { areasWorld } from "../../src/wiring/areas.ts";
import { fictionalAreas } from "../support/areas.ts";
import { type AdminApp, at, openAdminApp } from "./admin-app.ts";

let app: AdminApp;
beforeAll(async () => {
  app = await openAdminApp(({ sql }) => areaPages(areasWorld({ sql, now: () => at })));
});
afterAll(() => app.drop());

const fileOf = (text: string) => ({ file: new File([text], "danh-muc.csv", { type: "text/csv" }) });
const listIn = (page: string) => /<textarea name="list" hidden="">([^<]*)<\/textarea>/.exec(page)?.[1] ?? "";
const preview = (text: string) => app.send("/admin/areas/preview", fileOf(text));
const sayings = async () => Number((await app.sql`select count(*) as n from area_saying`)[0]?.["n"]);
const areaOf = async (id: string) => (await app.sql`select area_code from agency where id = ${id}`)[0]?.["area_code"];

test("LAW 2.1: a list of 3,321 communes is looked at before anything of it is kept, taken once, and leaves who brought it", async () => {
  const seen = await preview(fictionalAreas(34, 3321));
  expect([seen.status, seen.text.includes("Thêm 3355, đổi 0, giữ nguyên 0"), await sayings()]).toEqual([200, true, 0]);
  const list = listIn(seen.text);
  const taken = await Promise.all([1, 2].map(() => app.send("/admin/areas/list", { list })));
  expect(taken.map(({ status, goesTo }) => [status, goesTo])).toEqual(
    taken.map(() => [303, "/admin/areas?done=saved"]),
  );
  expect(await sayings()).toBe(3355);
  const acts = await app.sql`select about from admin_event where what = 'areas_imported' order by id`;
  expect(acts.map(({ about }) => String(about).slice(0, 8))).toEqual(["+3355, ~", "+0, ~0, "]);
  expect((await preview(list)).text).toContain("Tệp không có gì mới");
});

test("LAW 2.1: each fault of the list is told with line, column and reason; nothing is kept", async () => {
  const head = "ma,ten,loai,cap_tren,nhap_vao";
  const before = await sayings();
  const faulty = await preview(`${head}\nX77.1,Xã Lạc (hư cấu),xa,X77,\nX78,,tinh,,\nX79,"Tỉnh,tinh,,`);
  expect(faulty.status).toBe(422);
  expect(faulty.text).toContain("đặt sai"); // what cannot be split is told before the rest
  const two = await preview(`${head}\nX77.1,Xã Lạc (hư cấu),lang,X77,\nX78,,tinh,,`);
  for (const part of ["2 lỗi", "phải là tinh, thanh_pho", "còn trống"]) expect(two.text).toContain(part);
  expect((await app.send("/admin/areas/preview", {})).status).toBe(400);
  expect((await app.send("/admin/areas/list", { list: `${head}\nX9,,tinh,,` })).status).toBe(422);
  expect(await sayings()).toBe(before);
});

test("an administrator names the own agency's area, found with or without tones; of another agency nothing changes", async () => {
  const found = await app.get(`/admin/areas?q=${encodeURIComponent("xa mau 17 (hu cau)")}`);
  expect(found.text).toContain("Chọn Xã Mẫu 17 (hư cấu), Tỉnh Mẫu 17 (hư cấu) (X17.17)");
  const named = await app.send("/admin/areas/ours", { code: "X17.17" });
  expect([named.status, await areaOf("hoaban"), await areaOf("muongpon")]).toEqual([303, "X17.17", null]);
  expect((await app.get("/admin/areas")).text).toContain("Tỉnh Mẫu 17 (hư cấu)");
  await app.sql`insert into area_saying (code, name, kind, parent_code, merged_into, file_sha256, said_at)
    values ('X17.51', 'Xã Mẫu 51 (hư cấu)', 'xa', 'X17', 'X17.17', ${"1".repeat(64)}, ${at})`;
  const merged = await app.send("/admin/areas/ours", { code: "X17.51" }, "muongpon");
  const unknown = await app.send("/admin/areas/ours", { code: "X99" }, "muongpon");
  expect([merged.status, unknown.status, await areaOf("muongpon")]).toEqual([409, 409, null]);
});

test("AUTH-5: an administrator renames the area of the own agency alone; of any other only the operator says so", async () => {
  const bring = (line: string) => app.send("/admin/areas/list", { list: `ma,ten,loai,cap_tren,nhap_vao\n${line}` });
  const nameOf = async (code: string) => (await app.sql`select name from area_now where code = ${code}`)[0]?.["name"];
  expect([(await bring("X17.17,Phường Mới (hư cấu),phuong,X17,")).status, await nameOf("X17.17")]).toEqual([
    303,
    "Phường Mới (hư cấu)",
  ]);
  const foreign = await bring("X03.3,Xã Lấy (hư cấu),xa,X03,");
  expect([foreign.status, await nameOf("X03.3")]).toEqual([422, "Xã Mẫu 3 (hư cấu)"]);
  expect(foreign.text).toContain("không phải của cơ quan");
  await app.send("/admin/areas/ours", { code: "X17.17" }, "muongpon"); // two agencies of one area: neither names it
  expect((await bring("X17.17,Phường Khác (hư cấu),phuong,X17,")).status).toBe(422);
});
