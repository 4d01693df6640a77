import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Audited, auditFiles, type Unreadable } from "../../src/commands/audit/audit-files.ts";
import { sourceOf } from "../../src/commands/audit/source.ts";
import { auditCommand } from "../../src/commands/audit.ts";
import { type Instant, instantOfSeconds, type Result, secondsOf, utf8 } from "../../src/core/kernel.ts";
import { makeKeyList, serviceKeyId } from "../../src/core/key-list.ts";
import { base64Of } from "../../src/core/log/base64.ts";
import { encodeLeaf, type Leaf, type LeafEvent } from "../../src/core/log/leaf.ts";
import { httpClient } from "../../src/http.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";
import { publicFolder } from "../../src/publish/folder.ts";
import { publishLog } from "../../src/publish/publisher.ts";
import { logMemory, logSigner } from "../log/memory-files.ts";
import { jsonOf } from "./output.ts";

const now = "2026-11-22T08:00:00Z" as Instant;
const ago = (seconds: number) => instantOfSeconds(secondsOf(now) - seconds);
const day = 86_400;

type Told = readonly [event: LeafEvent, number: number, time: Instant, bookId?: string];

const leafOf = ([event, number, time, bookId = "01/2026-SCTĐT/BS"]: Told): Leaf => ({
  event,
  number,
  time,
  bookId,
  agencyId: "xa-hu-cau",
  commitment: event === "issued" ? nodeSha256(utf8(`${bookId} ${number} ${time}`)) : new Uint8Array(),
});

type Log = { readonly folder: string; readonly root: ReturnType<typeof logSigner> };

/** A public folder as the service writes it, with the leaves that are told. */
async function publish(leaves: readonly Uint8Array<ArrayBuffer>[]): Promise<Log> {
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [signer, root] = [logSigner(), logSigner("root")];
  const files = publicFolder(folder);
  const publicKey = signer.key.publicKey;
  const key = { id: serviceKeyId(publicKey, nodeSha256), use: "log", algorithm: "Ed25519", publicKey } as const;
  const keys = [{ ...key, from: ago(9 * day), to: null }];
  const list = { sequence: 7, issuedAt: ago(day), logOrigin: signer.key.name, keys, agencies: [], anchors: [] };
  const vouching = { publicKey: root.key.publicKey, sign: root.sign };
  await files.write("keys", utf8(await makeKeyList(list, vouching, nodeSha256)));
  const published = await publishLog(files, async (index) => leaves.slice(index), signer, logMemory());
  expect(published.ok).toBe(true);
  return { folder, root };
}

const told = (leaves: readonly Told[]) => publish(leaves.map((leaf) => encodeLeaf(leafOf(leaf))));

async function audit({ folder, root }: Log): Promise<Result<Audited, Unreadable>> {
  const http = httpClient({ timeoutSeconds: 5, answerBytes: 1_000_000, reach: "anywhere" });
  const source = sourceOf(folder, http);
  if (!source.ok) throw new Error(source.failure.reason);
  return auditFiles(source.value, root.key.publicKey, { now, sha256: nodeSha256 });
}

async function cheatsOf(leaves: readonly Told[]): Promise<readonly string[]> {
  const audited = await audit(await told(leaves));
  if (!audited.ok) throw new Error(audited.failure.code);
  return audited.value.cheats.map(({ code }) => code);
}

const soundBook: readonly Told[] = [
  ["book_opened", 0, ago(9 * day)],
  ["issued", 1, ago(8 * day)],
  ["voided", 2, ago(7 * day)],
  ["issued", 3, ago(6 * day)],
  ["annulled", 1, ago(5 * day)],
  ["superseded", 3, ago(4 * day)],
  ["book_opened", 0, ago(4 * day), "02/2026-SCTĐT/BS"],
  ["issued", 4, ago(3 * day), "02/2026-SCTĐT/BS"],
  ["issued", 1, ago(2 * day), "01/2027-SCTĐT/BS"],
];

