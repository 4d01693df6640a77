import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Bytes } from "../../src/core/kernel.ts";
import { openCheckpoint } from "../../src/core/log/checkpoint.ts";
import { leafHash, treeHash, verifyInclusion } from "../../src/core/log/merkle.ts";
import { decodeEntries } from "../../src/core/log/tiles.ts";
import { publicFolder } from "../../src/publish/folder.ts";
import { isPublicPath, type PublicFiles } from "../../src/publish/public-files.ts";
import { proveLeaf, publishLog } from "../../src/publish/publisher.ts";
import { agreesWithPublished } from "../../src/publish/standing-log.ts";
import { logMemory, logSigner, memoryFiles, sha256, someLeaves } from "./memory-files.ts";

const from = (leaves: readonly Bytes[]) => async (index: number) => leaves.slice(index);
const signer = logSigner();
const signsIt = (n: number) => someLeaves(n);

/** Reads a log as a stranger would: every entry, every hash, the root, from the files alone. */
async function checkLog(files: PublicFiles): Promise<number> {
  const note = new TextDecoder().decode((await files.read("log/checkpoint")) ?? new Uint8Array());
  const checkpoint = await openCheckpoint(note, signer.key, signer.verify, sha256);
  if (!checkpoint.ok) throw new Error(checkpoint.failure.code);
  const { size, root } = checkpoint.value;
  const leaves: Bytes[] = [];
  for (let n = 0; n * 256 < size; n++) {
    const width = Math.min(256, size - n * 256);
    const bundle = await files.read(`log/tile/entries/00${n}${width < 256 ? `.p/${width}` : ""}`);
    const entries = decodeEntries(bundle ?? new Uint8Array());
    if (entries.ok) leaves.push(...entries.value);
  }
  expect(
    treeHash(
      leaves.map((leaf) => leafHash(leaf, sha256)),
      sha256,
    ),
  ).toEqual(root);
  const log = { size, root, checkpoint: note };
  for (const [index, leaf] of [...leaves.entries()].filter(([i]) => i % 29 === 0 || i === size - 1)) {
    const proof = await proveLeaf(files, log, leaf, index, sha256);
    if (!proof.ok) throw new Error(proof.failure.path);
    const claim = { index, size, leaf: leafHash(leaf, sha256), proof: proof.value.inclusion, root };
    expect(verifyInclusion(claim, sha256)).toBe(true);
  }
  return leaves.length;
}

test("DESIGN decision 7: entries, then tiles, then the checkpoint; a second call with nothing new writes nothing", async () => {
  const files = memoryFiles();
  await publishLog(files, from(signsIt(300)), signer, logMemory());
  expect(files.writes).toEqual([
    "log/tile/entries/000",
    "log/tile/entries/001.p/44",
    "log/tile/0/000",
    "log/tile/0/001.p/44",
    "log/tile/1/000.p/1",
    "log/checkpoint",
  ]);
  const again = await publishLog(files, from(signsIt(300)), signer, logMemory());
  expect(again.ok && again.value.size).toBe(300);
  expect(files.writes).toHaveLength(6);
  expect(await checkLog(files)).toBe(300);
});

test("an empty log has a checkpoint of size 0 with the hash of nothing", async () => {
  const files = memoryFiles();
  const published = await publishLog(files, from([]), signer, logMemory());
  expect(published.ok && published.value.size).toBe(0);
  expect(published.ok && published.value.root).toEqual(sha256(new Uint8Array()));
});

const faults = Array.from({ length: 6 }, (_, breakAt) => [false, true].map((after) => ({ breakAt, after }))).flat();

test.each(
  faults,
)("STYLE C9: publishing that breaks at write $breakAt (after taking effect: $after) leaves a sound log and a harmless retry", async (fault) => {
  const calm = memoryFiles();
  await publishLog(calm, from(signsIt(250)), signer, logMemory());
  const broken = memoryFiles(calm.stored, fault);
  await expect(publishLog(broken, from(signsIt(300)), signer, logMemory())).rejects.toThrow();
  const committed = fault.breakAt === 5 && fault.after;
  expect(await checkLog(calm)).toBe(committed ? 300 : 250);
  // more leaves arrived before the retry: partial tiles of the broken attempt are left behind, not trusted
  const retried = await publishLog(calm, from(signsIt(310)), signer, logMemory());
  expect(retried.ok).toBe(true);
  expect(await checkLog(calm)).toBe(310);
});

