import { sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiClient, type SignedIn } from "../../src/commands/api-client.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import { rootKeyId, verifyKeyList } from "../../src/core/key-list.ts";
import { issueCertificate } from "../../src/development/pki.ts";
import { samplePaths } from "../../src/development/sample.ts";
import { verifyEd25519 } from "../../src/publish/node-keys.ts";
import { keyListPath } from "../../src/publish/public-files.ts";
import { loadServiceKey } from "../../src/roof/service-keys.ts";
import { holdingsWorld } from "../../src/wiring/holdings.ts";
import { pictureToPrint } from "../../src/wiring/pictures.ts";
import { startTwoAgencies, type TwoAgencies } from "../attacks/two-agencies.ts";
import { pin as throwawayPin, throwawayPki } from "../signing/seal/throwaway-pki.ts";
import { openBrowser, violations, withPage } from "../support/browser.ts";
import { smallScan } from "../support/officials.ts";
import { type Desk, deskOf, faultyFields, secretIn, tabTo } from "./administration-world.ts";

/** In the order of the page, so that Tab meets each. */
const mandateTexts = [
  ["deedNumber", "05/QĐ-UBND-HƯCẤU"],
  ["issuedBy", "Chủ tịch UBND phường Hoa Ban (hư cấu)"],
  ["post", "Công chức Tư pháp - Hộ tịch"],
  ["titleLines", "TUQ. CHỦ TỊCH\nCÔNG CHỨC TƯ PHÁP - HỘ TỊCH"],
] as const;

const ownPassword = "mot-cau-dai-de-nho-2026";
const fileOf = (bytes: Uint8Array<ArrayBuffer>, name: string) => new File([bytes], name);

let world: TwoAgencies;
let browser: Browser;
let administrator: SignedIn;
let desk: Desk;
const secrets: string[] = [];

beforeAll(async () => {
  world = await startTwoAgencies();
  browser = await openBrowser();
  administrator = await world.session("quantri");
  desk = deskOf(world.url, administrator);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

const personIdOf = async (userName: string): Promise<PersonId> => {
  const [row] = await world.sql<{ id: PersonId }[]>`select id from person where user_name = ${userName}`;
  return row?.id ?? ("" as PersonId);
};
const actsAbout = async (what: string): Promise<number> =>
  (await world.sql`select 1 from admin_event where what = ${what}`).length;
const secretsShown = (text: string): string => {
  const secret = secretIn(text);
  secrets.push(secret);
  return secret;
};

test("a person added by keyboard alone chooses an own password, is given a trial certificate, and signs a copy that verifies", async () => {
  let first = "";
  await withPage(browser, `${world.url}/admin`, { cookie: administrator.cookie }, async (page) => {
    await tabTo(page, '.rooms a[href="/admin/people"]');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/admin/people");
    await tabTo(page, 'a[href="/admin/people/new"]');
    await page.keyboard.press("Enter");
    await page.waitForURL("**/admin/people/new");
    await tabTo(page, "#fullName");
    await page.keyboard.type("Lý Thị Ký Thử (hư cấu)");
    await tabTo(page, "#userName");
    await page.keyboard.type("kythu");
    await tabTo(page, "#roles-signer");
    await page.keyboard.press("Space");
    await tabTo(page, "main button");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".once");
    first = (await page.textContent(".once")) ?? "";
    expect(await violations(page)).toEqual([]);
  });
  secrets.push(first);
  await withPage(browser, `${world.url}/sign-in?next=/queue`, {}, async (page) => {
    await tabTo(page, "#userName");
    await page.keyboard.type("kythu");
    await tabTo(page, "#password");
    await page.keyboard.type(first);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/account");
    expect((await page.goto(`${world.url}/queue`))?.status()).toBe(403);
    await page.goto(`${world.url}/account`);
    expect(await violations(page)).toEqual([]);
    await tabTo(page, "#current");
    await page.keyboard.type(first);
    await tabTo(page, "#password");
    await page.keyboard.type(ownPassword);
    await tabTo(page, "#repeated");
    await page.keyboard.type(ownPassword);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/account/done");
  });
  secrets.push(ownPassword);
  await withPage(browser, `${world.url}/admin/mandates/new`, { cookie: administrator.cookie }, async (page) => {
    await page.selectOption("#holder", { label: "Lý Thị Ký Thử (hư cấu)" });
    await page.check("#kind-authorisation");
    for (const [name, text] of mandateTexts) {
      await tabTo(page, `#${name}`);
      await page.keyboard.type(text);
    }
    for (const name of ["deedDate", "from"]) await page.fill(`#${name}`, "2026-01-01");
    expect(await violations(page)).toEqual([]);
    await tabTo(page, "main form .button");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/admin/mandates?done=mandate");
  });
  let pin = "";
  await withPage(browser, `${world.url}/admin/certificates/demo`, { cookie: administrator.cookie }, async (page) => {
    await page.selectOption("#holder", { label: "Lý Thị Ký Thử (hư cấu)" });
    await tabTo(page, "main form .button");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".once");
    pin = (await page.textContent(".once")) ?? "";
  });
  secrets.push(pin);
  const { dossierId } = await world.officials.attested(await smallScan(1));
  const api = apiClient(world.url);
  const signer = await api.signIn("kythu", ownPassword);
  if (!signer.ok) throw new Error(signer.failure.code);
  const path = `/api/dossiers/${dossierId}/signature`;
  const signed = await api.ask("sign", { method: "POST", path, as: signer.value, json: { pin } });
  expect(signed.ok ? "" : signed.failure.code).toBe("");
  expect(await world.officials.seal(dossierId)).toMatchObject({ ok: true });
  const { verificationLink } = await world.officials.waitFor(dossierId, "released");
  const record = await (await fetch(`${world.url}${new URL(verificationLink ?? "").pathname}`)).text();
  expect(record).toContain("Lý Thị Ký Thử (hư cấu)");
}, 240_000);

