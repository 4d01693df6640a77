import { createHash } from "node:crypto";
import { examinePdf } from "../../signing/examine/examine.ts";
import { identityOf } from "../../signing/examine/identity.ts";
import { type Bytes, type Sha256, utf8 } from "../../src/core/kernel.ts";
import { makeKeyList } from "../../src/core/key-list.ts";
import { commitmentOf, encodeLeaf } from "../../src/core/log/leaf.ts";
import { makeRecord } from "../../src/core/record.ts";
import { nodePrimitives } from "../../src/primitives-node.ts";
import { proveLeaf, publishLog } from "../../src/publish/publisher.ts";
import { logMemory, memoryFiles, sha256, someLeaves } from "../log/memory-files.ts";
import { now, type SealedCopy, value } from "../signing/examine/sealed-copy.ts";
import { facts, publish, publishStatuses, type serviceKeys } from "../verification/sample.ts";

const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex") as Sha256;

/** Where its leaf stands in the log of 40. */
export const leafIndex = 5;

export async function identity(copy: SealedCopy) {
  const examination = await examinePdf(copy.sealed, copy.options, nodePrimitives);
  return value(identityOf(copy.sealed, examination, nodePrimitives));
}

export function leafOf({ sha256: digest, lengthBytes }: { sha256: Sha256; lengthBytes: number }): Bytes {
  const commitment = commitmentOf(facts.salt, new Uint8Array(Buffer.from(digest, "hex")), lengthBytes, sha256);
  const { agency, book, number, sealedAt: time } = facts;
  return encodeLeaf({ event: "issued", agencyId: agency.id, bookId: book.id, number, time, commitment });
}

/** A sealed copy with all that a door without a server needs: log, record, key list, status list. */
export async function publishedCopy(copy: SealedCopy, keys: ReturnType<typeof serviceKeys>) {
  const files = memoryFiles();
  const found = await identity(copy);
  const leaf = leafOf(found);
  const leaves = someLeaves(40).with(leafIndex, leaf);
  const log = value(await publishLog(files, async (from) => leaves.slice(from), keys.log, logMemory()));
  const proof = value(await proveLeaf(files, log, leaf, leafIndex, sha256));
  const told = { ...facts, identity: { digest: found.sha256, lengthBytes: found.lengthBytes } };
  await publish(files, value(makeRecord(told, proof)));
  const term = { from: "2020-01-01T00:00:00Z" as never, to: null };
  const certificates = (["officer", "agency"] as const).map((holder) => ({
    sha256: digestOf(copy.pki.der(holder)),
    role: holder === "officer" ? ("official" as const) : ("agency_seal" as const),
    ...term,
  }));
  const anchors = (["official", "agency_seal", "timestamp"] as const).map((purpose) => ({
    purpose,
    certificate: new Uint8Array(copy.pki.der("root")),
  }));
  const agencies = [{ agencyId: facts.agency.id, agencyName: facts.agency.name, certificates }];
  const list = { ...keys.list, issuedAt: now(), agencies, anchors };
  await files.write("keys", utf8(await makeKeyList(list, keys.root, sha256)));
  await publishStatuses(files, keys, now());
  return files;
}
