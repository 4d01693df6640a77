import { type Bytes, concatBytes, utf8 } from "./kernel.ts";
import { hkdfSha256 } from "./log/hmac.ts";
import type { RecordCipher } from "./record-cipher.ts";
import { bytesOfCode, type VerificationCode } from "./verification-code.ts";

/** A public file that only who has a copy's verification code can read. Each use has keys of its own, by its words. */
export type SealedUse = {
  /** in the key's derivation, RFC 5869: no file of one use opens as another */
  readonly words: "chungthuc record v1" | "chungthuc successor v1";
  readonly maximumBytes: number;
};

const fileVersion = Uint8Array.of(1);
const nonceBytes = 12;
const leastBytes = 1 + nonceBytes + 16; // and one of text
const noSalt = new Uint8Array();

/**
 * @param nonce 12 random bytes, fresh for every sealing: the code's key stays the same when a file is written anew
 * @returns version byte, nonce, AES-256-GCM ciphertext with tag
 */
export async function sealByCode(
  use: SealedUse,
  code: VerificationCode,
  plain: Bytes,
  cipher: RecordCipher,
  nonce: Bytes,
): Promise<Bytes> {
  if (nonce.length !== nonceBytes) throw new RangeError("the nonce of a sealed file is 12 bytes");
  const sealed = await cipher.encrypt(keyOf(use, code, cipher), { nonce, additionalData: fileVersion }, plain);
  return concatBytes(fileVersion, nonce, sealed);
}

/** `malformed`: no such file. `changed`: it does not open with this code. */
export async function openByCode(
  use: SealedUse,
  code: VerificationCode,
  bytes: Bytes,
  cipher: RecordCipher,
): Promise<Bytes | "malformed" | "changed"> {
  const wellFormed = bytes[0] === fileVersion[0] && bytes.length > leastBytes && bytes.length <= use.maximumBytes;
  if (!wellFormed) return "malformed";
  const nonce = bytes.subarray(1, 1 + nonceBytes);
  const sealed = bytes.subarray(1 + nonceBytes);
  const opening = cipher.decrypt(keyOf(use, code, cipher), { nonce, additionalData: fileVersion }, sealed);
  return (opening instanceof Promise ? await opening : opening) ?? "changed";
}

const keyOf = ({ words }: SealedUse, code: VerificationCode, { sha256 }: RecordCipher): Bytes =>
  hkdfSha256(bytesOfCode(code), { salt: noSalt, info: utf8(words) }, sha256);