describe("people", () => {
  test("every mistake is told at its field, and what was typed stands there again", async () => {
    const wrong = await desk.send("/admin/people/new", [
      ["fullName", "A"],
      ["userName", "Có Dấu"],
    ]);
    expect(wrong.status).toBe(400);
    expect(faultyFields(wrong.text)).toEqual(["fullName", "userName", "roles"]);
    expect(wrong.text).toContain('value="Có Dấu"');
    const fields = [
      ["fullName", "Người Thứ Hai (hư cấu)"],
      ["roles", "clerk"],
    ] as const;
    const taken = await desk.send("/admin/people/new", [...fields, ["userName", "tiepnhan"]]);
    expect([taken.status, ...faultyFields(taken.text)]).toEqual([409, "userName"]);
    const unprintable = await desk.send("/admin/people/new", [
      ["fullName", "漢字 (hư cấu)"],
      ["roles", "clerk"],
      ["userName", "hanzi"],
    ]);
    expect(faultyFields(unprintable.text)).toEqual(["fullName"]);
  });

  test("the last administrator can be taken neither the role nor the account", async () => {
    const id = await personIdOf("quantri");
    for (const [act, fields] of [
      ["roles", [["roles", "clerk"]]],
      ["deactivate", []],
    ] as const) {
      const refused = await desk.send(`/admin/people/${id}/${act}`, fields);
      expect(refused.status).toBe(409);
      expect(refused.text).toContain("quản trị cuối cùng");
    }
    const [kept] =
      await world.sql`select p.active, r.role from person p join person_role r on r.person_id = p.id where p.id = ${id}`;
    expect(kept).toEqual({ active: true, role: "administrator" });
    expect(await actsAbout("person_deactivated")).toBe(0);
  });

  test("two administrators who take each other's role away at once leave one of them", async () => {
    const added = await desk.send("/admin/people/new", [
      ["fullName", "Quản Trị Hai (hư cấu)"],
      ["userName", "quantri2"],
      ["roles", "administrator"],
    ]);
    secretsShown(added.text);
    const [one, two] = [await personIdOf("quantri"), await personIdOf("quantri2")];
    const stripped = await Promise.all(
      [one, two].map((id) => desk.send(`/admin/people/${id}/roles`, [["roles", "receiver"]])),
    );
    expect(stripped.map(({ status }) => status).sort()).not.toEqual([303, 303]);
    const left = await world.sql`select p.user_name from person p join person_role r on r.person_id = p.id
      where r.role = 'administrator' and p.active and p.agency_id = 'hoaban'`;
    expect(left).toHaveLength(1);
    await world.sql`delete from person_role where person_id = ${one}`;
    await world.sql`insert into person_role values (${one}, 'administrator')`;
  });

  test("who is deactivated, or given a new password, is out with the next request", async () => {
    const id = await personIdOf("kythu");
    const api = apiClient(world.url);
    const signedIn = async () => {
      const session = await api.signIn("kythu", ownPassword);
      return session.ok ? session.value.cookie : "";
    };
    const isIn = async (cookie: string) =>
      (await fetch(`${world.url}/api/session`, { headers: { cookie } })).status === 200;
    const before = await signedIn();
    expect(await isIn(before)).toBe(true);
    expect((await desk.send(`/admin/people/${id}/deactivate`, [])).to).toBe(`/admin/people/${id}?done=deactivated`);
    expect([await isIn(before), await signedIn()]).toEqual([false, ""]);
    await desk.send(`/admin/people/${id}/activate`, []);
    const again = await signedIn();
    const reset = await desk.send(`/admin/people/${id}/password`, []);
    expect(secretsShown(reset.text)).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect([await isIn(again), await signedIn()]).toEqual([false, ""]);
  });

  test("five wrong guesses at one's own password block the sixth, even a right one", async () => {
    const clerk = deskOf(world.url, await world.session("vanthu"));
    const change = (current: string) =>
      clerk.send("/account", [
        ["current", current],
        ["password", ownPassword],
        ["repeated", ownPassword],
      ]);
    for (let i = 0; i < 5; i++) expect([(await change(`sai-${i}`)).status]).toEqual([403]);
    expect((await change("sai-6")).status).toBe(429);
    const apart = await clerk.send("/account", [
      ["current", "x"],
      ["password", "mot-mat-khau-dai"],
      ["repeated", "khac"],
    ]);
    expect(faultyFields(apart.text)).toEqual(["repeated"]);
    const short = await clerk.send("/account", [
      ["current", "x"],
      ["password", "ngan"],
      ["repeated", "ngan"],
    ]);
    expect(faultyFields(short.text)).toEqual(["password"]);
  });
});

