import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTwoAgencies, type TwoAgencies } from "../attacks/two-agencies.ts";
import { type Desk, deskOf, faultyFields, secretIn } from "../pages/administration-world.ts";
import { administratorOf, issue, keyIdOf, recipients, register } from "./recipient-world.ts";

let world: TwoAgencies;
let desk: Desk;
let at = "";

beforeAll(async () => {
  world = await startTwoAgencies();
  desk = await administratorOf(world);
  at = await register(desk, "Trường Thử");
}, 120_000);
afterAll(() => world?.stop());

const actsNamed = async (what: string) => (await world.sql`select about from admin_event where what = ${what}`).length;

describe("recipients are the word of the administrator who registered them", () => {
  test("a name of the agency is taken once, an address must be one, and what was typed is still there", async () => {
    const facts = (name: string, email: string, domain: string) =>
      desk.send(`${recipients}/new`, [["name", name], ["email", email], ["domain", domain]]); // biome-ignore format: a table
    const twin = await facts("Trường Thử (hư cấu)", "a@b.example", "");
    expect([twin.status, faultyFields(twin.text)]).toEqual([409, ["name"]]);
    const broken = await facts("Nơi Khác (hư cấu)", "không phải thư", "có dấu.vn");
    expect([broken.status, faultyFields(broken.text)]).toEqual([400, ["email", "domain"]]);
    expect(broken.text).toContain("không phải thư");
  });

  test("a changed address leaves its old and new form in the administrator's log; the registration itself stays", async () => {
    const changed = await desk.send(at, [["name", "Trường Thử (hư cấu)"], ["email", "moi@noi-nhan.example"]]); // biome-ignore format: a table
    expect(changed.status).toBe(303);
    const [line] = await world.sql`select about from admin_event where what = 'recipient_changed'`;
    expect(line?.["about"]).toMatch(/mot-cua@noi-nhan\.example.*→.*moi@noi-nhan\.example/);
    await expect(world.sql`update recipient set registered_at = now() - interval '9 days'`).rejects.toThrow(/stays/);
    await expect(world.sql`delete from recipient`).rejects.toThrow();
  });

  test("another agency's administrator finds neither the recipient nor a way to give it a key", async () => {
    const stranger = deskOf(world.url, await world.session("la-administrator"));
    const issued = await stranger.send(`${at}/keys`, [["scopes", "verify"], ["days", "30"]]); // biome-ignore format: a table
    expect([(await stranger.get(at)).status, issued.status]).toEqual([404, 404]);
    expect((await stranger.get(recipients)).text).not.toContain("Trường Thử");
  });
});

describe("a recipient key", () => {
  test("is shown once; the database has a keyed hash of its secret, and the log line has neither", async () => {
    const token = await issue(desk, at, ["verify", "pull"]);
    expect(token).toMatch(/^ctk_[0-9a-f]{32}_[A-Za-z0-9_-]{43}$/);
    expect((await desk.get(at)).text).not.toContain(token);
    const [row] = await world.sql<{ secret_hash: Uint8Array; scopes: string[] }[]>`
      select secret_hash, scopes from recipient_key where id = ${keyIdOf(token)}`;
    expect(row?.scopes).toEqual(["verify", "pull"]);
    expect(Buffer.from(row?.secret_hash ?? []).toString("base64url")).not.toContain(token.slice(37, 60));
    expect(world.logged()).not.toContain(token.slice(37));
    const acts = await world.sql<
      { about: string }[]
    >`select about from admin_event where what = 'recipient_key_issued'`;
    expect(acts.map(({ about }) => about).join()).not.toContain(token.slice(37));
  });

  test("needs a use, and no other days than those offered", async () => {
    const none = await desk.send(`${at}/keys`, [["days", "90"]]);
    expect([none.status, faultyFields(none.text)]).toEqual([400, ["scopes"]]);
    const long = await desk.send(`${at}/keys`, [["scopes", "verify"], ["days", "36500"]]); // biome-ignore format: a table
    expect([long.status, secretIn(long.text)]).toEqual([400, ""]);
  });

  test("only ever ends: nobody lengthens it, takes a revocation back or gives it another use", async () => {
    const id = keyIdOf(await issue(desk, at, ["verify"], 30));
    await expect(world.sql`update recipient_key set expires_at = now() + interval '9 years' where id = ${id}`).rejects
      .toThrow(/only ever ends/); // biome-ignore format: one line
    await expect(world.sql`update recipient_key set scopes = '{pull}' where id = ${id}`).rejects.toThrow();
    const unsaid = await desk.send(`${at}/keys/${id}/revoke`, []);
    expect(unsaid.status).toBe(400);
    expect((await desk.send(`${at}/keys/${id}/revoke`, [["confirm", "yes"]])).status).toBe(303);
    expect((await desk.send(`${at}/keys/${id}/revoke`, [["confirm", "yes"]])).status).toBe(409);
    await expect(world.sql`update recipient_key set revoked_at = null where id = ${id}`).rejects.toThrow();
  });

  test("is rotated once, however many rotate it at once; the old one ends after the overlap that was chosen", async () => {
    const old = keyIdOf(await issue(desk, at, ["verify"]));
    const rotate = () => desk.send(`${at}/keys/${old}/rotate`, [["days", "90"], ["overlap", "24"]]); // biome-ignore format: a table
    const answers = await Promise.all([rotate(), rotate(), rotate()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const token = secretIn(answers.find(({ status }) => status === 200)?.text ?? "");
    const [row] = await world.sql`select o.revoked_at, n.scopes,
        extract(epoch from o.expires_at - n.created_at)::int as overlap
      from recipient_key n join recipient_key o on o.id = n.replaces where n.id = ${keyIdOf(token)}`;
    expect(row).toEqual({ revoked_at: null, scopes: ["verify"], overlap: 86_400 });
    expect(await actsNamed("recipient_key_rotated")).toBe(1);
  });
});
