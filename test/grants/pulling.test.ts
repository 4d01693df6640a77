import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Asked, type DocumentedCalls, documentedCalls } from "../recipients/documented-calls.ts";
import { administratorOf, issue, recipients } from "../recipients/recipient-world.ts";
import { type Copy, citizenAt, type GrantsHouse, makeLink, school, startGrantsHouse, visitor } from "./grants-world.ts";

let house: GrantsHouse;
let copy: Copy;
let calls: DocumentedCalls;
let [token, second, banks, verifies] = ["", "", "", ""];
beforeAll(async () => {
  house = await startGrantsHouse();
  copy = await house.released();
  const desk = await administratorOf(house);
  const [schoolAt, bankAt] = [`${recipients}/${house.schoolId}`, `${recipients}/${house.bankId}`];
  token = await issue(desk, schoolAt, ["pull"]);
  second = await issue(desk, schoolAt, ["pull"]);
  banks = await issue(desk, bankAt, ["pull"]);
  verifies = await issue(desk, schoolAt, ["verify"]);
  calls = await documentedCalls(house.url);
}, 120_000);
afterAll(() => house?.stop());

const openLink = "POST /api/v1/links/open";
const opening = "GET /api/v1/openings/{id}";
const call = (operation: string, init: Asked = {}) => calls.call(operation, { key: token, ...init });
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

const linkFor = async (fields: Record<string, string> = {}) =>
  makeLink(await citizenAt(house, copy), copy, { recipient: house.schoolId, ...fields });

describe("a link pulled by the key of the recipient it is for", () => {
  test("gives the facts, the sealed copy byte for byte and the receipt; the citizen sees that a key opened it", async () => {
    const { id, link } = await linkFor({ uses: "2" });
    const opened = await call(openLink, { json: { link: `${house.url}${link}` } });
    expect(opened.json).toMatchObject({
      procedure: "nhập học lớp 10",
      pages: null,
      closed: null,
      link: { uses: 2, used: 1 },
    });
    const facts = opened.json as { id: string; files: unknown[]; copy: { sha256: string; lengthBytes: number } };
    expect(facts.files).toEqual([
      { page: null, url: expect.stringMatching(new RegExp(`/api/v1/openings/${facts.id}/copy$`)) },
    ]);
    const pdf = await call(`${opening}/copy`, { id: facts.id, key: second });
    expect(sha256(pdf.bytes.subarray(0, facts.copy.lengthBytes))).toBe(facts.copy.sha256);
    const { receipt } = opened.json as { receipt: { payload: string } };
    const signed = JSON.parse(Buffer.from(receipt.payload, "base64url").toString("utf8"));
    expect(signed).toMatchObject({ openingId: facts.id, proof: "key", openedBy: school, ordinal: 1, copy: facts.copy });
    expect((await call(opening, { id: facts.id })).json).toMatchObject({ id: facts.id, copy: facts.copy });
    expect(await house.events(id)).toEqual(["made", "opened"]);
    const seen = await (await citizenAt(house, copy)).get(`${copy.citizen}/links`);
    expect(seen.text).toMatch(/mở lúc .*Trường THPT Ví Dụ.*bằng khóa của cơ quan/);
  });

  test("an answer lost on its way is asked for again under its Idempotency-Key, also at once, and costs one use", async () => {
    const { link } = await linkFor({ uses: "1" });
    const send = (once: string) => call(openLink, { json: { secret: link.slice(3) }, once });
    const twins = [...(await Promise.all([send("ho-so-1"), send("ho-so-1")])), await send("ho-so-1")];
    expect(new Set(twins.map(({ json }) => json["id"])).size).toBe(1);
    expect(await send("ho-so-2")).toMatchObject({ status: 410, code: "grant_exhausted" });
    expect(await send("ö")).toMatchObject({ status: 400, code: "malformed_request" });
  });

  test("of chosen pages gives their pictures and no PDF, and no other page", async () => {
    const { link } = await linkFor({ given: "some", pages: "1" });
    const opened = await call(openLink, { json: { secret: link.slice(3) } });
    const id = String(opened.json["id"]);
    expect([opened.json["pages"], opened.json["files"]]).toEqual([[1], [{ page: 1, url: expect.stringMatching(/pages\/1$/) }]]); // biome-ignore format: one line
    expect((await call(`${opening}/pages/{page}`, { id, page: 1 })).status).toBe(200);
    expect((await call(`${opening}/pages/{page}`, { id, page: 2 })).code).toBe("not_found");
    expect((await call(`${opening}/copy`, { id })).code).toBe("not_found");
  });
});