/** Signed and not yet sealed: its number is in progress. */
let halfWay = "";

describe("certificates", () => {
  beforeAll(async () => {
    halfWay = (await world.officials.attested(await smallScan(5))).dossierId;
  });
  const holder = [["holder", "agency"]] as const;
  const trialKey = async (pin: string) => {
    const pki = world.house.trial?.pki;
    if (pki === undefined) throw new Error("no trial");
    const issued = await issueCertificate(
      pki,
      { subject: { commonName: "UBND (hư cấu)", organisation: "UBND (hư cấu)" } },
      { now: world.house.now, random: (length) => crypto.getRandomValues(new Uint8Array(length)) },
    );
    if (!issued.ok) throw new Error(issued.failure.code);
    return issued.value.pkcs12(pin);
  };

  test("DESIGN decision 9: a key file is taken once its PIN opens it; only the file as it came is kept, and verifiers are told at once", async () => {
    const pin = "915734";
    secrets.push(pin);
    const pkcs12 = await trialKey(pin);
    const register = (typed: string, bytes: Uint8Array<ArrayBuffer>) =>
      desk.send("/admin/certificates/new", [...holder, ["pin", typed], ["file", fileOf(bytes, "khoa.p12")]]);
    const wrong = await register("000000", pkcs12);
    expect([wrong.status, ...faultyFields(wrong.text)]).toEqual([403, "pin"]);
    const sequence = world.house.keyList().sequence;
    const taken = await register(pin, pkcs12);
    expect([taken.status, taken.to]).toEqual([303, "/admin/certificates?done=registered"]);
    const kept = await world.sql<
      { pkcs12: Uint8Array; sha256: string }[]
    >`select pkcs12, sha256 from credential where pkcs12 = ${Buffer.from(pkcs12)}`;
    expect(kept).toHaveLength(1);
    expect(world.house.keyList().sequence).toBe(sequence + 1);
    expect(
      world.house.keyList().agencies.flatMap(({ certificates }) => certificates.map(({ sha256 }) => sha256)),
    ).toContain(kept[0]?.sha256);
    expect(await world.house.publicFiles.read(keyListPath)).not.toBeNull();
    const [key] = await world.sql<{ id: string }[]>`select id from credential where sha256 = ${kept[0]?.sha256 ?? ""}`;
    expect((await desk.send(`/admin/certificates/${key?.id}/end`, [["confirm", "yes"]])).status).toBe(303);
    const twice = await register(pin, pkcs12);
    expect([twice.status, ...faultyFields(twice.text)]).toEqual([422, "file"]);
  });

  test("no key file, a torn one, a stranger's: each is told at the file, and nothing is registered", async () => {
    const before = (await world.sql`select 1 from credential`).length;
    const register = (file: Uint8Array<ArrayBuffer>, pin = "123456") =>
      desk.send("/admin/certificates/new", [...holder, ["pin", pin], ["file", fileOf(file, "khoa.p12")]]);
    const pkcs12 = await trialKey("123456");
    expect(faultyFields((await register(new Uint8Array())).text)).toEqual(["file"]);
    expect(faultyFields((await register(pkcs12.slice(0, 500))).text)).toEqual(["file"]);
    expect(faultyFields((await register(new Uint8Array(60_000).fill(0x30))).text)).toEqual(["file"]);
    const strangers = await throwawayPki();
    const theirs = await register(new Uint8Array(strangers.pkcs12("officer")), throwawayPin);
    await strangers.end();
    expect([theirs.status, ...faultyFields(theirs.text)]).toEqual([422, "file"]);
    expect((await world.sql`select 1 from credential`).length).toBe(before);
  });

  test("a person without the duty to sign cannot be given a certificate", async () => {
    const receiver = await personIdOf("tiepnhan");
    const other = await desk.send("/admin/certificates/demo", [["holder", receiver]]);
    expect([other.status, ...faultyFields(other.text)]).toEqual([409, "holder"]);
  });

  test("an ended certificate signs nothing more, keeps its row, and verifiers are told when it ended", async () => {
    const id = await personIdOf("lanhdao");
    const [row] = await world.sql<
      { id: string; sha256: string }[]
    >`select id, sha256 from credential where person_id = ${id}`;
    const unsure = await desk.send(`/admin/certificates/${row?.id}/end`, []);
    expect([unsure.status, ...faultyFields(unsure.text)]).toEqual([400, "confirm"]);
    const { dossierId } = await world.officials.attested(await smallScan(7));
    expect(await world.officials.sign(halfWay)).toMatchObject({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 1500)); // times are whole seconds: what ends in the same one did not precede
    expect((await desk.send(`/admin/certificates/${row?.id}/end`, [["confirm", "yes"]])).status).toBe(303);
    const listed = world.house
      .keyList()
      .agencies.flatMap(({ certificates }) => certificates)
      .find(({ sha256 }) => sha256 === row?.sha256);
    expect((listed?.to ?? "") <= world.house.now()).toBe(true);
    expect(await world.officials.sign(dossierId)).toMatchObject({ ok: false, code: "no_registered_certificate" });
    await expect(world.sql`delete from credential where id = ${row?.id ?? null}`).rejects.toThrow(/evidence/);
    await expect(
      world.sql`update credential set valid_to = valid_to + interval '1 year' where id = ${row?.id ?? null}`,
    ).rejects.toThrow(/only ever ends/);
  });
});

