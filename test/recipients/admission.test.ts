import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTwoAgencies, type TwoAgencies } from "../attacks/two-agencies.ts";
import { type Desk, secretIn } from "../pages/administration-world.ts";
import { administratorOf, bearer, issue, keyIdOf, register } from "./recipient-world.ts";

let world: TwoAgencies;
let desk: Desk;
let at = "";
let token = "";

beforeAll(async () => {
  world = await startTwoAgencies();
  desk = await administratorOf(world);
  at = await register(desk, "Trường Thử");
  token = await issue(desk, at, ["verify"]);
}, 120_000);
afterAll(() => world?.stop());

async function asked(headers: Record<string, string>, path = "/api/v1/key") {
  const answer = await fetch(`${world.url}${path}`, { headers });
  const json = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, code: json["code"], json, headers: answer.headers };
}

const ended = (key: string, set: string) =>
  world.sql.unsafe(
    `alter table recipient_key disable trigger recipient_key_only_ends; update recipient_key set ${set} where id = '${keyIdOf(key)}';
     alter table recipient_key enable trigger recipient_key_only_ends`,
  );

describe("RFC 6750: who shows a key is told of it, who shows none or a wrong one learns nothing", () => {
  test("the holder hears whose key it is, what it may, and what is left of its requests", async () => {
    const { status, json, headers } = await asked(bearer(token));
    expect([status, json["recipient"], json["scopes"]]).toEqual([200, "Trường Thử (hư cấu)", ["verify"]]);
    expect(headers.get("ratelimit-policy")).toBe('"key";q=600;w=60');
    expect(headers.get("ratelimit")).toMatch(/^"key";r=5\d\d;t=\d+$/);
    const [row] = await world.sql`select last_used_at from recipient_key where id = ${keyIdOf(token)}`;
    expect(row?.["last_used_at"]).not.toBeNull();
  });

  test("no key, a cookie in its place, a key in the query: all the same as none", async () => {
    const { cookie } = await world.session("quantri");
    const none = [await asked({}), await asked({ cookie }), await asked({}, `/api/v1/key?access_token=${token}`)];
    expect(none.map(({ status, code }) => [status, code])).toEqual(Array(3).fill([401, "key_missing"]));
    expect(none[0]?.headers.get("www-authenticate")).toBe('Bearer realm="chungthuc"');
  });

  test("an unknown id and a wrong secret are one and the same answer, also of a key that has ended", async () => {
    const revoked = await issue(desk, at, ["verify"]);
    await desk.send(`${at}/keys/${keyIdOf(revoked)}/revoke`, [["confirm", "yes"]]);
    const wrong = (key: string) => asked(bearer(`${key.slice(0, 37)}${"A".repeat(43)}`));
    const answers = [await wrong(token), await wrong(revoked), await wrong(`ctk_${"0".repeat(32)}_`)];
    expect(answers.map(({ status, code }) => [status, code])).toEqual(Array(3).fill([401, "key_unknown"]));
    expect(await asked(bearer(revoked))).toMatchObject({ status: 401, code: "key_revoked" });
    expect(answers[0]?.headers.get("www-authenticate")).toContain('error="invalid_token"');
  });

  test("its holder is told that it has expired, and that the recipient is not active", async () => {
    const old = await issue(desk, at, ["verify"]);
    await ended(old, "created_at = now() - interval '2 days', expires_at = now() - interval '1 day'");
    expect(await asked(bearer(old))).toMatchObject({ status: 401, code: "key_expired" });
    await desk.send(`${at}/deactivate`, []);
    expect(await asked(bearer(token))).toMatchObject({ status: 403, code: "recipient_inactive" });
    await desk.send(`${at}/activate`, []);
    expect((await asked(bearer(token))).status).toBe(200);
  });

  test("guessing is answered 429 after thirty misses, and never holds up the right key", async () => {
    const guess = () => asked(bearer(`ctk_${"1".repeat(32)}_${"B".repeat(43)}`));
    const answers = [];
    for (let i = 0; i < 40; i++) answers.push(await guess());
    expect(answers.at(-1)).toMatchObject({ status: 429, code: "throttled" });
    expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await asked(bearer(token))).status).toBe(200);
  });
});

describe("a key that leaked is rotated under load", () => {
  test("with an overlap nobody is wrongly refused; without one the old key opens nothing from the answer on", async () => {
    const old = await issue(desk, at, ["verify"]);
    const rotate = (key: string, overlap: string) =>
      desk.send(`${at}/keys/${keyIdOf(key)}/rotate`, [["days", "90"], ["overlap", overlap]]); // biome-ignore format: a table
    let running = true;
    const seen: number[] = [];
    const load = Array.from({ length: 4 }, async () => {
      while (running) seen.push((await asked(bearer(old))).status);
    });
    const next = secretIn((await rotate(old, "1")).text);
    expect((await asked(bearer(next))).status).toBe(200);
    running = false;
    await Promise.all(load);
    expect(seen.length).toBeGreaterThan(4);
    expect(new Set(seen)).toEqual(new Set([200]));
    const last = secretIn((await rotate(next, "0")).text);
    expect(await asked(bearer(next))).toMatchObject({ status: 401, code: "key_revoked" });
    expect((await asked(bearer(last))).status).toBe(200);
    await ended(old, "created_at = now() - interval '2 days', expires_at = now() - interval '1 second'");
    expect(await asked(bearer(old))).toMatchObject({ status: 401, code: "key_expired" });
  });
});

test("neither secret nor key id stands in a line of the log", () => {
  expect(world.logged()).toContain("/api/v1/key");
  expect(world.logged()).not.toContain(token.slice(37));
  expect(world.logged()).not.toContain(token.slice(4, 36));
});