describe("a link that opens nothing says only why, spends nothing, and what is known of it is noted", () => {
  test("another recipient's key: a plain refusal and an entry; what was opened is not there for it either", async () => {
    const { id, link } = await linkFor({ uses: "2" });
    const refused = await call(openLink, { json: { secret: link.slice(3) }, key: banks });
    expect(refused).toMatchObject({ status: 403, code: "other_recipient" });
    expect(JSON.stringify(refused.json)).not.toMatch(/Lò Thị Thử|nhập học|Trường|128\/GCN/);
    expect(await house.events(id)).toEqual(["made", "refused_other_recipient"]);
    const opened = await call(openLink, { json: { secret: link.slice(3) }, once: "a" });
    const other = { id: String(opened.json["id"]), key: banks, page: 1 };
    const found = [call(opening, other), call(`${opening}/copy`, other), call(`${opening}/pages/{page}`, other)];
    expect((await Promise.all(found)).map(({ code }) => code)).toEqual(["not_found", "not_found", "not_found"]);
    const stolen = await call(openLink, { json: { secret: link.slice(3) }, once: "a", key: banks });
    expect(stolen.code).toBe("other_recipient");
  });

  test("an office that was only named, and a link that nobody made", async () => {
    const named = await house.grantOf(copy, {});
    expect((await call(openLink, { json: { secret: named.slice(3) } })).code).toBe("other_recipient");
    const unknown = await call(openLink, { json: { link: `https://example.com/g/${"A".repeat(22)}` } });
    expect(unknown).toMatchObject({ status: 404, code: "grant_unknown" });
    for (const json of [{}, { secret: "x" }, { link: "/g/x" }, { link: named, secret: named.slice(3) }])
      expect((await call(openLink, { json })).code).toBe("malformed_request");
  });

  test("expired; revoked, also for what was opened before; exhausted", async () => {
    const grantee = { id: house.schoolId, name: school };
    const old = await house.grantOf(copy, { grantee, madeSecondsAgo: 7200 });
    expect(await call(openLink, { json: { secret: old.slice(3) } })).toMatchObject({ status: 410, code: "grant_expired" }); // biome-ignore format: one line
    const { id, link } = await linkFor({ uses: "2" });
    const ask = () => call(openLink, { json: { secret: link.slice(3) } });
    const opened = String((await ask()).json["id"]);
    await (await citizenAt(house, copy)).post(`${copy.citizen}/links/${id}/revoke`);
    expect(await ask()).toMatchObject({ status: 410, code: "grant_revoked" });
    expect((await call(`${opening}/copy`, { id: opened })).code).toBe("grant_revoked");
    expect((await call(opening, { id: opened })).json).toMatchObject({ closed: "revoked", files: [] });
    expect(await house.events(id)).toEqual(["made", "opened", "revoked", "refused_revoked"]);
  });

  test("a key without the scope, and none: told apart, and nothing is noted", async () => {
    const { id, link } = await linkFor();
    const json = { secret: link.slice(3) };
    expect((await call(openLink, { json, key: verifies })).code).toBe("scope_missing");
    expect((await call(openLink, { json, key: "none" })).code).toBe("key_missing");
    expect((await visitor(house.url).get(`/api/v1/openings/${id}/copy`)).status).toBe(401);
    expect(await house.events(id)).toEqual(["made"]);
  });

  test("a copy that lost its value", async () => {
    const { link } = await linkFor({ uses: "2" });
    const opened = String((await call(openLink, { json: { secret: link.slice(3) } })).json["id"]);
    await house.annul(copy);
    const refused = await call(openLink, { json: { secret: link.slice(3) } });
    expect(refused).toMatchObject({ status: 409, code: "copy_without_value" });
    expect((await call(`${opening}/copy`, { id: opened })).code).toBe("copy_without_value");
  });
});

test("every operation of the document that wants this scope was called here", () => {
  expect([...calls.called].sort()).toEqual(calls.operations((scope) => scope === "pull"));
});
