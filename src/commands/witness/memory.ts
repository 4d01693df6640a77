import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { takeServiceLock } from "../../../db/postgres/service-lock.ts";
import { type Bytes, fail, ok, type Result } from "../../core/kernel.ts";
import { base64Of, bytesOfBase64 } from "../../core/log/base64.ts";
import { readTreeSize } from "../../core/log/checkpoint.ts";
import { isKeyName } from "../../core/log/note.ts";
import type { SeenTree } from "../../core/log/witnessing.ts";
import { createPrivateFile, makePrivateFolder, replacePrivateFile } from "../../roof/durable-files.ts";

/** What a witness must not forget: its key, its name, and the newest tree of each log that it cosigned. */
export type WitnessMemory = {
  readonly name: string;
  readonly key: KeyObject;
  /** Null before the first. Throws where what was written cannot be read: to go on from nothing could cosign a fork. */
  readonly latest: (origin: string) => SeenTree | null;
  /** On disk on return, before anything is signed: a witness that forgets can be made to cosign two histories. */
  readonly remember: (origin: string, tree: SeenTree) => void;
  /** Keeps a submission that proves a log's misbehaviour; the first hundred. */
  readonly keepEvidence: (request: string) => void;
  readonly appendAlarm: (line: string) => void;
  readonly release: () => void;
};

export type MemoryFailure =
  | { readonly code: "witness_folder_in_use" }
  | { readonly code: "witness_name_missing" | "witness_name_differs" | "witness_name_malformed" }
  /** A witness with a past must not go on with another key or without its past: retire it, begin another. */
  | { readonly code: "witness_key_missing" | "witness_past_missing" | "witness_key_unusable" };

const mostEvidence = 100;

/** @param name of a new witness; null takes the one it was born with */
export function openWitnessMemory(folder: string, name: string | null): Result<WitnessMemory, MemoryFailure> {
  makePrivateFolder(folder);
  const lock = takeServiceLock(folder);
  if (!lock.ok) return fail({ code: "witness_folder_in_use" });
  const opened = open(folder, name);
  if (!opened.ok) lock.value.release();
  return opened.ok ? ok({ ...opened.value, release: () => lock.value.release() }) : opened;
}

/** As tlog-mirror names the folder of a log: SHA-256 of its origin, in hexadecimal digits. */
export const originName = (origin: string): string => createHash("sha256").update(origin).digest("hex");

function open(folder: string, asked: string | null): Result<Omit<WitnessMemory, "release">, MemoryFailure> {
  const [keyFile, nameFile, past] = [join(folder, "key.pem"), join(folder, "name"), join(folder, "cosigned")];
  if (!existsSync(keyFile)) {
    if (existsSync(past)) return fail({ code: "witness_key_missing" });
    if (asked === null) return fail({ code: "witness_name_missing" });
    if (!isKeyName(asked)) return fail({ code: "witness_name_malformed" });
    // the past first, the key last: a killed first run leaves a folder that begins anew
    createPrivateFile(nameFile, `${asked}\n`);
    makePrivateFolder(`${past}.new`);
    createPrivateFile(
      keyFile,
      generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    );
    makePrivateFolder(past);
  }
  if (!existsSync(past)) return fail({ code: "witness_past_missing" });
  const name = readFileSync(nameFile, "utf8").trim();
  if (asked !== null && asked !== name) return fail({ code: "witness_name_differs" });
  const key = readKey(keyFile);
  if (key === null) return fail({ code: "witness_key_unusable" });
  const evidence = join(folder, "evidence");
  makePrivateFolder(evidence);
  const placeOf = (origin: string) => join(past, originName(origin));
  return ok({
    name,
    key,
    latest: (origin) => readTree(placeOf(origin)),
    remember: (origin, tree) => replacePrivateFile(placeOf(origin), treeText(tree)),
    keepEvidence: (request) => {
      if (readdirSync(evidence).length >= mostEvidence) return;
      createPrivateFile(join(evidence, `${createHash("sha256").update(request).digest("hex")}.txt`), request);
    },
    appendAlarm: (line) => appendFileSync(join(folder, "alarms"), `${line}\n`, { mode: 0o600 }),
  });
}

function readKey(file: string): KeyObject | null {
  try {
    const key = createPrivateKey(readFileSync(file, "utf8"));
    return key.asymmetricKeyType === "ed25519" ? key : null;
  } catch {
    return null;
  }
}

const treeText = ({ size, root }: SeenTree): string => `${size}\n${base64Of(root)}\n`;

function readTree(place: string): SeenTree | null {
  if (!existsSync(place)) return null;
  const [sizeText = "", rootText = ""] = readFileSync(place, "utf8").split("\n");
  const size = readTreeSize(sizeText);
  const root: Bytes | null = bytesOfBase64(rootText);
  if (size === null || root?.length !== 32) throw new Error(`what was cosigned cannot be read: ${place}`);
  return { size, root };
}
