import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { JobContext } from "../../db/job-loop.ts";
import { keepAnnulment } from "../../db/stores/annulments.ts";
import { findCertificate } from "../../db/stores/certificates.ts";
import { keepOpening } from "../../db/stores/openings.ts";
import type { Actor } from "../../src/core/dossier.ts";
import type { Grant, GrantId, OpeningId } from "../../src/core/grant.ts";
import type { PersonId } from "../../src/core/ids.ts";
import { localDateOf } from "../../src/core/kernel.ts";
import { httpClient } from "../../src/http.ts";
import type { House } from "../../src/wiring/house.ts";
import { deliverWebhooks } from "../../src/wiring/webhooks.ts";
import { type Copy, type GrantsHouse, handOverAt, school, startGrantsHouse } from "../grants/grants-world.ts";
import { deskOf } from "../pages/administration-world.ts";
import { startReceiver, status, type Told } from "./hook-receiver.ts";
import { administratorOf, bearer, issue } from "./recipient-world.ts";

let world: GrantsHouse;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let copy: Copy;
let token = "";
let endpoint = { id: "", secret: "" };
const now = () => world.house.now();
beforeAll(async () => {
  world = await startGrantsHouse();
  receiver = await startReceiver();
  const at = `/admin/recipients/${world.schoolId}`;
  token = await issue(await administratorOf(world), at, ["webhooks"]);
  endpoint = await ask("POST", "/webhook-endpoints", { url: receiver.url });
  copy = await world.released();
  await opened();
  await heard(1);
  await annulled();
  await heard(2);
}, 180_000);
afterAll(async () => {
  receiver?.stop();
  await world?.stop();
});
beforeEach(() => void receiver.told.splice(0));

const first: Told[] = []; // as the service's own worker told them

