import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWitnessMemory } from "../../src/commands/witness/memory.ts";
import { signCheckpoint } from "../../src/core/log/checkpoint.ts";
import { judgeCosignatures } from "../../src/core/log/cosignature.ts";
import { noteTypes, verifierKeyOf } from "../../src/core/log/note.ts";
import { readAddCheckpoint, writeAddCheckpoint } from "../../src/core/log/witnessing.ts";
import { verifyEd25519 } from "../../src/publish/node-keys.ts";
import { consistencyPath, leafHashOf, parseVkey, treeHash, verifyNote } from "./c2sp-reader.ts";
import { logSigner, sha256, someLeaves } from "./memory-files.ts";
import { aWitness, scratch } from "./witness-parts.ts";

const log = logSigner("log.example/a");
const hashesOf = (size: number, seed = 0) => someLeaves(size, seed).map(leafHashOf);
const bytes = (buffer: Buffer) => new Uint8Array(buffer);

/** Signed by the log; another seed is another history. */
const noteOf = (size: number, seed = 0, signer = log) =>
  signCheckpoint(
    { origin: signer.key.name, size, root: bytes(treeHash(hashesOf(size, seed))) },
    signer.key,
    signer.sign,
    sha256,
  );

async function request(oldSize: number, size: number, seed = 0): Promise<string> {
  const proof = oldSize === 0 ? [] : consistencyPath(oldSize, hashesOf(size, seed)).map(bytes);
  return writeAddCheckpoint({ oldSize, proof, checkpoint: await noteOf(size, seed) });
}

const answerOf = async (response: Response | Promise<Response>) => {
  const { status, headers } = await response;
  return { status, type: headers.get("content-type"), text: await (await response).text() };
};

test("C2SP tlog-witness 200: a continued log is cosigned, as a reader of the documents alone confirms; the same again too", async () => {
  const witness = aWitness(log.key);
  const vkey = parseVkey(verifierKeyOf(witness.key, noteTypes.cosignature, sha256));
  for (const [oldSize, size] of [
    [0, 5],
    [5, 300],
    [300, 300],
  ] as const) {
    const answer = await answerOf(witness.post(await request(oldSize, size)));
    expect(answer).toMatchObject({ status: 200, type: expect.stringContaining("text/plain") });
    expect(verifyNote((await noteOf(size)) + answer.text, vkey)).toBeGreaterThan(1_789_999_999);
  }
  expect(witness.memory.latest("log.example/a")).toEqual({ size: 300, root: bytes(treeHash(hashesOf(300))) });
});

test("C2SP tlog-witness 409: another old size is answered with the size that was cosigned, as text/x.tlog.size", async () => {
  const witness = aWitness(log.key);
  expect(await answerOf(witness.post(await request(3, 5)))).toEqual({
    status: 409,
    type: "text/x.tlog.size",
    text: "0\n",
  });
  await witness.post(await request(0, 5));
  const conflict = { status: 409, type: "text/x.tlog.size", text: "5\n" };
  expect(await answerOf(witness.post(await request(0, 9)))).toEqual(conflict);
  expect(await answerOf(witness.post(await request(4, 9)))).toEqual(conflict);
  expect(witness.cries).toEqual([]);
});

test("C2SP tlog-witness 409: two trees of one size are a fork: never cosigned, kept as evidence, cried out", async () => {
  const witness = aWitness(log.key);
  await witness.post(await request(0, 5));
  const forked = writeAddCheckpoint({ oldSize: 5, proof: [], checkpoint: await noteOf(5, 1) });
  expect(await answerOf(witness.post(forked))).toMatchObject({ status: 409, text: "5\n" });
  expect(witness.cries).toEqual([{ code: "fork", origin: "log.example/a", size: 5 }]);
  expect(readdirSync(join(witness.folder, "evidence"))).toHaveLength(1);
});

test("C2SP tlog-witness 422: a tree that does not continue the cosigned one is not cosigned, and nothing moves", async () => {
  const witness = aWitness(log.key);
  await witness.post(await request(0, 5));
  expect(await answerOf(witness.post(await request(5, 9, 1)))).toMatchObject({ status: 422 });
  const cut = (await request(5, 9)).replace(/\n.*\n\n/, "\n\n");
  expect(await answerOf(witness.post(cut))).toMatchObject({ status: 422 });
  const extra = writeAddCheckpoint({ oldSize: 0, proof: [new Uint8Array(32)], checkpoint: await noteOf(5) });
  expect((await aWitness(log.key, scratch("w-")).post(extra)).status).toBe(422);
  expect(witness.memory.latest("log.example/a")?.size).toBe(5);
  expect(witness.cries.map(({ code }) => code)).toEqual(["proof_wrong"]);
});

