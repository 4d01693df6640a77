import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, ok, type Result } from "../core/kernel.ts";
import { createPrivateFile, makePrivateFolder } from "./durable-files.ts";

/** The online keys, each with one use; none can sign a copy. DESIGN decision 16. */
export type ServiceKeys = {
  /** ES256: the signed code. */
  readonly code: KeyObject;
  /** Ed25519: checkpoints of the log. */
  readonly log: KeyObject;
  /** Ed25519: the status list. */
  readonly status: KeyObject;
  /** ES256: the fields of a pulled copy. Null in a store without that key: it gives copies without them. */
  readonly credential: KeyObject | null;
};

/** `root` signs the key list: offline in production, beside what it vouches for in a development store. */
export type ServiceKeyName = keyof ServiceKeys | "root";
export type ServiceKeyFailure = {
  readonly code: "service_key_missing" | "service_key_unusable";
  readonly key: ServiceKeyName;
  readonly file: string;
};

const makers: Record<ServiceKeyName, () => KeyObject> = {
  code: () => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
  log: () => generateKeyPairSync("ed25519").privateKey,
  status: () => generateKeyPairSync("ed25519").privateKey,
  credential: () => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
  root: () => generateKeyPairSync("ed25519").privateKey,
};

/**
 * Makes the keys that are not there yet. For a development store that is being born: what a killed first start left is
 * completed, what stands is kept. A store with a past must only load: a lost log key made anew would fork the log.
 */
export function makeServiceKeys(folder: string): void {
  makePrivateFolder(folder);
  for (const name of ["root", "code", "log", "status", "credential"] as const) {
    createPrivateFile(keyFile(folder, name), makers[name]().export({ type: "pkcs8", format: "pem" }).toString());
  }
}

/**
 * @returns `service_key_missing` for a file that cannot be read, `service_key_unusable` for one that holds no private
 * key of the right kind
 */
export function loadServiceKeys(folder: string): Result<ServiceKeys, ServiceKeyFailure> {
  const code = loadServiceKey(folder, "code");
  if (!code.ok) return code;
  const log = loadServiceKey(folder, "log");
  if (!log.ok) return log;
  const status = loadServiceKey(folder, "status");
  if (!status.ok) return status;
  const credential = loadServiceKey(folder, "credential");
  if (!credential.ok && credential.failure.code !== "service_key_missing") return credential;
  const keys = { code: code.value, log: log.value, status: status.value };
  return ok({ ...keys, credential: credential.ok ? credential.value : null });
}

export function loadServiceKey(folder: string, name: ServiceKeyName): Result<KeyObject, ServiceKeyFailure> {
  const file = keyFile(folder, name);
  const pem = readOrNull(file);
  if (pem === null) return fail({ code: "service_key_missing", key: name, file });
  const key = parseOrNull(pem);
  if (key === null || !fits(name, key)) return fail({ code: "service_key_unusable", key: name, file });
  return ok(key);
}

function fits(name: ServiceKeyName, key: KeyObject): boolean {
  if (name !== "code" && name !== "credential") return key.asymmetricKeyType === "ed25519";
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

const keyFile = (folder: string, name: ServiceKeyName): string => join(folder, `${name}.pem`);