test("DESIGN decision 16: what the offline root is given to sign makes, signed, the list with everything registered", async () => {
  const { house } = world;
  const { keyListToSign } = holdingsWorld({ ...house, trial: null });
  const [asking] = await world.sql<{ id: PersonId }[]>`select id from person where user_name = 'quantri'`;
  const actor = { personId: asking?.id ?? ("" as PersonId), agencyId: "hoaban" as AgencyId };
  const taken = await keyListToSign?.({ ...actor, userName: "quantri", fullName: "", roles: ["administrator"] });
  const root = loadServiceKey(join(world.dataFolder, "keys"), "root");
  if (taken === undefined || !root.ok) throw new Error("nothing to sign, or nothing to sign with");
  const signature = sign(null, Buffer.from(`chungthuc key list v1\n${taken.payload}`), root.value);
  const sha256 = (bytes: Uint8Array) => house.primitives.digest("sha256", bytes);
  const envelope = {
    payload: Buffer.from(taken.payload).toString("base64"),
    signature: signature.toString("base64"),
    rootKeyId: rootKeyId(house.rootPublicKey, sha256),
  };
  const list = await verifyKeyList(JSON.stringify(envelope), house.rootPublicKey, { sha256, verifyEd25519 });
  expect(list.ok && list.value.sequence).toBe(house.keyList().sequence + 1);
  expect(list.ok && list.value.agencies).toEqual(house.keyList().agencies);
});

