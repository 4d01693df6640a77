import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Bytes } from "../core/kernel.ts";
import type { SignEd25519, VerifyEd25519 } from "../core/log/checkpoint.ts";
import type { SignEs256, VerifyEs256 } from "../core/signed-code.ts";

// RFC 8410 §4 and RFC 5480 §2: a SubjectPublicKeyInfo of each kind is this head and the key itself
const ed25519Head = Buffer.from("302a300506032b6570032100", "hex");
const p256Head = Buffer.from("3059301306072a8648ce3d020106082a8648ce3d030107034200", "hex");

/** @param key private, Ed25519 */
export const ed25519Signer =
  (key: KeyObject): SignEd25519 =>
  async (message) =>
    new Uint8Array(sign(null, message, key));

/** @param key private, EC P-256 */
export const es256Signer =
  (key: KeyObject): SignEs256 =>
  async (message) =>
    new Uint8Array(sign("sha256", message, { key, dsaEncoding: "ieee-p1363" }));

/** The public half as key lists carry it: 32 bytes of Ed25519 or 65 of P-256. */
export function rawPublicKey(key: KeyObject): Bytes {
  const der = (key.type === "private" ? createPublicKey(key) : key).export({ type: "spki", format: "der" });
  const head = key.asymmetricKeyType === "ed25519" ? ed25519Head : p256Head;
  return new Uint8Array(der.subarray(head.length));
}

export const verifyEd25519: VerifyEd25519 = async (publicKey, message, signature) =>
  holds(ed25519Head, publicKey, (key) => verify(null, message, key, signature));

export const verifyEs256: VerifyEs256 = async (publicKey, message, signature) =>
  holds(p256Head, publicKey, (key) => verify("sha256", message, { key, dsaEncoding: "ieee-p1363" }, signature));

function holds(head: Buffer, publicKey: Bytes, check: (key: KeyObject) => boolean): boolean {
  try {
    return check(loaded(Buffer.concat([head, publicKey])));
  } catch {
    return false; // not a point of the curve: no signature fits it
  }
}

// Loading a key takes as long as verifying by it, and the log, its witnesses and the status list have few.
const loadedKeys = new Map<string, KeyObject>();
const mostLoadedKeys = 64;

function loaded(der: Buffer): KeyObject {
  const name = der.toString("latin1");
  const known = loadedKeys.get(name);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: der, type: "spki", format: "der" });
  if (loadedKeys.size >= mostLoadedKeys) loadedKeys.clear();
  loadedKeys.set(name, key);
  return key;
}