const refused: readonly (readonly [about: string, status: number, body: () => Promise<string>])[] = [
  [
    "an unknown origin",
    404,
    async () =>
      writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await noteOf(5, 0, logSigner("log.example/b")) }),
  ],
  [
    "a signature by another key under the log's name",
    403,
    async () =>
      writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint: await noteOf(5, 0, logSigner("log.example/a")) }),
  ],
  ["a changed root", 403, async () => (await request(0, 5)).replace(/\n5\n.{4}/, "\n5\nAAAA")],
  [
    "an old size above the new",
    400,
    async () =>
      request(9, 5).catch(async () => writeAddCheckpoint({ oldSize: 9, proof: [], checkpoint: await noteOf(5) })),
  ],
  ["an old size with a leading zero", 400, async () => (await request(0, 5)).replace("old 0", "old 00")],
  ["a negative old size", 400, async () => (await request(0, 5)).replace("old 0", "old -1")],
  ["no old line", 400, async () => (await request(0, 5)).replace("old 0\n", "")],
  [
    "64 proof lines",
    400,
    async () =>
      writeAddCheckpoint({
        oldSize: 4,
        proof: Array.from({ length: 64 }, () => new Uint8Array(32)),
        checkpoint: await noteOf(5),
      }),
  ],
  [
    "a proof line of 31 bytes",
    400,
    async () => writeAddCheckpoint({ oldSize: 4, proof: [new Uint8Array(31)], checkpoint: await noteOf(5) }),
  ],
  ["a proof line that is no base 64", 400, async () => (await request(4, 5)).replace(/\n.{4}/, "\n!!!!")],
  ["a checkpoint without a signature", 400, async () => (await request(0, 5)).replace(/\n— .*\n/, "\n")],
  ["nothing", 400, async () => ""],
  ["a megabyte", 413, async () => "old 0\n".repeat(180_000)],
];

test.each(refused)("C2SP tlog-witness: %s is answered %i and moves nothing", async (_, status, body) => {
  const witness = aWitness(log.key);
  const sent: string = await body();
  expect((await witness.post(sent)).status).toBe(status);
  expect(witness.memory.latest("log.example/a")).toBeNull();
});

test("C2SP tlog-witness: submissions at once are judged one after the other: never two histories, never a way back", async () => {
  const witness = aWitness(log.key);
  await witness.post(await request(0, 5));
  const rivals = await Promise.all([request(5, 9), request(5, 12), request(5, 9, 1), request(5, 7)]);
  const statuses = await Promise.all(rivals.map(async (body) => (await witness.post(body)).status));
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect([7, 9, 12]).toContain(witness.memory.latest("log.example/a")?.size);
});

test("tlog-checkpoint: extension lines of a log are cosigned with it", async () => {
  const plain = await noteOf(5);
  const [body = ""] = plain.split("\n\n");
  const extended = `${body}\nan extension\n`;
  const [line = ""] = (
    await signCheckpoint(
      { origin: log.key.name, size: 5, root: bytes(treeHash(hashesOf(5))) },
      log.key,
      async () => log.sign(new TextEncoder().encode(extended)),
      sha256,
    )
  )
    .split("\n\n")
    .slice(-1);
  const checkpoint = `${extended}\n${line}`;
  const witness = aWitness(log.key);
  const answer = await answerOf(witness.post(writeAddCheckpoint({ oldSize: 0, proof: [], checkpoint })));
  expect(answer.status).toBe(200);
  const judged = await judgeCosignatures(checkpoint + answer.text, [witness.key], { sha256, verifyEd25519 });
  expect(judged).toMatchObject({ wrong: [], valid: [{ witness: "witness.example/w1" }] });
});

test("too many requests from one address are answered 429 without looking at them", async () => {
  const witness = aWitness(log.key);
  const statuses: number[] = [];
  for (let i = 0; i < 220; i++) statuses.push((await witness.post("")).status);
  expect(statuses).toContain(429);
});

test("a witness that starts again knows what it cosigned; its key is 0600 and made once", async () => {
  const folder = scratch("witness-");
  const first = aWitness(log.key, folder);
  await first.post(await request(0, 5));
  expect(statSync(join(folder, "key.pem")).mode & 0o777).toBe(0o600);
  expect(openWitnessMemory(folder, null)).toEqual({ ok: false, failure: { code: "witness_folder_in_use" } });
  first.memory.release();
  const again = aWitness(log.key, folder);
  expect(again.key).toEqual(first.key);
  expect(await answerOf(again.post(await request(0, 5)))).toMatchObject({ status: 409, text: "5\n" });
});

test("a witness without its key, its past or its name does not go on with new ones", async () => {
  const folder = scratch("witness-");
  expect(openWitnessMemory(folder, null)).toMatchObject({ failure: { code: "witness_name_missing" } });
  expect(openWitnessMemory(folder, "a b")).toMatchObject({ failure: { code: "witness_name_malformed" } });
  aWitness(log.key, folder).memory.release();
  expect(openWitnessMemory(folder, "witness.example/other")).toMatchObject({
    failure: { code: "witness_name_differs" },
  });
  rmSync(join(folder, "key.pem"));
  expect(openWitnessMemory(folder, "witness.example/w1")).toMatchObject({ failure: { code: "witness_key_missing" } });
  expect(existsSync(join(folder, "key.pem"))).toBe(false);
  const other = scratch("witness-");
  aWitness(log.key, other).memory.release();
  rmSync(join(other, "cosigned"), { recursive: true });
  expect(openWitnessMemory(other, null)).toMatchObject({ failure: { code: "witness_past_missing" } });
});

test("C2SP tlog-witness: the document's example request is read: old size, four hashes, a checkpoint with two signatures", () => {
  const body = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
`;
  const read = readAddCheckpoint(body);
  expect(read).toMatchObject({ oldSize: 20_852_014, checkpoint: expect.stringMatching(/^example.com/) });
  expect(read?.proof).toHaveLength(4);
  expect(read && writeAddCheckpoint(read)).toBe(body);
});
