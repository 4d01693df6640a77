import { createHash, generateKeyPairSync, webcrypto } from "node:crypto";
import { deflateSync } from "node:zlib";
import { type Bytes, type Instant, type LocalDate, type Sha256, utf8 } from "../../src/core/kernel.ts";
import { type KeyList, makeKeyList, serviceKeyId } from "../../src/core/key-list.ts";
import { commitmentOf, encodeLeaf } from "../../src/core/log/leaf.ts";
import { type CopyRecord, makeRecord, type RecordFacts, sealRecord } from "../../src/core/record.ts";
import { type Subtle, webCipher } from "../../src/core/record-cipher.ts";
import { type ListedStatus, makeStatusToken, packStatuses } from "../../src/core/status/status-list.ts";
import { recordName, type VerificationCode, verificationCodeOf } from "../../src/core/verification-code.ts";
import { ed25519Signer, es256Signer, rawPublicKey } from "../../src/publish/node-keys.ts";
import { proveLeaf, publishLog, publishRecord } from "../../src/publish/publisher.ts";
import { logMemory, logSigner, type MemoryFiles, memoryFiles, sha256, someLeaves } from "../log/memory-files.ts";

export const cipher = webCipher(
  webcrypto.subtle as unknown as Subtle,
  (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest()),
);
export const origin = "chungthuc.example/nhat-ky";
export const code: VerificationCode = verificationCodeOf(new Uint8Array(16).map((_, i) => 200 - 7 * i));
export const pdf: Bytes = utf8("%PDF-1.7 not a real one");

const hexDigest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex") as Sha256;

export const facts: RecordFacts = {
  status: "issued",
  decision: null,
  paper: {
    code: "BTN",
    kind: "Bằng tốt nghiệp trung học phổ thông",
    numberMasked: "••••••431",
    issuedOn: "2019-06-30" as LocalDate,
    issuedBy: "Sở Giáo dục và Đào tạo tỉnh Phong Lâm (hư cấu)",
  },
  holderInitials: "N.T.Á.",
  agency: { id: "H99.101", name: "UBND xã An Hòa Trung (hư cấu)" },
  signer: { name: "Trần Minh Khôi (hư cấu)", title: "Phó Chủ tịch" },
  sealedAt: "2026-11-22T03:15:30Z" as Instant,
  number: 17,
  book: { id: "h99-101-2026-1", text: "01/2026-SCTĐT/BS" },
  pageCount: 2,
  identity: { digest: hexDigest(pdf), lengthBytes: pdf.length },
  salt: new Uint8Array(32).fill(9),
  statusIndex: 16,
  development: true,
};

/** The keys of a made-up service, its key list signed by a made-up root. */
export function serviceKeys() {
  const root = generateKeyPairSync("ed25519").privateKey;
  const codeKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const log = logSigner(origin);
  const statusKey = generateKeyPairSync("ed25519").privateKey;
  const statusPublic = rawPublicKey(statusKey);
  const statusId = serviceKeyId(statusPublic, sha256);
  const term = { from: "2026-01-01T00:00:00Z" as Instant, to: null };
  const codePublic = rawPublicKey(codeKey);
  const list: KeyList = {
    sequence: 3,
    issuedAt: "2026-11-01T00:00:00Z" as Instant,
    logOrigin: origin,
    keys: [
      {
        id: serviceKeyId(log.key.publicKey, sha256),
        use: "log",
        algorithm: "Ed25519",
        publicKey: log.key.publicKey,
        ...term,
      },
      { id: serviceKeyId(codePublic, sha256), use: "code", algorithm: "ES256", publicKey: codePublic, ...term },
      { id: statusId, use: "status", algorithm: "Ed25519", publicKey: statusPublic, ...term },
    ],
    agencies: [
      {
        agencyId: facts.agency.id,
        agencyName: facts.agency.name,
        certificates: [{ sha256: hexDigest(utf8("a certificate")), role: "agency_seal", ...term }],
      },
    ],
    anchors: [{ purpose: "timestamp", certificate: new Uint8Array(40).fill(3) }],
  };
  const rootKey = { publicKey: rawPublicKey(root), sign: ed25519Signer(root) };
  const codeSigner = { id: serviceKeyId(codePublic, sha256), sign: es256Signer(codeKey) };
  const status = { id: statusId, sign: ed25519Signer(statusKey) };
  return { root: rootKey, log, code: codeSigner, status, list };
}

/** A status list of one file in which every index below 100 is valid but these. */
export async function publishStatuses(
  files: Pick<MemoryFiles, "write">,
  { status }: Pick<ReturnType<typeof serviceKeys>, "status">,
  asOf: Instant,
  exceptions: readonly (readonly [number, ListedStatus])[] = [],
  issuer = "https://chungthuc.example",
): Promise<void> {
  const compressed = new Uint8Array(deflateSync(packStatuses({ file: 0, allocated: 100, exceptions })));
  const token = { issuer, file: 0, asOf, validSeconds: 86_400, compressed };
  await files.write("status/0", utf8(await makeStatusToken(token, status)));
}

export type Sample = ReturnType<typeof serviceKeys> & { readonly files: MemoryFiles; readonly record: CopyRecord };

/** One copy, published whole: log of 40 leaves, record, key list. */
export async function publishedSample(changed: Partial<RecordFacts> = {}): Promise<Sample> {
  const keys = serviceKeys();
  const files = memoryFiles();
  const told = { ...facts, ...changed };
  const digest = new Uint8Array(Buffer.from(facts.identity.digest, "hex"));
  const leaf = encodeLeaf({
    event: "issued",
    agencyId: facts.agency.id,
    bookId: facts.book.id,
    number: facts.number,
    time: facts.sealedAt,
    commitment: commitmentOf(facts.salt, digest, facts.identity.lengthBytes, sha256),
  });
  const leaves = someLeaves(40).with(21, leaf);
  const log = await publishLog(files, async (index) => leaves.slice(index), keys.log, logMemory());
  if (!log.ok) throw new Error(log.failure.code);
  const proof = await proveLeaf(files, log.value, leaf, 21, sha256);
  if (!proof.ok) throw new Error(proof.failure.code);
  const record = makeRecord(told, proof.value);
  if (!record.ok) throw new Error(record.failure.code);
  await publish(files, record.value);
  await files.write("keys", utf8(await makeKeyList(keys.list, keys.root, sha256)));
  return { ...keys, files, record: record.value };
}

export async function publish(files: MemoryFiles, record: CopyRecord): Promise<void> {
  const sealed = await sealRecord(code, record, cipher, new Uint8Array(webcrypto.getRandomValues(new Uint8Array(12))));
  await publishRecord(files, recordName(code, sha256), sealed);
}
