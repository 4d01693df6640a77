import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Sql } from "postgres";
import { allCredentials } from "../../db/stores/credentials.ts";
import { type Bytes, equalBytes, type Hash, type Instant, ok, type Result, utf8 } from "../core/kernel.ts";
import {
  type KeyList,
  type KeyListFailure,
  type ListedAgency,
  type ListedAnchor,
  makeKeyList,
  type ServiceKey,
  sameList,
  serviceKeyId,
  verifyKeyList,
} from "../core/key-list.ts";
import type { ListedWitnesses } from "../core/listed-witnesses.ts";
import type { NoteKey } from "../core/log/note.ts";
import { ed25519Signer, rawPublicKey, verifyEd25519 } from "../publish/node-keys.ts";
import { keyListPath, type PublicFiles } from "../publish/public-files.ts";
import type { ServiceKeys } from "../roof/service-keys.ts";

/** What verifiers are told beforehand, and the root that vouches for it. */
export type Trust = { readonly keyList: KeyList; readonly rootPublicKey: Bytes };

/** Production: the list as the offline root signed it, published unchanged. */
export async function readTrust(
  file: string,
  rootKeyBase64: string,
  files: PublicFiles,
  sha256: Hash,
): Promise<Result<Trust, KeyListFailure>> {
  const rootPublicKey = new Uint8Array(Buffer.from(rootKeyBase64, "base64"));
  const envelope = await readFile(file, "utf8");
  const list = await verifyKeyList(envelope, rootPublicKey, { sha256, verifyEd25519 });
  if (!list.ok) return list;
  await files.write(keyListPath, utf8(envelope));
  return ok({ keyList: list.value, rootPublicKey });
}

export type DevelopmentTrust = {
  readonly sql: Sql;
  readonly files: PublicFiles;
  readonly keys: { readonly online: ServiceKeys; readonly root: KeyObject };
  readonly anchors: readonly ListedAnchor[];
  /** Who is to cosign the log; none where `keys` is empty. */
  readonly witnesses: { readonly quorum: number; readonly keys: readonly NoteKey[] };
  readonly now: Instant;
  readonly sha256: Hash;
};

const logOrigin = "chungthuc.invalid/development";

/** Development: the root is at hand, so the list is made from what is registered; a new sequence only where it changed. */
export async function makeTrust(world: DevelopmentTrust): Promise<Result<Trust, KeyListFailure>> {
  const rootPublicKey = rawPublicKey(world.keys.root);
  const published = await publishedList(world, rootPublicKey);
  const sequence = (published?.sequence ?? 0) + 1;
  const keys = serviceKeysListed(world, published);
  const agencies = await agenciesListed(world.sql);
  const witnesses = witnessesListed(world, published);
  const known = { logOrigin, keys, agencies, anchors: world.anchors, ...(witnesses !== null && { witnesses }) };
  const list: KeyList = { sequence, issuedAt: world.now, ...known };
  const { issuedAt } = list;
  if (published !== null && sameList({ ...published, sequence, issuedAt }, list))
    return ok({ keyList: published, rootPublicKey });
  const root = { publicKey: rootPublicKey, sign: ed25519Signer(world.keys.root) };
  const envelope = await makeKeyList(list, root, world.sha256);
  const checked = await verifyKeyList(envelope, rootPublicKey, { sha256: world.sha256, verifyEd25519 });
  if (!checked.ok) return checked;
  await world.files.write(keyListPath, utf8(envelope));
  return ok({ keyList: checked.value, rootPublicKey });
}

async function publishedList(world: DevelopmentTrust, rootPublicKey: Bytes): Promise<KeyList | null> {
  const bytes = await world.files.read(keyListPath);
  if (bytes === null) return null;
  const ports = { sha256: world.sha256, verifyEd25519 };
  const list = await verifyKeyList(new TextDecoder().decode(bytes), rootPublicKey, ports);
  return list.ok ? list.value : null;
}

function serviceKeysListed({ keys, now, sha256 }: DevelopmentTrust, published: KeyList | null): ServiceKey[] {
  return (["code", "log", "status", "credential"] as const).flatMap((use) => {
    const key = keys.online[use];
    if (key === null) return [];
    const publicKey = rawPublicKey(key);
    const id = serviceKeyId(publicKey, sha256);
    const from = published?.keys.find((key) => key.id === id && key.use === use)?.from ?? now;
    const algorithm = key.asymmetricKeyType === "ec" ? "ES256" : "Ed25519";
    return [{ id, use, algorithm, publicKey, from, to: null }];
  });
}

function witnessesListed({ witnesses, now }: DevelopmentTrust, published: KeyList | null): ListedWitnesses | null {
  if (witnesses.keys.length === 0) return null;
  const before = published?.witnesses?.keys ?? [];
  const since = ({ name, publicKey }: NoteKey) =>
    before.find((key) => key.name === name && equalBytes(key.publicKey, publicKey))?.from ?? now;
  const keys = witnesses.keys.map((key) => ({ ...key, from: since(key), to: null }));
  return { quorum: witnesses.quorum, keys };
}

export async function agenciesListed(sql: Sql): Promise<ListedAgency[]> {
  const agencies = new Map<string, ListedAgency>();
  for (const { agencyId, agencyName, sha256, role, validFrom: from, validTo: to } of await allCredentials(sql)) {
    const before = agencies.get(agencyId)?.certificates ?? [];
    agencies.set(agencyId, { agencyId, agencyName, certificates: [...before, { sha256, role, from, to }] });
  }
  return [...agencies.values()];
}
