import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../core/kernel.ts";
import { createPrivateFile, makePrivateFolder } from "./durable-files.ts";

/** The online keys, one use each, and the root above their list. None can sign a copy. DESIGN decision 16. */
export type ServiceKeys = {
  /** ES256: the signed code. */
  readonly code: KeyObject;
  /** Ed25519: checkpoints of the log. */
  readonly log: KeyObject;
  /** Ed25519: the status list. */
  readonly status: KeyObject;
  /**
   * Ed25519: signs the key list. In production it is offline; a development store has it in `<data>/keys/root.pem`,
   * beside what it vouches for, and so vouches for nothing.
   */
  readonly root: KeyObject;
};

export type ServiceKeyName = keyof ServiceKeys;
export type ServiceKeyFailure = {
  readonly code: "service_key_missing" | "service_key_unusable";
  readonly key: ServiceKeyName;
  readonly file: string;
};

const makers: Record<ServiceKeyName, () => KeyObject> = {
  code: () => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
  log: () => generateKeyPairSync("ed25519").privateKey,
  status: () => generateKeyPairSync("ed25519").privateKey,
  root: () => generateKeyPairSync("ed25519").privateKey,
};

/**
 * Makes the keys that are not there yet under `<data>/keys` and gives all four. For a store that is being born: what a
 * killed first start left is completed, what stands is kept. A store with a past must use {@link loadServiceKeys}: a
 * lost log key made anew would be a second log.
 */
export function newServiceKeys(dataFolder: string): Result<ServiceKeys, ServiceKeyFailure> {
  makePrivateFolder(keysFolder(dataFolder));
  for (const name of ["root", "code", "log", "status"] as const) {
    createPrivateFile(keyFile(dataFolder, name), makers[name]().export({ type: "pkcs8", format: "pem" }).toString());
  }
  return loadServiceKeys(dataFolder);
}

/**
 * @returns `service_key_missing` for a file that cannot be read, `service_key_unusable` for one that holds no private
 * key of the right kind
 */
export function loadServiceKeys(dataFolder: string): Result<ServiceKeys, ServiceKeyFailure> {
  const code = loadKey(dataFolder, "code");
  if (!code.ok) return code;
  const log = loadKey(dataFolder, "log");
  if (!log.ok) return log;
  const status = loadKey(dataFolder, "status");
  if (!status.ok) return status;
  const root = loadKey(dataFolder, "root");
  if (!root.ok) return root;
  return ok({ code: code.value, log: log.value, status: status.value, root: root.value });
}

function loadKey(dataFolder: string, name: ServiceKeyName): Result<KeyObject, ServiceKeyFailure> {
  const file = keyFile(dataFolder, name);
  const pem = readOrNull(file);
  if (pem === null) return fail({ code: "service_key_missing", key: name, file });
  const key = parseOrNull(pem);
  if (key === null || !fits(name, key)) return fail({ code: "service_key_unusable", key: name, file });
  return ok(key);
}

function fits(name: ServiceKeyName, key: KeyObject): boolean {
  if (name !== "code") return key.asymmetricKeyType === "ed25519";
  return key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1";
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function parseOrNull(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

const keysFolder = (dataFolder: string): string => join(dataFolder, "keys");
const keyFile = (dataFolder: string, name: ServiceKeyName): string => join(keysFolder(dataFolder), `${name}.pem`);
