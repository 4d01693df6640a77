import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importAreasWith, knownAreas } from "../../db/stores/areas.ts";
import { watchedProvince } from "../../db/stores/province-watch.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import { type Instant, type Sha256, utf8 } from "../../src/core/kernel.ts";
import { importAreas } from "../../src/usecases/administration/import-areas.ts";
import { fictionalAreas } from "../support/areas.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { inBuild } from "../support/in-build.ts";

const folder = mkdtempSync(join(tmpdir(), "chungthuc-areas-"));
const keyFile = join(folder, "master.key");
let database: FreshDatabase;
beforeAll(async () => {
  writeFileSync(keyFile, randomBytes(32), { mode: 0o600 });
  database = await freshDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const at = "2026-11-22T03:00:00Z" as Instant;
const sayings = async () => Number((await database.owner.sql`select count(*) as n from area_saying`)[0]?.["n"]);
const importText = (text: string) =>
  importAreas(utf8(text), {
    keepAreas: (judge) => importAreasWith(database.owner.sql, judge, { sha256: "0".repeat(64) as Sha256, at }),
  });
const counts = async (text: string) => {
  const done = await importText(text);
  if (!done.ok) return done.failure.code;
  const { added, changed, unchanged } = done.value;
  return [added.length, changed.length, unchanged];
};

const whole = fictionalAreas(34, 3321);

test("LAW 2.1: 34 provinces and 3,321 communes come in one transaction; the same list again changes nothing", async () => {
  const lame = `${whole}\r\nX00.9999,Xã Lạc (hư cấu),xa,X77,`;
  expect(await counts(lame)).toBe("areas_faulty");
  expect(await sayings()).toBe(0);
  const twice = await Promise.all([counts(whole), counts(`\uFEFF${whole}`)]);
  expect(twice.toSorted()).toEqual([
    [0, 0, 3355],
    [3355, 0, 0],
  ]);
  expect(await sayings()).toBe(3355);
});

test("LAW 2.1: a renamed and a merged commune keep their history; who is not named stays", async () => {
  const head = "ma,ten,loai,cap_tren,nhap_vao";
  expect(await counts(`${head}\nX00.0,Phường Mới (hư cấu),phuong,X00,`)).toEqual([0, 1, 0]);
  expect(await counts(`${head}\nX00.0,Phường Mới (hư cấu),phuong,X00,X00.34`)).toEqual([0, 1, 0]);
  const history = await database.owner.sql`
    select name, merged_into as "mergedInto" from area_saying where code = ${"X00.0"} order by id desc`;
  expect(history.map(({ name, mergedInto }) => [name, mergedInto])).toEqual([
    ["Phường Mới (hư cấu)", "X00.34"],
    ["Phường Mới (hư cấu)", null],
    ["Xã Mẫu 0 (hư cấu)", null],
  ]);
  expect((await knownAreas(database.owner.sql)).size).toBe(3355);
  for (const change of ["update area_saying set name = 'x'", "delete from area_saying", "truncate area cascade"])
    await expect(database.owner.sql.unsafe(change)).rejects.toThrow();
});

test("a file that is not UTF-8 is told as such", async () => {
  const keepAreas = async () => {
    throw new Error("not asked");
  };
  expect(await importAreas(Uint8Array.of(0x6d, 0x61, 0xff), { keepAreas })).toEqual({
    ok: false,
    failure: { code: "not_utf8" },
  });
});

test("`agencies import` takes a whole list, or tells each fault with line and column and takes nothing; `agencies watch` names who watches for a province (AUTH-5)", async () => {
  const file = join(folder, "list.csv");
  const take = (text: string) => {
    writeFileSync(file, text);
    return run("import", file);
  };
  const run = (...asked: string[]) => {
    const env = {
      ...process.env,
      ...{ DATA_FOLDER: join(folder, "data"), DATABASE_URL: database.url, KEY_FILE: keyFile },
      ...{
        SERVICE_KEYS: join(folder, "service-keys"),
        TIMESTAMP_URLS: "http://127.0.0.1:9",
        KEY_LIST: join(folder, "keys"),
      },
      ...{ ROOT_KEY: Buffer.alloc(32).toString("base64"), PUBLIC_URL: "https://chungthuc.example" },
    };
    return new Promise<{ out: string; err: string }>((resolve) => {
      const args = [inBuild("src/cli.ts"), "agencies", ...asked, "--json"];
      execFile(process.execPath, args, { env }, (_, out, err) => resolve({ out, err }));
    });
  };
  const head = "ma,ten,loai,cap_tren,nhap_vao";
  const faulty = await take(`${head}\nX98,,tinh,,\n`);
  expect([faulty.err, JSON.parse(faulty.out)]).toMatchObject([
    expect.stringContaining("dòng 2, cột ten"),
    { ok: false, code: "areas_faulty", faults: [{ line: 2, column: "ten", code: "missing" }] },
  ]);
  const taken = await take(`${head}\nX99,Tỉnh Lệnh (hư cấu),tinh,,\nX99.1,Xã Lệnh (hư cấu),xa,X99,\n`);
  expect(JSON.parse(taken.out)).toEqual({ ok: true, added: 2, changed: 0, unchanged: 0 });
  await database.owner.sql`insert into agency (id, name, province, code, development, created_at)
    values ('tinh-lenh', 'Tỉnh Lệnh (hư cấu)', 'Tỉnh Lệnh', 'LENH', false, now())`;
  const watched = [await run("watch", "tinh-lenh", "X99.1"), await run("watch", "tinh-lenh", "X99")];
  expect(watched.map(({ out }) => JSON.parse(out))).toEqual([
    { ok: false, code: "province_unknown" },
    { ok: true, agencyId: "tinh-lenh", areaCode: "X99" },
  ]);
  expect(await watchedProvince(database.owner.sql, "tinh-lenh" as AgencyId)).toMatchObject({ code: "X99" });
});
