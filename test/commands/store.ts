import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Bytes, bytesOfHex, type Instant, type Sha256, utf8 } from "../../src/core/kernel.ts";
import { type KeyList, makeKeyList, serviceKeyId } from "../../src/core/key-list.ts";
import { commitmentOf, encodeLeaf } from "../../src/core/log/leaf.ts";
import { makeRecord, sealRecord } from "../../src/core/record.ts";
import { recordName } from "../../src/core/verification-code.ts";
import { publicFolder } from "../../src/publish/folder.ts";
import { nodeCipher } from "../../src/publish/node-cipher.ts";
import { ed25519Signer, rawPublicKey } from "../../src/publish/node-keys.ts";
import { proveLeaf, publishLog, publishRecord } from "../../src/publish/publisher.ts";
import { logMemory, logSigner, sha256 } from "../log/memory-files.ts";
import { now, type SealedCopy, value } from "../signing/examine/sealed-copy.ts";
import { code, facts, publishStatuses } from "../verification/sample.ts";

/** A folder that is gone after the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "commands-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

export type CopyIdentity = { readonly digest: Sha256; readonly lengthBytes: number };

/** The data folder of a development store that issued this copy: root key, key list, log, record. */
export async function storeOf(copy: SealedCopy, identity: CopyIdentity): Promise<string> {
  const folder = scratchFolder();
  const files = publicFolder(join(folder, "public"));
  const log = logSigner();
  const statusKey = generateKeyPairSync("ed25519").privateKey;
  const statusPublic = rawPublicKey(statusKey);
  const status = { id: serviceKeyId(statusPublic, sha256), sign: ed25519Signer(statusKey) };
  await files.write("keys", utf8(await keyListText(copy, log, { id: status.id, publicKey: statusPublic }, folder)));
  await publishStatuses(files, { status }, now());
  const digest = value(digestOf(identity));
  const commitment = commitmentOf(facts.salt, digest, identity.lengthBytes, sha256);
  const { agency, book, number, sealedAt } = facts;
  const leaf = encodeLeaf({
    event: "issued",
    agencyId: agency.id,
    bookId: book.id,
    number,
    time: sealedAt,
    commitment,
  });
  const published = value(await publishLog(files, async (index) => [leaf].slice(index), log, logMemory()));
  const proof = value(await proveLeaf(files, published, leaf, 0, sha256));
  const record = value(makeRecord({ ...facts, identity }, proof));
  const sealed = await sealRecord(code, record, nodeCipher(sha256), new Uint8Array(12));
  await publishRecord(files, recordName(code, sha256), sealed);
  return folder;
}

const digestOf = ({ digest }: CopyIdentity) => {
  const bytes = bytesOfHex(digest);
  return bytes === null ? { ok: false as const, failure: "no digest" } : { ok: true as const, value: bytes };
};

async function keyListText(
  copy: SealedCopy,
  log: ReturnType<typeof logSigner>,
  status: { readonly id: string; readonly publicKey: Bytes },
  folder: string,
): Promise<string> {
  const root = generateKeyPairSync("ed25519").privateKey;
  mkdirSync(join(folder, "keys"));
  writeFileSync(join(folder, "keys", "root.pem"), root.export({ type: "pkcs8", format: "pem" }));
  const { publicKey } = log.key;
  const term = { from: "2026-01-01T00:00:00Z" as Instant, to: null };
  const listed = (name: string, role: "official" | "agency_seal") => {
    const digest = createHash("sha256").update(copy.pki.der(name)).digest("hex");
    return { sha256: digest, role, ...term };
  };
  const certificates = [listed("officer", "official"), listed("agency", "agency_seal")];
  const list: KeyList = {
    sequence: 4,
    issuedAt: term.from,
    logOrigin: log.key.name,
    keys: [
      { id: serviceKeyId(publicKey, sha256), use: "log", algorithm: "Ed25519", publicKey, ...term },
      { ...status, use: "status", algorithm: "Ed25519", ...term },
    ],
    agencies: [{ agencyId: facts.agency.id, agencyName: facts.agency.name, certificates }],
    anchors: copy.options.anchors,
  };
  return makeKeyList(list, { publicKey: rawPublicKey(root), sign: ed25519Signer(root) }, sha256);
}
