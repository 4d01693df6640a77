import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAccount } from "../../db/stores/people.ts";
import { readPassword } from "../../src/commands/beginning/read-password.ts";
import { verifyPassword } from "../../src/roof/passwords.ts";
import { emptyDatabase, type FreshDatabase } from "../support/database.ts";
import { inBuild } from "../support/in-build.ts";

const cli = inBuild("src/cli.ts");
const folder = mkdtempSync(join(tmpdir(), "chungthuc-first-"));
const keyFile = join(folder, "master.key");
const password = "mật khẩu đầu tiên";
const facts = {
  "agency-id": "ban-mau",
  "agency-name": "Ủy ban nhân dân xã Bản Mẫu (hư cấu)",
  province: "Tỉnh Mẫu (hư cấu)",
  "agency-code": "BM-01",
  user: "Quantri.BM",
  "full-name": "Lò Thị Quản Trị (hư cấu)",
};

let database: FreshDatabase;
beforeAll(async () => {
  writeFileSync(keyFile, randomBytes(32), { mode: 0o600 });
  database = await emptyDatabase();
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** As a production store is configured; what this command does not need may point nowhere. */
const production = ({ url, ownerUrl }: Pick<FreshDatabase, "url" | "ownerUrl">) => ({
  DATA_FOLDER: join(folder, "data"),
  DATABASE_URL: url,
  DATABASE_OWNER_URL: ownerUrl,
  KEY_FILE: keyFile,
  SERVICE_KEYS: join(folder, "service-keys"),
  TIMESTAMP_URLS: "http://127.0.0.1:9",
  KEY_LIST: join(folder, "keys"),
  ROOT_KEY: Buffer.alloc(32).toString("base64"),
  PUBLIC_URL: "https://chungthuc.example",
});

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

function ended(child: ChildProcess): Promise<Ended> {
  const parts = { out: "", err: "" };
  child.stdout?.on("data", (chunk) => (parts.out += chunk));
  child.stderr?.on("data", (chunk) => (parts.err += chunk));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...parts })));
}

function begin(
  changes: Readonly<Record<string, string>> = {},
  input = `${password}\n`,
  environment: Readonly<Record<string, string>> = production(database),
): Promise<Ended> {
  const args = Object.entries({ ...facts, ...changes }).flatMap(([name, value]) => [`--${name}`, value]);
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [cli, "first-administrator", ...args, "--json"], { env });
  child.stdin.on("error", () => undefined); // it may refuse before it reads
  child.stdin.write(input); // left open: the command must end all the same
  return ended(child);
}

const people = async () => (await database.owner.sql<{ n: number }[]>`select count(*)::int as n from person`)[0]?.n;