async function heard(count: number): Promise<void> {
  for (let i = 0; i < 200 && receiver.told.length < count; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  for (let i = 0; i < 200 && (await isAtWork()); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  first.splice(0, first.length, ...receiver.told);
}

/** The service's own worker has something to tell, or has not ended its job yet. */
const isAtWork = async (): Promise<boolean> =>
  (await world.sql`select 1 from job where kind = 'deliver_webhooks' and finished_at is null`).length > 0;

async function ask(method: string, path: string, json?: unknown) {
  const headers = { ...bearer(token), "content-type": "application/json" };
  const body = json === undefined ? null : JSON.stringify(json);
  const answer = await fetch(`${world.url}/api/v1${path}`, { method, headers, body });
  return (await answer.json()) as { id: string; secret: string; eventId: string };
}

async function opened(): Promise<void> {
  const grantId = randomUUID() as GrantId;
  const { certificateId } = copy;
  await world.grantOf(copy, { id: grantId, grantee: { id: world.schoolId, name: school } });
  const who = { proof: "code", recipientId: world.schoolId, openedBy: school } as const;
  const opening = { id: randomUUID() as OpeningId, grantId, openedAt: now(), ...who };
  expect(await keepOpening(world.sql, { id: grantId, certificateId } as Grant, opening, null)).not.toBeNull();
}

async function annulled(): Promise<void> {
  const certificate = await findCertificate(world.sql, copy.certificateId);
  const [signer] = await world.sql<{ id: PersonId }[]>`select id from person where user_name = 'quantri'`;
  if (certificate === null || signer === undefined) throw new Error("nothing to annul");
  const reason = "Bản chính có dấu hiệu tẩy xóa (hư cấu)";
  const decision = { number: "12/QĐ-UBND", date: localDateOf(now()), by: "Chủ tịch (hư cấu)", reason };
  const annulment = { kind: "annulled", decision, successorId: null } as const;
  expect(await keepAnnulment(world.sql, certificate, annulment, { personId: signer.id } as Actor)).toBe(true);
}

type Row = { id: string; type: string; state: string; attempts: number; last_status: number | null; last_error: string | null; wait: number }; // biome-ignore format: one line

const rows = () => world.sql<Row[]>`
  select id, type, state, attempts, last_status, last_error,
    extract(epoch from next_try_at - now())::float8 as wait from webhook_delivery order by sequence`;

/** Waiting again, as after a failure; no job is asked for, so the service's own worker leaves it alone. */
const waitingAgain = (type: string, attempts = 0, inSeconds = -1) => world.sql`
  update webhook_delivery set state = 'waiting', attempts = ${attempts}, ended_at = null,
    next_try_at = now() + make_interval(secs => ${inSeconds}) where type = ${type}`;

/** One run of the job by a worker that waits for half a second only. */
async function run(changes: Partial<House> = {}): Promise<void> {
  const limits = { timeoutSeconds: 0.5, answerBytes: 1000, reach: world.house.webhooks.reach };
  const client = httpClient(limits);
  const house = { ...world.house, webhooks: { post: client.post, reach: limits.reach }, ...changes };
  const job = { id: randomUUID(), subject: endpoint.id, lease: "0" };
  const context = { job, signal: new AbortController().signal } as unknown as JobContext;
  await deliverWebhooks(house, context).finally(client.close);
}

const verified = ({ body, headers }: Told, secret: string) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string; data: object };

test("ANNUL-1, Standard Webhooks: opening and annulment are told once each, signed as the authors' own verifier takes it, with public facts only", async () => {
  const [delivery, annulment] = first.map((told) => verified(told, endpoint.secret));
  expect([delivery?.type, annulment?.type]).toEqual(["copy.delivered", "copy.annulled"]);
  expect(Object.keys(annulment?.data ?? {})).toEqual(["agency", "number", "book", "record", "decision", "successor"]);
  expect(annulment?.data).toMatchObject({ agency: { id: "hoaban" }, number: 1, decision: { number: "12/QĐ-UBND" } });
  const [certificate] = await world.sql<{ name: string; holder: string }[]>`
    select encode(c.code_hash, 'hex') as name, d.holder_name as holder
    from certificate c join dossier d on d.id = c.dossier_id where c.id = ${copy.certificateId}`;
  expect(annulment?.data).toMatchObject({ record: certificate?.name });
  expect(JSON.stringify(first.map(({ body }) => body))).not.toContain(certificate?.holder);
  const changed = { ...(first[0] as Told), body: `${first[0]?.body} ` };
  expect(() => verified(changed, endpoint.secret)).toThrow();
});

test("a receiver that fails three times is told again later each time, under the same id, until it takes it", async () => {
  const waits: number[] = [];
  for (const [attempt, code] of [500, 503, 429].entries()) {
    receiver.next(status(code));
    await waitingAgain("copy.annulled", attempt);
    await run();
    const [, row] = await rows();
    expect([row?.state, row?.attempts, row?.last_status, row?.last_error]).toEqual(["waiting", attempt + 1, code, "answer_not_2xx"]); // biome-ignore format: one line
    waits.push(row?.wait ?? 0);
  }
  expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  await waitingAgain("copy.annulled", 3);
  await run();
  expect((await rows())[1]).toMatchObject({ state: "delivered", attempts: 4, last_status: 204, last_error: null });
  expect(new Set(receiver.told.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  receiver.next(status(500));
  await waitingAgain("copy.annulled", 10);
  await run();
  expect((await rows())[1]).toMatchObject({ state: "failed", attempts: 11 });
});

test.each([
  ["is slow beyond the limit", () => {}, "http_timed_out", null],
  ["closes the socket", (answer) => void answer.destroy(), "http_unreachable", null],
  [
    "answers a redirect, which nobody follows",
    (answer) => void answer.writeHead(302, { location: "/else" }).end(),
    "answer_not_2xx",
    302,
  ],
  ["answers without end", (answer) => void answer.writeHead(200).end("x".repeat(5000)), "http_answer_too_large", null],
] as [
  string,
  Parameters<typeof receiver.next>[0],
  string,
  number | null,
][])("a receiver that %s is told again later", async (_, manner, error, answered) => {
  receiver.next(manner);
  await waitingAgain("copy.annulled");
  await run();
  expect((await rows())[1]).toMatchObject({ state: "waiting", last_error: error, last_status: answered });
  expect(receiver.told.map(({ path }) => path)).toEqual(["/hook"]);
});

test("a name that leads to a private address is not called, whenever it began to", async () => {
  await world.sql`update webhook_endpoint set url = ${`http://localhost:${receiver.port}/hook`}`;
  await waitingAgain("copy.annulled");
  await run();
  await world.sql`update webhook_endpoint set url = ${receiver.url}`;
  expect([(await rows())[1]?.last_error, receiver.told]).toEqual(["http_url_refused", []]);
});

test("of one copy the later news waits for the earlier", async () => {
  await waitingAgain("copy.annulled");
  await waitingAgain("copy.delivered", 1, 60);
  await run();
  expect(receiver.told).toEqual([]);
  await waitingAgain("copy.delivered", 1);
  await run();
  expect(receiver.told.map(({ body }) => JSON.parse(body).type)).toEqual(["copy.delivered", "copy.annulled"]);
});

test("a worker that dies between the answer and its note tells the same event again, under the same id", async () => {
  await waitingAgain("copy.annulled");
  const dying = new Proxy(world.sql, {
    apply(target, self, given) {
      if (String(given[0]).includes("update webhook_delivery")) throw new Error("killed");
      return Reflect.apply(target, self, given);
    },
  });
  await expect(run({ sql: dying })).rejects.toThrow("killed");
  await run();
  const ids = receiver.told.map(({ headers }) => headers["webhook-id"]);
  expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
});

test("a replay is the same event, byte for byte, under the same id; another recipient's is not there", async () => {
  const [, row] = await rows();
  const replayed = await ask("POST", `/webhook-deliveries/${row?.id}/replay`);
  expect(replayed).toMatchObject({ state: "waiting", type: "copy.annulled" });
  await heard(1);
  expect(receiver.told[0]?.body).toBe(JSON.stringify(JSON.parse(receiver.told[0]?.body ?? "")));
  expect(receiver.told[0]?.headers["webhook-id"]).toBe(replayed.eventId);
  const key = await issue(await administratorOf(world), `/admin/recipients/${world.bankId}`, ["webhooks"]);
  const headers = bearer(key);
  const list = `${world.url}/api/v1/webhook-deliveries`;
  expect((await fetch(`${list}/${row?.id}/replay`, { method: "POST", headers })).status).toBe(404);
  expect(await (await fetch(list, { headers })).json()).toEqual({ deliveries: [], next: null });
});

test("during a rotation both secrets sign; after it the new one alone", async () => {
  const { secret } = await ask("POST", `/webhook-endpoints/${endpoint.id}/secret`);
  await waitingAgain("copy.annulled");
  await run();
  const told = receiver.told[0] as Told;
  for (const signing of [endpoint.secret, secret]) expect(verified(told, signing).type).toBe("copy.annulled");
  await world.sql`update webhook_endpoint set previous_until = now() - interval '1 minute'`;
  await waitingAgain("copy.annulled");
  await run();
  const later = receiver.told[1] as Told;
  expect(verified(later, secret).type).toBe("copy.annulled");
  expect(() => verified(later, endpoint.secret)).toThrow();
});

test("an endpoint that fails is shown to the administrator with its last answer, and told again at once on one press", async () => {
  const at = `/admin/recipients/${world.schoolId}`;
  const desk = await administratorOf(world);
  receiver.next(status(503));
  await waitingAgain("copy.annulled");
  await run();
  expect((await desk.get(`${at}?lang=en`)).text).toMatch(/Has not answered well since .* \(HTTP 503\)/);
  const tell = `${at}/endpoints/${endpoint.id}/tell`;
  const stranger = deskOf(world.url, await world.session("la-administrator"));
  const through = `/admin/recipients/${world.bankId}/endpoints/${endpoint.id}/tell`; // another recipient of this agency
  expect([(await stranger.send(tell, [])).status, (await desk.send(through, [])).status]).toEqual([404, 404]);
  expect((await desk.send(tell, [])).status).toBe(303);
  await heard(2);
  expect((await desk.get(`${at}?lang=en`)).text).toContain("Takes what it is sent");
});

test("a copy handed over at a counter and replaced later: its office is told of both, and which one stands in its place", async () => {
  const replaced = await world.released();
  expect((await handOverAt(world, world.schoolId, [replaced])).done.status).toBe(200);
  await heard(1);
  await world.annul(replaced, { outcome: "superseded", successorNumber: 1 });
  await heard(2);
  const told = receiver.told.map(({ body }) => JSON.parse(body) as { type: string; data: object });
  expect(told.map(({ type }) => type)).toEqual(["copy.delivered", "copy.superseded"]);
  expect(told[1]?.data).toMatchObject({ number: 2, successor: { number: 1 } });
});