describe("pictures", () => {
  const send = (holder: string, bytes: Uint8Array<ArrayBuffer>) =>
    desk.send("/admin/pictures", [
      ["holder", holder],
      ["file", fileOf(bytes, "anh.png")],
    ]);
  const bytesOf = (path: string) => new Uint8Array(readFileSync(path));

  test("NĐ 30/2020: the agency's red seal is kept and printed from now on; a person's must be blue", async () => {
    expect((await send("seal", bytesOf(samplePaths.seal))).status).toBe(303);
    const printed = await pictureToPrint(world.house, { agencyId: "hoaban" as AgencyId, personId: null });
    const { width, height } = await sharp(samplePaths.seal).metadata();
    expect([printed?.widthPixels, printed?.heightPixels]).toEqual([width, height]);
    const shown = await fetch(`${world.url}/admin/pictures/seal`, { headers: { cookie: administrator.cookie } });
    const pixels = (source: Parameters<typeof sharp>[0]) => sharp(source).ensureAlpha().raw().toBuffer();
    expect((await pixels(Buffer.from(await shown.arrayBuffer()))).equals(await pixels(samplePaths.seal))).toBe(true);
    const red = await send(await personIdOf("lanhdao"), bytesOf(samplePaths.seal));
    expect([red.status, ...faultyFields(red.text)]).toEqual([422, "file"]);
    expect((await send(await personIdOf("lanhdao"), bytesOf(samplePaths.signature))).status).toBe(303);
  });

  test("a JPEG, an opaque, a huge, a torn and a moving picture are refused at the field, and the service lives", async () => {
    const plain = sharp({ create: { width: 200, height: 200, channels: 3, background: "#c00" } });
    const opaque = new Uint8Array(await plain.clone().png().toBuffer());
    const jpeg = new Uint8Array(await plain.clone().jpeg().toBuffer());
    const seal = bytesOf(samplePaths.seal);
    const huge = seal.slice();
    new DataView(huge.buffer).setUint32(16, 60_000);
    for (const bytes of [jpeg, opaque, huge, seal.slice(0, 300), new Uint8Array()]) {
      const refused = await send("seal", bytes);
      expect(faultyFields(refused.text)).toEqual(["file"]);
    }
    expect((await fetch(`${world.url}/health/ready`)).ok || (await fetch(`${world.url}/`)).ok).toBe(true);
  });
});