test("NĐ 23/2015 Art. 13: a register over two books of a year and the next year's is sound, numbers annulled later included", async () => {
  const audited = await audit(await told(soundBook));
  expect(audited).toMatchObject({ ok: true, value: { rootKey: "pinned", keyListSequence: 7, cheats: [] } });
  const series = audited.ok ? audited.value.series : [];
  expect(series.map(({ series: name, last, issued, voided }) => ({ name, last, issued, voided }))).toEqual([
    { name: "2026-SCTĐT/BS", last: 4, issued: 3, voided: 1 },
    { name: "2027-SCTĐT/BS", last: 1, issued: 1, voided: 0 },
  ]);
});

test.each<[cheat: string, leaves: readonly Told[]]>([
  [
    "number_twice",
    [
      ["issued", 1, ago(9)],
      ["issued", 1, ago(8)],
    ],
  ],
  [
    "number_twice",
    [
      ["issued", 1, ago(9)],
      ["issued", 1, ago(8), "02/2026-SCTĐT/BS"],
    ],
  ],
  [
    "number_twice",
    [
      ["issued", 1, ago(9)],
      ["voided", 1, ago(8)],
    ],
  ],
  [
    "number_twice",
    [
      ["voided", 1, ago(9)],
      ["issued", 1, ago(8)],
    ],
  ],
  [
    "never_issued",
    [
      ["voided", 1, ago(9)],
      ["annulled", 1, ago(8)],
    ],
  ],
  ["number_malformed", [["issued", 0, ago(9)]]],
  [
    "time_falls",
    [
      ["issued", 1, ago(8)],
      ["issued", 2, ago(9)],
    ],
  ],
  ["time_in_future", [["issued", 1, ago(-600)]]],
  [
    "number_missing",
    [
      ["issued", 1, ago(9 * day)],
      ["issued", 3, ago(4 * day)],
      ["issued", 4, ago(1)],
    ],
  ],
])("DESIGN decision 7: %s is named, and nothing else", async (cheat, leaves) => {
  expect(await cheatsOf(leaves)).toEqual([cheat]);
});

test("DESIGN decision 7: a number that younger leaves have passed is in progress, no cheat, and told", async () => {
  const audited = await audit(
    await told([
      ["issued", 1, ago(9 * day)],
      ["issued", 4, ago(2 * day)],
    ]),
  );
  expect(audited).toMatchObject({ ok: true, value: { cheats: [], series: [{ inProgress: [2, 3], last: 4 }] } });
});

test("an issued leaf that commits to no copy is named", async () => {
  const mute = { ...leafOf(["issued", 1, ago(9)]), commitment: new Uint8Array() };
  expect(await audit(await publish([encodeLeaf(mute)]))).toMatchObject({
    value: { cheats: [{ code: "commitment_missing", index: 0 }] },
  });
});

test("leaf v1: a leaf that cannot be decoded is named by its place", async () => {
  const leaves = [encodeLeaf(leafOf(["issued", 1, ago(9)])), utf8("no leaf")];
  expect(await audit(await publish(leaves))).toMatchObject({
    value: { cheats: [{ code: "leaf_malformed", index: 1 }] },
  });
});

const many = Array.from({ length: 300 }, (_, i): Told => ["issued", i + 1, ago(day)]);

test.each([
  "log/tile/0/000",
  "log/tile/0/001.p/44",
  "log/tile/1/000.p/1",
])("C2SP tlog-tiles: one changed byte in %s is named", async (path) => {
  const log = await told(many);
  expect(await audit(log)).toMatchObject({ ok: true, value: { cheats: [], log: { size: 300 } } });
  change(join(log.folder, path), 5);
  expect(await audit(log)).toMatchObject({ value: { cheats: [{ code: "tile_wrong", path: path.slice(4) }] } });
});

test("an entry that was exchanged afterwards is named, also where it is a good leaf", async () => {
  const log = await told(many);
  const path = join(log.folder, "log/tile/entries/001.p/44");
  const other = await told([...many.slice(0, 299), ["voided", 300, ago(day)]]);
  writeFileSync(path, readFileSync(join(other.folder, "log/tile/entries/001.p/44")));
  expect(await audit(log)).toMatchObject({ value: { cheats: [{ code: "tile_wrong" }] } });
});

