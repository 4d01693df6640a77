import { createHash, createPublicKey, verify } from "node:crypto";

// Written from the C2SP documents (signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles) and RFC 6962 §2.1 alone:
// it imports nothing of the product, so what both agree on is what the documents say.

/** Gets a file of the log by its path below the prefix; null where there is none. */
export type Fetch = (path: string) => Promise<Uint8Array | null>;

export const hash = (...parts: readonly Uint8Array[]): Buffer => {
  const digest = createHash("sha256");
  for (const part of parts) digest.update(part);
  return digest.digest();
};

/** signed-note "Verifier keys": name, id and, after its type byte, the key. */
export function parseVkey(vkey: string) {
  const [name = "", id = "", ...rest] = vkey.split("+");
  const material = Buffer.from(rest.join("+"), "base64");
  const [type = -1] = material;
  const expected = hash(Buffer.from(`${name}\n`), material)
    .subarray(0, 4)
    .toString("hex");
  if (expected !== id || material.length !== 33) throw new Error("the verifier key's id is not that of its key");
  const head = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410 §4
  const key = createPublicKey({ key: Buffer.concat([head, material.subarray(1)]), type: "spki", format: "der" });
  return { name, id, type, key };
}

export type Vkey = ReturnType<typeof parseVkey>;

/** signed-note "Format": text with its last line feed, then signature lines after the last empty line. */
export function splitNote(note: string) {
  const at = note.lastIndexOf("\n\n");
  const lines = note.slice(at + 2).split("\n");
  if (at < 0 || lines.pop() !== "") throw new Error("no note");
  const signatures = lines.map((line) => {
    const [dash, name = "", encoded = "", ...more] = line.split(" ");
    if (dash !== "\u2014" || name === "" || more.length > 0) throw new Error("no signature line");
    const bytes = Buffer.from(encoded, "base64");
    return { name, id: bytes.subarray(0, 4).toString("hex"), signature: bytes.subarray(4) };
  });
  return { text: note.slice(0, at + 1), signatures };
}

/** Seconds of a cosignature, null of a plain signature; throws where the key did not sign the note. */
export function verifyNote(note: string, vkey: Vkey): number | null {
  const { text, signatures } = splitNote(note);
  const found = signatures.find(({ name, id }) => name === vkey.name && id === vkey.id);
  if (found === undefined) throw new Error(`no signature by ${vkey.name}`);
  const isCosignature = vkey.type === 4;
  const seconds = isCosignature ? Number(found.signature.readBigUInt64BE(0)) : null;
  const message = isCosignature ? `cosignature/v1\ntime ${seconds}\n${text}` : text;
  const signature = found.signature.subarray(isCosignature ? 8 : 0);
  if (!verify(null, Buffer.from(message), vkey.key, signature)) throw new Error(`${vkey.name} did not sign this`);
  return seconds;
}

/** tlog-checkpoint "Note text". */
export function parseCheckpoint(note: string) {
  const [origin = "", size = "", root = "", ...extensions] = splitNote(note).text.split("\n");
  return { origin, size: BigInt(size), root: Buffer.from(root, "base64"), extensions: extensions.slice(0, -1) };
}

/** tlog-tiles: `<N>` in three-digit elements, all but the last with an x; `.p/<W>` where it is partial. */
export function pathOf(level: string, n: bigint, width: number): string {
  const groups: string[] = [];
  for (let rest = n; groups.length === 0 || rest > 0n; rest /= 1000n) groups.unshift((rest % 1000n).toString());
  const elements = groups.map((group, i) => `${i + 1 < groups.length ? "x" : ""}${group.padStart(3, "0")}`);
  return `tile/${level}/${elements.join("/")}${width === 256 ? "" : `.p/${width}`}`;
}

/** Every hash tile that the document lists for a tree of this size. */
export function tilesOf(size: bigint): { level: number; n: bigint; width: number }[] {
  const tiles: { level: number; n: bigint; width: number }[] = [];
  for (let level = 0, hashes = size; hashes > 0n; level++, hashes /= 256n) {
    for (let n = 0n; n < hashes / 256n; n++) tiles.push({ level, n, width: 256 });
    if (hashes % 256n > 0n) tiles.push({ level, n: hashes / 256n, width: Number(hashes % 256n) });
  }
  return tiles;
}

async function fetchTile(level: string, n: bigint, width: number, fetch: Fetch): Promise<Buffer> {
  const bytes = (await fetch(pathOf(level, n, width))) ?? (await fetch(pathOf(level, n, 256)));
  if (bytes === null) throw new Error(`not served: ${pathOf(level, n, width)}`);
  return Buffer.from(bytes);
}

/** tlog-tiles "Log entries". */
export async function readEntries(size: bigint, fetch: Fetch): Promise<Buffer[]> {
  const entries: Buffer[] = [];
  for (const { n, width } of tilesOf(size).filter(({ level }) => level === 0)) {
    const bundle = await fetchTile("entries", n, width, fetch);
    for (let at = 0, i = 0; i < width; i++) {
      const length = bundle.readUInt16BE(at);
      entries.push(bundle.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return entries;
}

/** RFC 6962 §2.1: MTH over leaf hashes. */
export function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return hash();
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return hash(Buffer.of(1), treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

export const leafHashOf = (entry: Uint8Array): Buffer => hash(Buffer.of(0), entry);

/** tlog-tiles: hash i of tile n at level l is MTH(D[(n * 256 + i) * 256**l : (n * 256 + i + 1) * 256**l]). */
export async function checkTiles(leaves: readonly Buffer[], fetch: Fetch): Promise<number> {
  const tiles = tilesOf(BigInt(leaves.length));
  for (const { level, n, width } of tiles) {
    const tile = await fetchTile(String(level), n, width, fetch);
    for (let i = 0; i < width; i++) {
      const from = (Number(n) * 256 + i) * 256 ** level;
      const expected = treeHash(leaves.slice(from, from + 256 ** level));
      if (!expected.equals(tile.subarray(i * 32, i * 32 + 32))) throw new Error(`tile ${level}/${n} differs at ${i}`);
    }
  }
  return tiles.length;
}

/** RFC 6962 §2.1.1: PATH(m, D[n]), word by word. */
export function auditPath(m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k ? [...auditPath(m, left), treeHash(right)] : [...auditPath(m - k, right), treeHash(left)];
}

/** RFC 6962 §2.1.2: PROOF(m, D[n]), word by word. */
export function consistencyPath(m: number, leaves: readonly Buffer[], isWhole = true): Buffer[] {
  if (m === leaves.length) return isWhole ? [] : [treeHash(leaves)];
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  if (m <= k) return [...consistencyPath(m, left, isWhole), treeHash(right)];
  return [...consistencyPath(m - k, right, false), treeHash(left)];
}