test("DESIGN decision 7: a store from an old backup never signs a second history", async () => {
  const files = memoryFiles();
  await publishLog(files, from(signsIt(300)), signer, logMemory());
  const before = new Map(files.stored);
  const refused = { ok: false, failure: { code: "log_ahead", publishedSize: 300 } };
  expect(await publishLog(files, from(signsIt(280)), signer, logMemory())).toEqual(refused);
  const forked = [...signsIt(280), ...someLeaves(40, 1)];
  expect(await publishLog(files, from(forked), signer, logMemory())).toEqual(refused);
  expect(files.stored).toEqual(before);
});

test.each([256, 512])("a fork behind a full bundle of %i leaves is caught too", async (size) => {
  const files = memoryFiles();
  await publishLog(files, from(signsIt(size)), signer, logMemory());
  const forked = [...signsIt(size - 1), ...someLeaves(9, 1)];
  const refused = await publishLog(files, from(forked), signer, logMemory());
  expect(refused).toEqual({ ok: false, failure: { code: "log_ahead", publishedSize: size } });
});

test("the check at start finds a difference in any old leaf; publishing in small parts agrees", async () => {
  const files = memoryFiles();
  const leaves = signsIt(600);
  const inParts = async (index: number) => leaves.slice(index, index + 37);
  expect(await publishLog(files, inParts, signer, logMemory())).toMatchObject({ ok: true, value: { size: 600 } });
  expect(await checkLog(files)).toBe(600);
  expect(await agreesWithPublished(files, inParts, signer, logMemory())).toEqual({ ok: true, value: { size: 600 } });
  const changed = leaves.with(3, new Uint8Array([9]));
  expect(await agreesWithPublished(files, from(changed), signer, logMemory())).toMatchObject({
    failure: { code: "log_ahead" },
  });
});

test("a checkpoint by another key, or tiles that do not lead to it, stop publishing", async () => {
  const files = memoryFiles();
  await publishLog(files, from(signsIt(5)), signer, logMemory());
  const stranger = logSigner();
  expect(await publishLog(files, from(signsIt(6)), stranger, logMemory())).toMatchObject({
    failure: { code: "checkpoint_not_signed_by_log" },
  });
  files.stored.set("log/tile/0/000.p/5", new Uint8Array(5 * 32));
  expect(await publishLog(files, from(signsIt(6)), signer, logMemory())).toMatchObject({
    failure: { code: "tiles_disagree" },
  });
});

test("the folder keeps what it was given, leaves no half files, and never leaves its root", async () => {
  const root = mkdtempSync(join(tmpdir(), "public-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const files = publicFolder(root);
  await publishLog(files, from(signsIt(300)), signer, logMemory());
  await publishLog(files, from(signsIt(301)), signer, logMemory());
  expect(await checkLog(files)).toBe(301);
  const names = readdirSync(root, { recursive: true }).map(String);
  expect(names.filter((name) => name.includes("half"))).toEqual([]);
  expect(readFileSync(join(root, "log/checkpoint"), "utf8")).toContain("\n301\n");
  expect(await files.read("../../etc/passwd")).toBeNull();
  await expect(files.write("log/../../x", new Uint8Array())).rejects.toThrow(RangeError);
});

test.each([
  ["log/checkpoint", true],
  ["keys", true],
  ["log/tile/0/x001/234.p/255", true],
  ["log/tile/entries/000", true],
  ["log/tile/64/000", false],
  ["log/tile/0/000.p/256", false],
  ["log/tile/0/000.p/0", false],
  ["log/tile/0/1234", false],
  ["record/../keys", false],
  [`record/${"A".repeat(64)}`, false],
  [`successor/${"a".repeat(64)}`, true],
  ["successor/../keys", false],
])("the public layout: %s is %s", (path, isPublic) => {
  expect(isPublicPath(path)).toBe(isPublic);
});
