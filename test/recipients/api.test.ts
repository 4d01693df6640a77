import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enqueue } from "../../db/jobs.ts";
import type { AgencyId } from "../../src/core/ids.ts";
import { utf8 } from "../../src/core/kernel.ts";
import { keepBlob } from "../../src/wiring/house.ts";
import { startTwoAgencies, type TwoAgencies } from "../attacks/two-agencies.ts";
import { smallScan } from "../support/officials.ts";
import { type Asked, type DocumentedCalls, documentedCalls } from "./documented-calls.ts";
import { administratorOf, issue, register } from "./recipient-world.ts";

type Json = Record<string, unknown>;

let world: TwoAgencies;
let token = "";
let other = "";
let link = "";
let copy: Uint8Array<ArrayBuffer>;
let calls: DocumentedCalls;

beforeAll(async () => {
  world = await startTwoAgencies();
  const desk = await administratorOf(world);
  token = await issue(desk, await register(desk, "Trường Thử"), ["verify"]);
  other = await issue(desk, await register(desk, "Nơi Nhận Khác"), ["verify", "webhooks"]);
  const { officials } = world;
  const opened = await officials.attested(await smallScan(3), "Bằng thử (hư cấu)");
  expect([(await officials.sign(opened.dossierId)).code, (await officials.seal(opened.dossierId)).code]).toEqual(["", ""]); // biome-ignore format: one line
  link = (await officials.waitFor(opened.dossierId, "released")).verificationLink ?? "";
  const { cookie } = await world.session("tiepnhan");
  const file = await fetch(`${world.url}/api/dossiers/${opened.dossierId}/copy`, { headers: { cookie } });
  copy = new Uint8Array(await file.arrayBuffer());
  calls = await documentedCalls(world.url);
}, 180_000);
afterAll(() => world?.stop());

const call = (operation: string, init: Asked = {}) => calls.call(operation, { key: token, ...init });

const one = "POST /api/v1/verifications";
const batches = "POST /api/v1/verification-batches";
const at = "GET /api/v1/verification-batches/{id}";
const results = `${at}/results`;

