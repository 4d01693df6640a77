import { createDecipheriv, createHash, createHmac, hkdfSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decode } from "cborg";

/**
 * From the published files and the code in a link alone, with nothing of ours but the formats' descriptions: opens the
 * record, hashes every entry of the log into a root (RFC 9162 §2.1.1) and looks for the record's leaf in it.
 */
export function recomputeProof(publicFolder: string, code: string) {
  const record = openRecord(publicFolder, bytesOfCode(code));
  const entries = readEntries(publicFolder);
  const root = treeHash(entries.map((entry) => sha256(Buffer.concat([Buffer.from([0]), entry]))));
  const [, size, rootText] = readFileSync(join(publicFolder, "log", "checkpoint"), "utf8").split("\n");
  return {
    leafInTree: entries[record.leafIndex]?.equals(record.leaf) ?? false,
    rootAgrees: Number(size) === entries.length && root.toString("base64") === rootText,
    leafCommitsToCopy: record.commits,
    identity: record.identity,
  };
}

const sha256 = (bytes: Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

function bytesOfCode(code: string): Buffer {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  const value = Array.from(code).reduce((sum, sign) => (sum << 5n) | BigInt(alphabet.indexOf(sign)), 0n);
  return Buffer.from(value.toString(16).padStart(32, "0"), "hex");
}

function openRecord(publicFolder: string, code: Buffer) {
  const name = sha256(Buffer.concat([Buffer.from("name"), code])).toString("hex");
  const file = readFileSync(join(publicFolder, "record", name));
  const key = Buffer.from(hkdfSync("sha256", code, Buffer.alloc(0), "chungthuc record v1", 32));
  const opening = createDecipheriv("aes-256-gcm", key, file.subarray(1, 13)).setAuthTag(file.subarray(-16));
  opening.setAAD(file.subarray(0, 1));
  const plain = Buffer.concat([opening.update(file.subarray(13, -16)), opening.final()]);
  return readRecord(decode(plain, { useMaps: true }) as [number, Fields]);
}

type Fields = Map<string, unknown>;

function readRecord([version, record]: [number, Fields]) {
  if (version !== 1) throw new Error("this reader knows version 1");
  const log = record.get("log") as Fields;
  const identity = record.get("identity") as Fields;
  const leaf = Buffer.from(log.get("leaf") as Uint8Array);
  const digest = String(identity.get("digest"));
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(identity.get("lengthBytes") as number));
  const commitment = createHmac("sha256", record.get("salt") as Uint8Array)
    .update(Buffer.concat([Buffer.from(digest, "hex"), length]))
    .digest();
  const committed = Buffer.from((decode(leaf) as Uint8Array[])[6] ?? []);
  return { leaf, leafIndex: log.get("leafIndex") as number, identity: digest, commits: committed.equals(commitment) };
}

function readEntries(publicFolder: string): Buffer[] {
  const size = Number(readFileSync(join(publicFolder, "log", "checkpoint"), "utf8").split("\n")[1]);
  const partial = size % 256 === 0 ? "" : `.p/${size % 256}`;
  if (size > 256) throw new Error("this reader knows one bundle");
  const bundle = readFileSync(join(publicFolder, "log", "tile", "entries", `000${partial}`));
  const entries: Buffer[] = [];
  for (let at = 0; at < bundle.length; ) {
    const length = bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

function treeHash(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes;
  if (only !== undefined && hashes.length === 1) return only;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return sha256(Buffer.concat([Buffer.from([1]), treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split))]));
}
