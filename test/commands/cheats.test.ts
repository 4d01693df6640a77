import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { auditCommand } from "../../src/commands/audit.ts";
import { type Bytes, type Instant, instantOfSeconds, secondsOf, utf8 } from "../../src/core/kernel.ts";
import { type KeyList, makeKeyList, serviceKeyId } from "../../src/core/key-list.ts";
import { base64Of } from "../../src/core/log/base64.ts";
import { cosign } from "../../src/core/log/cosignature.ts";
import { encodeLeaf, type LeafEvent } from "../../src/core/log/leaf.ts";
import { readNote } from "../../src/core/log/note.ts";
import { nodeSha256 } from "../../src/primitives-node.ts";
import { publicFolder } from "../../src/publish/folder.ts";
import { publishLog } from "../../src/publish/publisher.ts";
import { logMemory, logSigner } from "../log/memory-files.ts";
import { jsonOf } from "./output.ts";

// Each cheat is the real publisher's work with one thing changed; the sound log beside it is the same without it.

const begin = "2026-03-02T01:00:00Z" as Instant;
const day = 86_400;
const term = { from: "2026-01-01T00:00:00Z" as Instant, to: null };
const [log, root] = [logSigner(), logSigner("root")];
const witnesses = [logSigner("witness.example/w1"), logSigner("witness.example/w2")];

type Told = readonly [event: LeafEvent, number: number, days: number, file?: string];

const leafOf = ([event, number, days, file = `${number} ${days}`]: Told): Bytes =>
  encodeLeaf({
    event,
    number,
    agencyId: "xa-hu-cau",
    bookId: "01/2026-SCTĐT/BS",
    time: instantOfSeconds(secondsOf(begin) + days * day),
    commitment: event === "issued" ? nodeSha256(utf8(file)) : new Uint8Array(),
  });

const sound: readonly Told[] = [
  ["book_opened", 0, 0],
  ["issued", 1, 1],
  ["issued", 2, 1],
  ["voided", 3, 1],
  ["issued", 4, 2],
  ["annulled", 2, 9],
];

async function listOf(changed: Partial<KeyList> = {}): Promise<Bytes> {
  const { publicKey } = log.key;
  const key = {
    id: serviceKeyId(publicKey, nodeSha256),
    use: "log",
    algorithm: "Ed25519",
    publicKey,
    ...term,
  } as const;
  const listed = { quorum: 2, keys: witnesses.map((witness) => ({ ...witness.key, ...term })) };
  const base = { sequence: 3, issuedAt: term.from, logOrigin: log.key.name, keys: [key], agencies: [], anchors: [] };
  const vouching = { publicKey: root.key.publicKey, sign: root.sign };
  return utf8(await makeKeyList({ ...base, witnesses: listed, ...changed }, vouching, nodeSha256));
}

/** What the service and its two witnesses publish of these leaves. @param signer the log's, or a thief's */
async function publish(leaves: readonly Told[], signer = log): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "cheats-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = publicFolder(folder);
  const bytes = leaves.map(leafOf);
  await files.write("keys", await listOf());
  const published = await publishLog(files, async (index) => bytes.slice(index), signer, logMemory());
  if (!published.ok) throw new Error(published.failure.code);
  await cosigned(folder, witnesses);
  return folder;
}

const checkpoint = (folder: string) => join(folder, "log/checkpoint");
const noteOf = (folder: string) => readFileSync(checkpoint(folder), "utf8");

async function cosigned(folder: string, by: typeof witnesses): Promise<void> {
  const body = readNote(noteOf(folder))?.body ?? "";
  const lines = await Promise.all(by.map((witness) => cosign(body, secondsOf(begin), witness, nodeSha256)));
  writeFileSync(checkpoint(folder), noteOf(folder) + lines.join(""));
}

const rootKey = ["--root-key", base64Of(root.key.publicKey), "--json"];
const audit = (...args: string[]) => jsonOf(() => auditCommand([...args, ...rootKey]));
const named = (...codes: string[]) => ({
  code: 1,
  json: { verdict: "cheat", cheats: codes.map((code) => ({ code })) },
});

test("the sound log is sound, alone, beside a place that lags behind, and against a checkpoint kept from before", async () => {
  const [before, now] = [await publish(sound.slice(0, 4)), await publish(sound)];
  const witnessed = { cosigned: ["witness.example/w1", "witness.example/w2"], quorum: 2 };
  const expected = { code: 0, json: { verdict: "sound", cheats: [], log: { size: 6, witnessed } } };
  expect(await audit(now)).toMatchObject(expected);
  expect(await audit(before, now)).toMatchObject(expected);
  expect(await audit(now, "--known", checkpoint(before), "--known", checkpoint(now))).toMatchObject(expected);
});