async function done(id: string) {
  for (;;) {
    const { json, headers } = await call(at, { id });
    if (json["state"] === "done") return json;
    expect(headers.get("retry-after")).toBe("1");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("OpenAPI 3.1: the document is one by a validator that we did not write", async () => {
  expect(await new Validator().validate(calls.document)).toMatchObject({ valid: true });
});

describe("one copy", () => {
  test("by link, by code, by digest and as a file it is the same copy, and what is told is what its link shows", async () => {
    const code = link.split("/v/")[1] ?? "";
    const byLink = await call(one, { json: { link, reference: "hồ sơ 7" } });
    expect(byLink.json).toMatchObject({ outcome: "issued", reference: "hồ sơ 7", copy: { pageCount: 1, development: true } }); // biome-ignore format: one line
    const { identity } = byLink.json["copy"] as { identity: { sha256: string; lengthBytes: number } };
    const byCode = await call(one, { json: { code } });
    const byDigest = await call(one, { json: identity });
    const asFile = await call(one, { file: copy });
    expect([byCode.json["copy"], byDigest.json["outcome"], asFile.json["outcome"]]).toEqual([expect.objectContaining({ identity }), "issued", "good"]); // biome-ignore format: one line
    expect(JSON.stringify(byLink.json)).not.toContain("Bằng thử");
  }, 60_000);

  test("what nobody issued, what is no code, and a file that was changed are told apart", async () => {
    const outcome = async (init: Parameters<typeof call>[1]) => (await call(one, init)).json["outcome"];
    expect(await outcome({ json: { code: "0123456789abcdefghjkmnpqrs" } })).toBe("unknown");
    expect(await outcome({ json: { link: "https://example.com/v/" } })).toBe("malformed");
    expect(await outcome({ json: { sha256: "0".repeat(64), lengthBytes: 9 } })).toBe("unknown");
    const changed = copy.slice();
    changed[2000] = (changed[2000] ?? 0) ^ 1;
    expect(["altered", "damaged", "unreadable"]).toContain(await outcome({ file: changed }));
    expect(await outcome({ file: new Uint8Array() })).toBe("empty");
  }, 60_000);

  test("RFC 9457: a request that fits no shape is told which field, in both languages, with a type of the closed list", async () => {
    const wrong = await call(one, { json: { code: "x", sha256: "y" } });
    expect([wrong.status, wrong.json["code"]]).toEqual([400, "malformed_request"]);
    expect(wrong.json["type"]).toMatch(/\/api\/v1\/docs#malformed_request$/);
    expect(Object.keys(wrong.json["titles"] as object)).toEqual(["vi", "en"]);
    const docs = await (await fetch(`${world.url}/api/v1/docs`)).text();
    expect(docs).toContain('id="malformed_request"');
  });
});

describe("a batch", () => {
  const items = () => [{ link, reference: "a" }, { code: "0123456789abcdefghjkmnpqrs" }, { code: "không" }];

  test("is taken in at once, worked through, and its answers come in the order sent, page by page", async () => {
    const opened = await call(batches, { json: { items: items() } });
    expect([opened.status, opened.json["total"]]).toEqual([202, 3]);
    const id = String(opened.json["id"]);
    expect(opened.headers.get("location")).toBe(`/api/v1/verification-batches/${id}`);
    expect(await done(id)).toMatchObject({ done: 3, total: 3 });
    const first = await call(results, { id, query: "?limit=2" });
    const last = await call(results, { id, query: `?from=${first.json["next"]}` });
    const told = [...(first.json["results"] as Json[]), ...(last.json["results"] as Json[])];
    expect(told.map(({ outcome }) => outcome)).toEqual(["issued", "unknown", "malformed"]);
    expect([first.json["next"], last.json["next"], told[0]?.["reference"]]).toEqual([2, null, "a"]);
    const [blob] =
      await world.sql`select erased_at from blob b join verification_batch v on v.blob_id = b.id where v.id = ${id}`;
    expect(blob?.["erased_at"]).not.toBeNull();
  }, 30_000);

  test("sent again under its Idempotency-Key is the same batch, even at once; with other copies it is refused", async () => {
    const send = () => call(batches, { json: { items: items() }, once: "lo-1" });
    const twins = await Promise.all([send(), send(), send()]);
    expect(new Set(twins.map(({ json }) => json["id"])).size).toBe(1);
    const changed = await call(batches, { json: { items: [{ code: "x" }] }, once: "lo-1" });
    expect([changed.status, changed.json["code"]]).toEqual([422, "idempotency_mismatch"]);
  }, 30_000);

  test("is there for its recipient only: another's key finds neither it nor its answers", async () => {
    const id = String((await call(batches, { json: { items: items() } })).json["id"]);
    const asked = [await call(at, { id, key: other }), await call(results, { id, key: other })];
    expect(asked.map(({ json }) => json["code"])).toEqual(["not_found", "not_found"]);
  });

  test("that was cut off goes on behind the answers it has, which stay as they were", async () => {
    const asked = Array.from({ length: 3 }, () => ({ link }));
    const id = String((await call(batches, { json: { items: asked } })).json["id"]);
    await done(id);
    const first = { outcome: "unknown", reference: "kept", copy: null };
    const { blobId } = await keepBlob(
      world.house,
      "hoaban" as AgencyId,
      "verification_batch",
      utf8(JSON.stringify(asked)),
    );
    await world.sql`delete from verification_result where batch_id = ${id} and ordinal > 0`;
    await world.sql`update verification_result set result = ${JSON.stringify(first)}::text::jsonb where batch_id = ${id}`;
    await world.sql`update verification_batch set finished_at = null, blob_id = ${blobId} where id = ${id}`;
    await enqueue(world.sql, { kind: "verify_batch", subject: id });
    await done(id);
    const told = (await call(results, { id })).json["results"] as Json[];
    expect(told.map(({ outcome, reference }) => [outcome, reference])).toEqual([
      ["unknown", "kept"],
      ["issued", undefined],
      ["issued", undefined],
    ]);
  }, 30_000);

  test("of none or of more than a thousand is refused before anything is kept", async () => {
    const many = Array.from({ length: 1001 }, () => ({ code: "x" }));
    const answers = [await call(batches, { json: { items: [] } }), await call(batches, { json: { items: many } })];
    expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  });

  test("of a thousand copies is one call: taken in within seconds, done to the last, and told in one page", async () => {
    const thousand = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? { link } : { code: "0123456789abcdefghjkmnpqrs" })); // biome-ignore format: one line
    const began = process.cpuUsage();
    const since = performance.now();
    const id = String((await call(batches, { json: { items: thousand } })).json["id"]);
    const takenMs = performance.now() - since;
    await done(id);
    const { user, system } = process.cpuUsage(began);
    const page = await call(results, { id, query: "?limit=1000" });
    const told = page.json["results"] as Json[];
    expect(told.filter(({ outcome }) => outcome === "issued")).toHaveLength(500);
    const figures = { takenMs, wallMs: performance.now() - since, cpuMs: (user + system) / 1000 };
    process.stderr.write(`1,000 verifications: ${JSON.stringify(figures)}\n`);
  }, 120_000);
});

test("webhook endpoints and deliveries are their recipient's own: by another key there are none, without the scope it is refused", async () => {
  const endpoints = "/api/v1/webhook-endpoints";
  const key = other;
  const added = await call(`POST ${endpoints}`, { json: { url: "https://noi-nhan.example/hook" }, key });
  const id = String(added.json["id"]);
  expect([added.status, added.json["secret"]]).toEqual([201, expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/)]);
  for (const url of [
    "http://10.1.2.3/x",
    "https://[::1]/x",
    "https://a:b@noi-nhan.example/",
    "ftp://noi-nhan.example/",
  ])
    expect((await call(`POST ${endpoints}`, { json: { url }, key })).json["code"]).toBe("webhook_address_refused");
  expect((await call(`GET ${endpoints}`)).json).toMatchObject({ code: "scope_missing", data: { scope: "webhooks" } });
  const desk = await administratorOf(world);
  const stranger = await issue(desk, await register(desk, "Nơi Nhận Thứ Ba"), ["webhooks"]);
  const acts = [
    `DELETE ${endpoints}/{id}`,
    `POST ${endpoints}/{id}/secret`,
    "POST /api/v1/webhook-deliveries/{id}/replay",
  ];
  for (const act of acts) expect((await call(act, { id, key: stranger })).json["code"]).toBe("not_found");
  expect((await call(`GET ${endpoints}`, { key: stranger })).json).toEqual({ endpoints: [] });
  expect((await call("GET /api/v1/webhook-deliveries", { key })).json).toEqual({ deliveries: [], next: null });
  const rotated = await call(`POST ${endpoints}/{id}/secret`, { id, key });
  expect(rotated.json["secret"]).not.toBe(added.json["secret"]);
  const shown = await call(`GET ${endpoints}`, { key });
  expect(shown.json["endpoints"]).toEqual([expect.not.objectContaining({ secret: expect.anything() })]);
  expect((await call(`DELETE ${endpoints}/{id}`, { id, key })).status).toBe(200);
  expect((await call(`GET ${endpoints}`, { key })).json).toEqual({ endpoints: [] });
  const url = "https://noi-nhan.example/";
  const many = [1, 2, 3, 4, 5, 6].map(() => call(`POST ${endpoints}`, { json: { url }, key: stranger }));
  expect((await Promise.all(many)).map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409]);
});

test("every operation of the document was called here or with the links, and every route under /api/v1 stands in it", async () => {
  expect((await call("GET /api/v1/key")).json["scopes"]).toEqual(["verify"]);
  const told = calls.operations(() => true);
  expect([...calls.called].sort()).toEqual(calls.operations((scope) => scope !== "pull")); // those: pulling.test.ts
  const table = readFileSync(new URL("../web/route-table.txt", import.meta.url), "utf8").split("\n");
  const mounted = table
    .filter((line) => / key(:\w+)?$/.test(line))
    .map((line) => line.split(" ").slice(0, 2).join(" "));
  expect(mounted.map((line) => line.replace(/:(\w+)/g, "{$1}")).sort()).toEqual(told);
});
