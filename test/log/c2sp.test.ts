import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { cosign, judgeCosignatures } from "../../src/core/log/cosignature.ts";
import { noteTypes, readNote, readVerifierKey, verifierKeyOf } from "../../src/core/log/note.ts";
import { consistencyProof } from "../../src/core/log/tile-proofs.ts";
import { publicFolder } from "../../src/publish/folder.ts";
import { verifyEd25519 } from "../../src/publish/node-keys.ts";
import { proveLeaf, publishLog } from "../../src/publish/publisher.ts";
import {
  auditPath,
  checkTiles,
  consistencyPath,
  leafHashOf,
  parseCheckpoint,
  parseVkey,
  pathOf,
  readEntries,
  tilesOf,
  treeHash,
  verifyNote,
} from "./c2sp-reader.ts";
import { logMemory, logSigner, sha256, someLeaves } from "./memory-files.ts";

const ports = { sha256, verifyEd25519 };

/** A folder that the real publisher wrote in two goes, its checkpoint cosigned by two witnesses. */
async function publishedFolder(size: number) {
  const root = mkdtempSync(join(tmpdir(), "c2sp-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const files = publicFolder(root);
  const [log, ...witnesses] = [logSigner(), logSigner("witness.example/w1"), logSigner("witness.example/w2")];
  const leaves = someLeaves(size);
  await publishLog(files, async (index) => leaves.slice(index, Math.floor(size / 3)), log, logMemory());
  const published = await publishLog(files, async (index) => leaves.slice(index), log, logMemory());
  if (!published.ok) throw new Error(published.failure.code);
  const body = readNote(published.value.checkpoint)?.body ?? "";
  const lines = await Promise.all(witnesses.map((witness, i) => cosign(body, 1_679_315_147 + i, witness, sha256)));
  writeFileSync(join(root, "log/checkpoint"), published.value.checkpoint + lines.join(""));
  const read = async (path: string) => files.read(`log/${path}`);
  return { root, files, log, witnesses, leaves, published: published.value, read };
}

test.each([
  1, 255, 256, 300, 513, 700,
])("C2SP: a reader written from the documents alone reads our folder of %i leaves: every signature, entry, tile and proof", async (size) => {
  const { root, files, log, witnesses, leaves, published, read } = await publishedFolder(size);
  const note = readFileSync(join(root, "log/checkpoint"), "utf8");
  expect(verifyNote(note, parseVkey(verifierKeyOf(log.key, noteTypes.ed25519, sha256)))).toBeNull();
  const times = witnesses.map(({ key }) =>
    verifyNote(note, parseVkey(verifierKeyOf(key, noteTypes.cosignature, sha256))),
  );
  expect(times).toEqual([1_679_315_147, 1_679_315_148]);
  const checkpoint = parseCheckpoint(note);
  expect(checkpoint).toMatchObject({ origin: log.key.name, size: BigInt(size), extensions: [] });
  const entries = await readEntries(checkpoint.size, read);
  expect(entries.map((entry) => new Uint8Array(entry))).toEqual(leaves);
  const hashes = entries.map(leafHashOf);
  expect(treeHash(hashes)).toEqual(checkpoint.root);
  expect(await checkTiles(hashes, read)).toBe(tilesOf(checkpoint.size).length);
  for (const index of new Set([0, Math.floor(size / 2), size - 1])) {
    const proof = await proveLeaf(files, published, leaves[index] ?? new Uint8Array(), index, sha256);
    expect(proof.ok && proof.value.inclusion.map((one) => Buffer.from(one))).toEqual(auditPath(index, hashes));
  }
  for (const first of new Set([1, Math.ceil(size / 3), size])) {
    const proof = await consistencyProof(first, size, read, sha256);
    expect(proof.ok && proof.value.map((one) => Buffer.from(one))).toEqual(consistencyPath(first, hashes));
  }
});

test("C2SP: the same reader refuses our folder once a signature, an entry or a tile was changed", async () => {
  const { root, log, witnesses, read } = await publishedFolder(300);
  const note = readFileSync(join(root, "log/checkpoint"), "utf8");
  const vkeys = [
    verifierKeyOf(log.key, noteTypes.ed25519, sha256),
    ...witnesses.map(({ key }) => verifierKeyOf(key, noteTypes.cosignature, sha256)),
  ];
  for (const vkey of vkeys) {
    expect(() => verifyNote(note.replace("\n300\n", "\n299\n"), parseVkey(vkey))).toThrow("did not sign");
  }
  const hashes = (await readEntries(300n, read)).map(leafHashOf);
  const tile = join(root, "log/tile/1/000.p/1");
  writeFileSync(
    tile,
    readFileSync(tile).map((byte, i) => (i === 7 ? byte ^ 1 : byte)),
  );
  await expect(checkTiles(hashes, read)).rejects.toThrow("tile 1/0 differs at 0");
});

test("C2SP tlog-tiles: the document's own examples of paths and of trees of 70,000 and 256 leaves", () => {
  expect(pathOf("0", 1_234_067n, 256)).toBe("tile/0/x001/x234/067");
  const widths = (size: bigint) =>
    tilesOf(size).flatMap(({ level, width }) => (width < 256 || level > 0 ? [[level, width]] : []));
  expect(tilesOf(70_000n).filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273);
  expect(widths(70_000n)).toEqual([
    [0, 112],
    [1, 256],
    [1, 17],
    [2, 1],
  ]);
  expect(widths(256n)).toEqual([[1, 1]]);
});

// The published example of Go's note package, from which signed-note was written.
const example = {
  vkey: "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  note:
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
};

test("C2SP signed-note: the published note of Go's package and its verifier key are read alike by both", async () => {
  expect(verifyNote(example.note, parseVkey(example.vkey))).toBeNull();
  const key = readVerifierKey(example.vkey, noteTypes.ed25519, sha256);
  expect(key && verifierKeyOf(key, noteTypes.ed25519, sha256)).toBe(example.vkey);
  const note = readNote(example.note);
  const signature = note?.signatures[0]?.value.slice(4) ?? new Uint8Array();
  expect(await verifyEd25519(key?.publicKey ?? new Uint8Array(), new TextEncoder().encode(note?.body), signature)).toBe(
    true,
  );
  expect(readVerifierKey(example.vkey, noteTypes.cosignature, sha256)).toBeNull();
  expect(readVerifierKey(example.vkey.replace("c74f20a3", "c74f20a4"), noteTypes.ed25519, sha256)).toBeNull();
});

// tlog-cosignature "Format", and the time that the document then shows as the signed one.
const documented = [
  "example.com/behind-the-sofa",
  "20852163",
  "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
  "",
  "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=",
  "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==",
  "",
].join("\n");

test("C2SP tlog-cosignature: the document's example is read: one log, one witness, time 1679315147", () => {
  const note = readNote(documented);
  expect(note?.signatures.map(({ name, value }) => [name, value.length])).toEqual([
    ["example.com/behind-the-sofa", 4 + 64],
    ["witness.example.com/w1", 4 + 8 + 64],
  ]);
  expect(Buffer.from(note?.signatures[1]?.value ?? []).readBigUInt64BE(4)).toBe(1_679_315_147n);
});

test("C2SP tlog-cosignature: a cosignature of another note, time or name is wrong; one of a stranger is not looked at", async () => {
  const { root, witnesses } = await publishedFolder(5);
  const note = readFileSync(join(root, "log/checkpoint"), "utf8");
  const [first, second] = witnesses.map(({ key }) => key);
  if (first === undefined || second === undefined) throw new Error("two witnesses were made");
  const judge = (text: string, keys = [first, second]) => judgeCosignatures(text, keys, ports);
  const both = await judge(note);
  expect(both).toMatchObject({ wrong: [], valid: [{ witness: first.name, at: "2023-03-20T12:25:47Z" }, {}] });
  expect(await judge(note, [second])).toMatchObject({ wrong: [], valid: [{ witness: second.name }] });
  expect((await judge(note.replace("\n5\n", "\n6\n"))).wrong).toEqual([first.name, second.name]);
  const cut = note.replace(/— witness.example\/w1 (.*)\n/, (_, value: string) => {
    const bytes = Buffer.from(value, "base64");
    bytes.writeBigUInt64BE(1n, 4);
    return `— witness.example/w1 ${bytes.toString("base64")}\n`;
  });
  expect(await judge(cut)).toMatchObject({ wrong: [first.name], valid: [{ witness: second.name }] });
  const stranger = logSigner("witness.example/w1").key;
  expect(await judge(note, [stranger])).toEqual({ wrong: [], valid: [] });
});