describe("books", () => {
  const thisYearsBook = (): [string, string][] => {
    const year = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 4);
    return [["suffix", "SCTĐT/BS"], ["year", year]]; // biome-ignore format: one line
  };

  test("NĐ 23/2015 Art. 13: a book with a number in progress stays open; closed, it is told in the log and gives no number", async () => {
    const [book] = await world.sql<
      { id: string }[]
    >`select id from book where agency_id = 'hoaban' and closed_at is null`;
    const close = () => desk.send(`/admin/books/${book?.id}`, [["confirm", "yes"]]);
    expect(faultyFields((await desk.send(`/admin/books/${book?.id}`, [])).text)).toEqual(["confirm"]);
    const again = await Promise.all([1, 2].map(() => desk.send("/admin/books", thisYearsBook())));
    expect(again.map(({ status }) => status)).toEqual([409, 409]);
    const stray = await Promise.all([["suffix", "KHAC/BS"], ["year", "1999"]].map(([name = "", value = ""]) => desk.send("/admin/books", [...thisYearsBook().filter(([field]) => field !== name), [name, value]]))); // biome-ignore format: one line
    expect(stray.map(({ status }) => status)).toEqual([404, 404]);
    const early = await close();
    expect(early.status).toBe(409);
    expect(early.text).toContain("Còn 1 số");
    expect(await world.officials.seal(halfWay)).toMatchObject({ ok: true, code: "" });
    await world.officials.waitFor(halfWay, "released");
    const closed = await close();
    expect(closed.to).toBe("/admin/books?done=closed");
    await expect(world.sql`update book set closed_at = null where id = ${book?.id ?? null}`).rejects.toThrow(
      /only ever closed/,
    );
    await expect
      .poll(
        async () =>
          (await world.sql`select event from log_entry where book_id = ${book?.id ?? null} and event = 'book_closed'`)
            .length,
        { timeout: 20_000 },
      )
      .toBe(1);
    const opened = await Promise.all(Array.from({ length: 5 }, () => desk.send("/admin/books", thisYearsBook())));
    expect(opened.filter(({ status }) => status === 303)).toHaveLength(1);
    const [next] = await world.sql`select ordinal from book where agency_id = 'hoaban' and closed_at is null`;
    expect(next).toEqual({ ordinal: 2 });
  });
});

