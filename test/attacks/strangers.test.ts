import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { takeFewTurns } from "../../src/roof/turns.ts";
import { startTwoAgencies, type TwoAgencies } from "./two-agencies.ts";

let world: TwoAgencies;

beforeAll(async () => {
  world = await startTwoAgencies();
});
afterAll(() => world?.stop());

const table = readFileSync(new URL("../web/route-table.txt", import.meta.url), "utf8");

/** `[method, pattern]` of everything that anybody may ask for. */
const anybodys = table
  .split("\n")
  .filter((line) => line.endsWith(" public"))
  .map((line) => line.split(" ") as [string, string]);

/** What a stranger writes where the pattern has a name. Two that differ stand for two that nobody has. */
const nobodys = (pattern: string, sign: string) =>
  pattern.replaceAll("*", `${sign}/0`).replace(/:\w+/g, sign.repeat(26));

const forms: readonly [type: string, body: string][] = [
  ["application/x-www-form-urlencoded", "digits=0000&code=%00&kind=%F0%9F%92%A9&name=&a=b&a=c"],
  ["application/json", '{"__proto__":{"a":1}'],
  ["multipart/form-data; boundary=x", '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'],
  ["text/plain", "\u0000"],
];

const asked = async (method: string, path: string, type = "", body: string | null = null) => {
  const headers = { accept: "text/html", "accept-language": "en", ...(body !== null && { "content-type": type }) };
  const answer = await fetch(world.url + path, { method, headers, body, redirect: "manual" });
  const text = await answer.text();
  return { path, status: answer.status, headers: answer.headers, text };
};

/** Read by everybody alike, and by an edge: everything else is nobody's to keep. */
const published =
  /^\/(assets|log|record|status|keys|\.well-known|annulled|api\/v1\/|verify\/here\/|verify\/\w+\.js|help)/;

describe("whoever comes from nowhere, at every door that is open to anybody", () => {
  test("what nobody has is told alike, in the same bytes, and no cache may keep it", async () => {
    for (const [, pattern] of anybodys.filter(([method, path]) => method === "GET" && /[:*]/.test(path))) {
      const [one, other] = [await asked("GET", nobodys(pattern, "7")), await asked("GET", nobodys(pattern, "6"))];
      expect(one.status, pattern).toBeLessThan(500);
      expect([other.status, other.text.length], pattern).toEqual([one.status, one.text.length]);
      expect(one.headers.get("set-cookie"), pattern).toBeNull();
      expect(one.headers.get("cache-control"), pattern).toMatch(
        one.status === 200 ? /no-store|no-cache/ : /^no-store$/,
      );
    }
  });

  test("forms full of nonsense end nothing, open nothing and leave nothing in a cache", async () => {
    for (const [, pattern] of anybodys.filter(([method]) => method === "POST")) {
      for (const [type, body] of forms) {
        const told = await asked("POST", nobodys(pattern, "7"), type, body);
        expect(told.status, `${pattern} ${type}`).toBeLessThan(500);
        expect(told.headers.get("set-cookie") ?? "Max-Age=0", pattern).toContain("Max-Age=0"); // taken away at most
        expect(told.headers.get("cache-control"), pattern).toBe("no-store");
      }
    }
    expect((await asked("GET", "/readyz")).text).toContain('"ready":true');
    expect(world.logged()).not.toContain("request_failed"); // nothing was met that nobody expected
  });

  test("pages for one person are not kept by a cache; published files may be, and any page may read them", async () => {
    for (const [, pattern] of anybodys.filter(([method, path]) => method === "GET" && !/[:*]/.test(path))) {
      const told = await asked("GET", pattern);
      expect(told.status, pattern).toBeLessThan(500);
      if (!published.test(pattern)) expect(told.headers.get("cache-control"), pattern).toBe("no-store");
    }
  });

  test("five hundred who ask at once whether the service is ready cost the database a few questions, not five hundred", async () => {
    const questions = async () => {
      const [row] = await world.sql`select xact_commit from pg_stat_database where datname = current_database()`;
      return Number(row?.["xact_commit"]);
    };
    const before = await questions();
    const told = await Promise.all(Array.from({ length: 500 }, () => asked("GET", "/readyz")));
    expect(told.every(({ status }) => status === 200)).toBe(true);
    expect((await questions()) - before).toBeLessThan(400); // the service's own jobs ask too, and what was asked before is counted late
  });

  test("of a thousand who want the same thread, few wait: the rest is told at once, and later there is room again", async () => {
    const inTurn = takeFewTurns(2, 30);
    const ends: (() => void)[] = [];
    const act = () => new Promise<string>((done) => ends.push(() => done("done")));
    const all = Array.from({ length: 1000 }, () => inTurn(act));
    expect(await Promise.all(all.slice(32))).toEqual(Array.from({ length: 968 }, () => null));
    expect(ends).toHaveLength(2);
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise((soon) => setImmediate(soon));
    }
    expect(await Promise.all(all.slice(0, 32))).toEqual(Array.from({ length: 32 }, () => "done"));
    expect(await inTurn(async () => "again")).toBe("again");
  });
});
