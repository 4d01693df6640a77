import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDevelopmentStore } from "../../src/development/citizen-store.ts";
import { httpClient } from "../../src/http.ts";
import { type CitizenStoreSetting, httpCitizenStore } from "../../src/roof/citizen-store.ts";
import { readCitizenStore } from "../../src/roof/citizen-store-setting.ts";
import { copyBytes, dyingOnNote, type LightHouse, lightHouse } from "./light-house.ts";

let world: LightHouse;
const folder = mkdtempSync(join(tmpdir(), "chungthuc-store-"));
let store: Awaited<ReturnType<typeof startDevelopmentStore>>;
const clients: { close: () => void }[] = [];
beforeAll(async () => {
  world = await lightHouse();
  store = await startDevelopmentStore(folder);
});
afterAll(async () => {
  for (const client of clients) client.close();
  await store.close();
  await world.close();
  rmSync(folder, { recursive: true });
});

function connect(setting: CitizenStoreSetting): void {
  const reach = { privateHosts: [new URL(setting.url).host] };
  const http = httpClient({ timeoutSeconds: 2, answerBytes: 65_536, reach });
  clients.push(http);
  (world.parts as { citizenStore: unknown }).citizenStore = httpCitizenStore(setting, http);
}

/** A store that answers so, once asked. */
async function answering(status: number): Promise<{ asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, answer) => {
    asked.push(String(request.headers["idempotency-key"]));
    request.resume().on("end", () => (status === 0 ? request.socket.destroy() : answer.writeHead(status).end()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  clients.push({ close: () => server.close() });
  const address = server.address();
  connect({ url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, token: "x".repeat(32) });
  return { asked };
}

const account = "001099004321";
const stateOf = async (id: string) => {
  const [row] = await world.sql`select state, reason from dispatch where dossier_id = ${id}`;
  return [row?.["state"], row?.["reason"]];
};

describe("the citizen's store at the portal: NĐ 45/2020 Art. 10(3)", () => {
  test("DISPATCH-1: the copy arrives with its owner, paper and certification, and the owner's number is kept no longer", async () => {
    connect(store);
    const { id, accountBlobId } = await world.released({ account });
    await world.dispatchAll();
    expect(await stateOf(id)).toEqual(["sent", null]);
    const [name = ""] = readdirSync(folder);
    const paper = JSON.parse(readFileSync(join(folder, name), "utf8"));
    expect(paper).toMatchObject({
      owner: { personalNumber: account, name: "Lò Thị Thử (hư cấu)" },
      paper: { name: "Giấy khai sinh (hư cấu)", code: null },
      certification: {
        number: 1,
        issuedOn: "2026-11-23",
        issuedBy: { id: "hoaban" },
        validUntil: null,
        procedure: "2.000815",
      },
    });
    expect(Buffer.from(paper.file.base64, "base64")).toEqual(Buffer.from(copyBytes));
    expect(world.files.has(accountBlobId ?? "")).toBe(false);
    const [row] = await world.sql`select account_blob_id from dispatch_address where submission_id = ${id}`;
    expect(row?.["account_blob_id"]).toBeNull();
  });

  test("a process that dies before it noted the answer sends it again: one id, one paper", async () => {
    connect(store);
    const { id } = await world.released({ account });
    const before = readdirSync(folder).length;
    await dyingOnNote(world, () => expect(world.dispatchAll()).rejects.toThrow("dies"));
    expect([await stateOf(id), readdirSync(folder).length]).toEqual([["waiting", null], before + 1]);
    await world.dispatchAll();
    const [certificate] = await world.sql<{ id: string }[]>`select id from certificate where dossier_id = ${id}`;
    expect([await stateOf(id), readdirSync(folder).length]).toEqual([["sent", null], before + 1]);
    expect(readdirSync(folder)).toContain(`${certificate?.id}.json`);
  });

  test.each([
    [404, "refused", "store_owner_unknown"],
    [422, "refused", "store_refused"],
    [503, "deferred", "store_busy"],
    [429, "deferred", "store_busy"],
    [401, "deferred", "store_login"],
    [0, "deferred", "store_unreachable"],
    [200, "sent", null],
  ])("RFC 9110: an answer of %i leaves the dispatch %s", async (status, state, reason) => {
    const { asked } = await answering(status);
    const { id } = await world.released({ account });
    await world.dispatchAll();
    const [certificate] = await world.sql<{ id: string }[]>`select id from certificate where dossier_id = ${id}`;
    expect([await stateOf(id), asked]).toEqual([[state, reason], [certificate?.id]]);
  });

  test("a number that was erased is sent nowhere", async () => {
    connect(store);
    const { id } = await world.released({ account });
    await world.sql`update dispatch_address set account_blob_id = null where submission_id = ${id}`;
    await world.dispatchAll();
    expect(await stateOf(id)).toEqual(["withdrawn", "address_gone"]);
  });
});

describe("CITIZEN_STORE_URL, CITIZEN_STORE_TOKEN_FILE", () => {
  const file = join(folder, "..", `token-${process.pid}`);
  afterAll(() => rmSync(file, { force: true }));

  test("both or neither, by TLS or to this machine", () => {
    writeFileSync(file, `${"t".repeat(32)}\n`);
    const read = (url?: string, named: string | undefined = file) =>
      readCitizenStore({ CITIZEN_STORE_URL: url, CITIZEN_STORE_TOKEN_FILE: named });
    expect(read(undefined, undefined as never).ok).toBe(false);
    expect(readCitizenStore({})).toEqual({ ok: true, value: {} });
    expect(read("https://kho.vi-du.example/npsp/")).toEqual({
      ok: true,
      value: { citizenStore: { url: "https://kho.vi-du.example/npsp", token: "t".repeat(32) } },
    });
    expect(read("http://127.0.0.1:9000").ok).toBe(true);
    for (const url of ["http://kho.vi-du.example", "https://a:b@kho.vi-du.example", "kho", "https://kho.example/?a=1"])
      expect(read(url), url).toMatchObject({ failure: { variable: "CITIZEN_STORE_URL" } });
    expect(read("https://kho.example", "/not/there")).toMatchObject({
      failure: { variable: "CITIZEN_STORE_TOKEN_FILE" },
    });
  });
});