describe("whose it is", () => {
  test("another agency's administrator finds nothing of ours and changes nothing", async () => {
    const stranger = deskOf(world.url, await world.session("la-administrator"));
    const person = await personIdOf("tiepnhan");
    const [key] = await world.sql<
      { id: string }[]
    >`select id from credential where agency_id = 'hoaban' and ended_at is null`;
    const [book] = await world.sql<
      { id: string }[]
    >`select id from book where agency_id = 'hoaban' and closed_at is null`;
    const gets = [
      `/admin/people/${person}`,
      `/admin/certificates/${key?.id}`,
      `/admin/books/${book?.id}`,
      "/admin/pictures/seal",
      `/admin/pictures/${person}`,
    ];
    for (const path of gets) expect([path, (await stranger.get(path)).status]).toEqual([path, 404]);
    const posts = [
      `/admin/people/${person}/roles`,
      `/admin/people/${person}/deactivate`,
      `/admin/people/${person}/password`,
      `/admin/certificates/${key?.id}/end`,
      `/admin/books/${book?.id}`,
    ];
    for (const path of posts) {
      const answer = await stranger.send(path, [
        ["roles", "clerk"],
        ["confirm", "yes"],
      ]);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    for (const path of [
      "/admin",
      "/admin/people",
      "/admin/certificates",
      "/admin/pictures",
      "/admin/books",
      "/admin/log",
      "/admin/agency",
    ]) {
      expect((await stranger.get(path)).text).not.toMatch(/Mẫu Một|kythu|Hoa Ban/);
    }
    const theirs = await stranger.send("/admin/certificates/demo", [["holder", person]]);
    expect(theirs.status).toBe(409);
  });

  test("who is no administrator is refused everywhere under /admin", async () => {
    const receiver = deskOf(world.url, await world.session("tiepnhan"));
    for (const path of [
      "/admin",
      "/admin/agency",
      "/admin/people",
      "/admin/certificates",
      "/admin/pictures",
      "/admin/books",
      "/admin/log",
      "/admin/demo",
    ]) {
      expect([path, (await receiver.get(path)).status]).toEqual([path, 403]);
    }
  });
});

test("once numbers are given the agency's name stays, and the page says why", async () => {
  const page = await desk.get("/admin/agency");
  expect(page.text).toContain("Không sửa được nữa");
  const forced = await desk.send("/admin/agency", [
    ["name", "Ủy ban khác (hư cấu)"],
    ["province", "X"],
    ["code", "X"],
  ]);
  expect(forced.status).toBe(409);
  const stranger = deskOf(world.url, await world.session("la-administrator"));
  const free = await stranger.send("/admin/agency", [
    ["name", "Ủy ban nhân dân xã Lạ Mới (hư cấu)"],
    ["province", "tỉnh Lạ (hư cấu)"],
    ["code", "LAMOI"],
  ]);
  expect(free.to).toBe("/admin/agency?done=saved");
});

test("every act left its line, and no line can be changed or taken back", async () => {
  const log = await desk.get("/admin/log");
  for (const act of [
    "Thêm người",
    "Cấp chứng thư thử",
    "Đăng ký chứng thư",
    "Chấm dứt đăng ký chứng thư",
    "Lưu ảnh con dấu",
    "Đóng sổ",
    "Mở sổ",
  ]) {
    expect(log.text).toContain(act);
  }
  await expect(world.sql`update admin_event set about = ''`).rejects.toThrow(/evidence/);
  await expect(world.sql`delete from admin_event`).rejects.toThrow(/evidence/);
  await expect(world.sql`truncate admin_event`).rejects.toThrow(/evidence/);
});

test("no password, PIN or key file stands in what was logged or in the list of acts", async () => {
  const acts = JSON.stringify(await world.sql`select about from admin_event`);
  for (const secret of secrets.filter((one) => one.length > 3)) {
    expect(world.logged()).not.toContain(secret);
    expect(acts).not.toContain(secret);
  }
  expect(secrets.length).toBeGreaterThan(4);
});

const sights = [
  "/admin",
  "/admin/agency",
  "/admin/people",
  "/admin/people/new",
  "/admin/certificates",
  "/admin/certificates/new",
  "/admin/certificates/device",
  "/admin/certificates/demo",
  "/admin/pictures?done=picture",
  "/admin/books",
  "/admin/log",
  "/admin/demo",
  "/account",
];

describe("WCAG 2.2", () => {
  test.each(sights)("%s: axe-core finds nothing in either language, nothing is cut at 360 px", async (path) => {
    for (const lang of ["vi", "en"]) {
      const url = `${world.url}${path}${path.includes("?") ? "&" : "?"}lang=${lang}`;
      await withPage(browser, url, { width: 360, cookie: administrator.cookie }, async (page) => {
        expect(await page.locator("h1").count()).toBe(1);
        expect(await violations(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
      });
    }
  });

  test.each([
    "/admin/people/new",
    "/admin/certificates/new",
    "/admin/pictures",
    "/account",
  ])("%s: a form sent empty says so at its fields, without scripts too", async (path) => {
    const visit = { width: 360, cookie: administrator.cookie };
    await withPage(browser, `${world.url}${path}`, visit, async (page) => {
      await page.click("main form .button");
      await page.waitForSelector(".faults");
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate("document.activeElement?.id")).toBe("faults");
    });
    await withPage(browser, `${world.url}${path}`, { ...visit, javaScript: false }, async (page) => {
      await page.click("main form .button");
      expect(await page.locator(".field.faulty").count()).toBeGreaterThan(0);
    });
  });
});