const withoutWitness = (folder: string, number: number) =>
  writeFileSync(checkpoint(folder), noteOf(folder).replace(new RegExp(`— witness.example/w${number} .*\\n`, "u"), ""));

test("a fork: two places show two signed histories of one size", async () => {
  const [one, other] = [await publish(sound), await publish([...sound.slice(0, 5), ["annulled", 1, 9]])];
  withoutWitness(one, 1);
  withoutWitness(other, 2);
  expect(await audit(one, other)).toMatchObject(named("fork"));
  expect(await audit(one, "--known", checkpoint(other))).toMatchObject(named("fork"));
});

test("C2SP tlog-witness: witnesses that cosigned both of two histories are named, of one size or of two", async () => {
  const [one, other] = [await publish(sound), await publish([...sound.slice(0, 5), ["annulled", 1, 9]])];
  withoutWitness(one, 1);
  const both = { code: "witnesses_signed_both", witnesses: ["witness.example/w2"] };
  const cheats = (code: string) => ({ code: 1, json: { cheats: [{ code }, both] } });
  expect(await audit(one, other)).toMatchObject(cheats("fork"));
  const before = await publish([...sound.slice(0, 2), ["voided", 2, 1]]);
  expect(await audit(one, "--known", checkpoint(before))).toMatchObject(cheats("history_changed"));
});

test("a rollback: less is served than was signed before", async () => {
  const [before, now] = [await publish(sound), await publish(sound.slice(0, 4))];
  expect(await audit(now, "--known", checkpoint(before))).toMatchObject(named("rollback"));
});

test("a late insertion: an entry stands among those that were signed before", async () => {
  const before = await publish(sound.slice(0, 5));
  const inserted = [...sound.slice(0, 2), ["book_closed", 0, 1] as const, ...sound.slice(2)];
  const told = named("history_changed", "witnesses_signed_both");
  expect(await audit(await publish(inserted), "--known", checkpoint(before))).toMatchObject(told);
});

test("a late insertion: a number is logged days after higher ones", async () => {
  const late: Told = ["issued", 3, 8];
  const told = [...sound.slice(0, 3), ...sound.slice(4, 5), late];
  expect(await audit(await publish(told))).toMatchObject(named("number_late"));
});

test.each<[about: string, code: string, leaves: readonly Told[]]>([
  ["a missing number", "number_missing", sound.filter(([, number]) => number !== 1)],
  ["a void without entry", "number_missing", sound.filter(([event]) => event !== "voided")],
  ["a time that falls", "time_falls", [...sound.slice(0, 5), ["annulled", 2, 1]]],
  ["a number used twice", "number_twice", [...sound, ["issued", 4, 9]]],
  ["one file for two numbers", "commitment_twice", [...sound, ["issued", 5, 9, "1 1"]]],
  ["an annulment of what was never issued", "never_issued", [...sound, ["annulled", 3, 9]]],
])("%s is named %s, and nothing else", async (_, code, leaves) => {
  const answer = await audit(await publish(leaves));
  expect(answer).toMatchObject(named(code));
  expect((answer.json as { cheats: unknown[] }).cheats).toHaveLength(1);
});

test("a bad cosignature: what stands under a witness's name it did not sign", async () => {
  const [folder, other] = [await publish(sound), await publish(sound.slice(0, 5))];
  const line = /— witness.example\/w2 .*\n/u;
  writeFileSync(checkpoint(folder), noteOf(folder).replace(line, line.exec(noteOf(other))?.[0] ?? ""));
  expect(await audit(folder)).toMatchObject(named("cosignature_wrong"));
});

test("an unknown key: the checkpoint is signed by none that the root lists; a list without log keys too", async () => {
  expect(await audit(await publish(sound, logSigner()))).toMatchObject(named("checkpoint_not_signed_by_log"));
  const folder = await publish(sound);
  writeFileSync(join(folder, "keys"), await listOf({ keys: [] }));
  expect(await audit(folder)).toMatchObject(named("log_key_unknown"));
});

test("too few witnesses are told and are no cheat: an outage is not a lie", async () => {
  const folder = await publish(sound);
  writeFileSync(checkpoint(folder), noteOf(folder).replace(/— witness.example\/w2 .*\n/u, ""));
  const witnessed = { cosigned: ["witness.example/w1"], quorum: 2 };
  expect(await audit(folder)).toMatchObject({ code: 0, json: { verdict: "sound", log: { witnessed } } });
});

test("what is kept from another log proves nothing and is said so", async () => {
  const folder = await publish(sound);
  const strange = await publish(sound, logSigner());
  expect(await audit(folder, "--known", checkpoint(strange))).toMatchObject({
    code: 3,
    json: { error: { code: "known_checkpoint_unusable" } },
  });
  expect(await audit(folder, "--known", join(folder, "nowhere"))).toMatchObject({ code: 3 });
});