test("a checkpoint that promises what is not served is named", async () => {
  const log = await told(many);
  rmSync(join(log.folder, "log/tile/entries/000"));
  expect(await audit(log)).toMatchObject({
    value: { cheats: [{ code: "tile_missing", path: "log/tile/entries/000" }] },
  });
});

test("C2SP tlog-checkpoint: a changed root or another log's checkpoint is named, a missing one cannot be read", async () => {
  const log = await told(soundBook);
  const checkpoint = join(log.folder, "log/checkpoint");
  const note = readFileSync(checkpoint, "utf8");
  const [origin, size] = note.split("\n");
  writeFileSync(checkpoint, note.replace(`${origin}\n${size}\n`, `${origin}\n${Number(size) - 1}\n`));
  expect(await audit(log)).toMatchObject({ value: { cheats: [{ code: "checkpoint_signature_wrong" }] } });
  writeFileSync(checkpoint, readFileSync(join((await told(soundBook)).folder, "log/checkpoint")));
  expect(await audit(log)).toMatchObject({ value: { cheats: [{ code: "checkpoint_not_signed_by_log" }] } });
  rmSync(checkpoint);
  expect(await audit(log)).toEqual({ ok: false, failure: { code: "checkpoint_missing" } });
});

test("DESIGN decision 16: a key list under another root, or changed, is named before anything in it is believed", async () => {
  const log = await told(soundBook);
  const stranger = logSigner("root");
  expect(await audit({ ...log, root: stranger })).toMatchObject({
    value: { log: null, cheats: [{ code: "key_list_of_another_root" }] },
  });
  const keys = join(log.folder, "keys");
  writeFileSync(
    keys,
    readFileSync(keys, "utf8").replace(/"payload":".{8}/, (found) =>
      `${found.slice(0, -1)}_`.replace("_", found.endsWith("A") ? "B" : "A"),
    ),
  );
  expect(await audit(log)).toMatchObject({ value: { cheats: [{ code: "key_list_signature_wrong" }] } });
});

test("audit exits 0 for a sound log, 1 for a cheat and 3 for what cannot be read; without a root it says unpinned", async () => {
  const log = await told([["issued", 1, "2026-01-05T00:00:00Z" as Instant]]);
  const rootKey = base64Of(log.root.key.publicKey);
  expect(await jsonOf(() => auditCommand([log.folder, "--json", "--root-key", rootKey]))).toMatchObject({
    code: 0,
    json: { version: 1, verdict: "sound", rootKey: "pinned" },
  });
  const unpinned = await jsonOf(() => auditCommand([log.folder, "--json"]));
  expect(unpinned).toMatchObject({ code: 0, json: { rootKey: "unpinned", keyListSequence: 7 } });
  const old = "2026-01-05T00:00:00Z" as Instant;
  const cheating = await told([["issued", 2, old]]);
  expect(await jsonOf(() => auditCommand([cheating.folder, "--json"]))).toMatchObject({
    code: 1,
    json: { verdict: "cheat", cheats: [{ code: "number_missing", numbers: [1], missing: 1, since: old }] },
  });
  expect(await jsonOf(() => auditCommand([join(log.folder, "nowhere"), "--json"]))).toMatchObject({ code: 3 });
});

test("audit reads a service by its address as it reads a folder; a service that does not answer cannot be read", async () => {
  const log = await told(many);
  const files = publicFolder(log.folder);
  const server = createServer(async (request, response) => {
    const bytes = await files.read((request.url ?? "").slice(1));
    response.writeHead(bytes === null ? 404 : 200).end(bytes);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const answer = await jsonOf(() => auditCommand([url, "--json"]));
  await new Promise((done) => server.close(done));
  expect(answer).toMatchObject({ code: 0, json: { verdict: "sound", log: { size: 300 } } });
  const silent = await jsonOf(() => auditCommand([url, "--json"]));
  expect(silent).toMatchObject({ code: 3, json: { error: { code: "source_unreadable" } } });
});

function change(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