describe("DESIGN decision 9: an agency of a production store is begun by one command, once", () => {
  test.each([
    ["a short password", {}, "ngắn\n", "password_too_short"],
    ["no password", {}, "\n", "password_missing"],
    ["a user name with a space", { user: "quan tri" }, `${password}\n`, "malformed_beginning"],
    ["an agency without a name", { "agency-name": "  " }, `${password}\n`, "malformed_beginning"],
    ["an id that no link could hold", { "agency-id": "Bản Mẫu" }, `${password}\n`, "malformed_beginning"],
    ["an option that is not there", { password: "x" }, `${password}\n`, "usage"],
  ])("%s begins nothing and is told", async (_, changes, input, code) => {
    const { code: exit, out, err } = await begin(changes, input);
    expect([exit, JSON.parse(out)]).toMatchObject([1, { ok: false, code }]);
    expect(err).toContain(`[${code}]`);
    const tables = await database.owner.sql`select to_regclass('person') as person`;
    if (tables[0]?.["person"] !== null) expect(await people()).toBe(0);
  });

  test("an agency and its administrator are made; the password lets in to choose an own one, and nothing more", async () => {
    const { code, out, err } = await begin();
    expect([code, err, JSON.parse(out)]).toMatchObject([0, expect.stringContaining("Đăng nhập"), { ok: true }]);
    expect(out + err).not.toContain(password);
    const account = await findAccount(database.db, "quantri.bm");
    expect(account).toMatchObject({ active: true, actor: { agencyId: "ban-mau", roles: [] } });
    expect(await verifyPassword(account?.passwordHash ?? "", password)).toBe(true);
    const [kept] = await database.owner.sql`
      select a.name, a.code, a.development, p.password_initial, r.role, e.what from agency a join person p on p.agency_id = a.id
      join person_role r on r.person_id = p.id join admin_event e on e.person_id = p.id`;
    expect(kept).toEqual({
      name: facts["agency-name"],
      code: "BM-01",
      development: false,
      password_initial: true,
      role: "administrator",
      what: "store_begun",
    });
    const [mark] = await database.owner.sql`select value from store_mark where name = 'born'`;
    expect(mark?.["value"] ?? "production").toBe("production");
  });

  test("an agency that has an administrator gets no other this way; its id, code and people's names are taken", async () => {
    const again = await begin({ user: "nguoi.khac" });
    expect([again.code, JSON.parse(again.out)]).toEqual([1, { ok: false, code: "administrator_exists" }]);
    expect(again.err).toMatch(/đã có người quản trị.*has an administrator/s);
    const other = { "agency-id": "ban-khac", "agency-code": "BK" };
    const sameCode = await begin({ ...other, "agency-code": facts["agency-code"], user: "nguoi.khac" });
    expect(JSON.parse(sameCode.out)).toEqual({ ok: false, code: "agency_exists" });
    expect(JSON.parse((await begin(other)).out)).toEqual({ ok: false, code: "user_name_taken" });
    expect(await people()).toBe(1);
  });

  test("a further agency of the store is begun in the same way, with an administrator of its own", async () => {
    const further = await begin({ "agency-id": "ban-khac", "agency-code": "BK", user: "nguoi.khac" });
    expect([further.code, JSON.parse(further.out)]).toMatchObject([0, { ok: true, agencyId: "ban-khac" }]);
    expect(await findAccount(database.db, "nguoi.khac")).toMatchObject({ actor: { agencyId: "ban-khac" } });
    expect(await people()).toBe(2);
  });

  test("of several commands at once for one agency one begins it", async () => {
    const fresh = await emptyDatabase();
    try {
      await begin({}, "ngắn\n", production(fresh)); // migrates
      const all = await Promise.all(
        [1, 2, 3].map((i) => begin({ user: `nguoi-${i}`, "agency-code": `N${i}` }, undefined, production(fresh))),
      );
      expect(all.map(({ code }) => code).toSorted()).toEqual([0, 1, 1]);
      expect((await fresh.owner.sql`select count(*)::int as n from agency`)[0]?.["n"]).toBe(1);
    } finally {
      await fresh.drop();
    }
  });

  test("DESIGN decision 10: without DATABASE_URL it refuses, and with a variable missing it names it", async () => {
    const without = await begin({}, undefined, { DATABASE_URL: "", DATA_FOLDER: join(folder, "other") });
    expect([without.code, JSON.parse(without.out).code]).toEqual([1, "production_only"]);
    const missing = await begin({}, undefined, { ...production(database), KEY_LIST: "" });
    expect([missing.code, JSON.parse(missing.out)]).toEqual([
      1,
      { ok: false, code: "variables_missing", variables: ["KEY_LIST"], why: "database" },
    ]);
  });

  test("a database that does not answer is told as an outage, not as a mistake", async () => {
    const away = "postgres://nobody@127.0.0.1:9/none";
    const { code, out } = await begin({}, undefined, production({ url: away, ownerUrl: away }));
    expect([code, JSON.parse(out).code]).toEqual([1, "database_unreachable"]);
  });
});

describe("the password", () => {
  const terminal = () => {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => raws.push(raw) });
    const raws: boolean[] = [];
    const told: string[] = [];
    return { input, raws, told, source: { input, tell: (text: string) => void told.push(text) } };
  };

  test("on a terminal is typed twice, never shown, and may be mended while typing", async () => {
    const { input, raws, told, source } = terminal();
    const read = readPassword(source);
    input.write("mật khẩuX\u007f dài\r");
    await new Promise((resolve) => setImmediate(resolve));
    input.write("mật khẩu dài\n");
    expect(await read).toEqual({ ok: true, value: "mật khẩu dài" });
    expect(raws).toEqual([true, false, true, false]);
    expect(told.join("")).not.toContain("mật khẩu dài");
  });

  test.each([
    ["passwords_differ", ["một mật khẩu\r", "một mật khác\r"]],
    ["password_missing", ["\u0003"]],
    ["password_missing", ["\r", "\r"]],
  ])("%s is told", async (code, keys) => {
    const { input, source } = terminal();
    const read = readPassword(source);
    for (const key of keys) {
      input.write(key);
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await read).toEqual({ ok: false, failure: { code } });
  });
});
