import {
  type Branded,
  type Bytes,
  concatBytes,
  fail,
  type Hash,
  hexOf,
  ok,
  type Result,
  type Sha256,
  utf8,
} from "./kernel.ts";
import { hkdfSha256 } from "./log/hmac.ts";

/**
 * 128 random bits as 26 lower-case characters of Crockford's base 32, most significant first: the two bits too many are
 * zero, so the first character is 0 to 7. Knowing it opens one public record and nothing else (DESIGN decision 13).
 */
export type VerificationCode = Branded<string, "VerificationCode">;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const codeLength = 26;
const maximumTypedLength = 64;

/** @param random 16 bytes from a cryptographic source */
export function verificationCodeOf(random: Uint8Array): VerificationCode {
  if (random.length !== 16) throw new RangeError("a verification code is 128 bits");
  let rest = BigInt(`0x${hexOf(random)}`);
  let code = "";
  for (let i = 0; i < codeLength; i++, rest >>= 5n) code = alphabet.charAt(Number(rest & 31n)) + code;
  return code as VerificationCode;
}

/**
 * The code of a further copy: from one secret of the line, since a thousand codes are needed at once, yet nobody who knows
 * some of them can tell another. RFC 5869, with the copy in the info.
 *
 * @param secret 32 bytes from a cryptographic source, drawn for this line alone
 * @param copy 2 to 1000
 */
export function furtherCode(secret: Uint8Array, copy: number, sha256: Hash): VerificationCode {
  if (secret.length !== 32) throw new RangeError("the secret of further codes is 256 bits");
  const info = utf8(`chungthuc further copy ${copy}`);
  return verificationCodeOf(hkdfSha256(secret, { salt: new Uint8Array(), info }, sha256).subarray(0, 16));
}

/** As people type it: either case, hyphens and spaces anywhere, O for 0, I and L for 1. */
export function parseVerificationCode(typed: string): Result<VerificationCode, { code: "malformed_code" }> {
  if (typed.length > maximumTypedLength) return fail({ code: "malformed_code" });
  const code = typed.toLowerCase().replace(/[\s-]/g, "").replace(/o/g, "0").replace(/[il]/g, "1");
  return /^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(code) ? ok(code as VerificationCode) : fail({ code: "malformed_code" });
}

/** The 16 bytes behind a code: what keys and names are derived from. */
export function bytesOfCode(code: VerificationCode): Bytes {
  const bytes = new Uint8Array(16);
  let [bits, waiting, written] = [0, -2, 0]; // the two bits too many lead
  for (let i = 0; i < code.length; i++) {
    bits = ((bits << 5) | alphabet.indexOf(code.charAt(i))) & 0xfff;
    waiting += 5;
    if (waiting >= 8) {
      waiting -= 8;
      bytes[written++] = bits >> waiting;
    }
  }
  return bytes;
}

/** File name of the code's record: a list of these names tells no one a code. DESIGN decision 13. */
export function recordName(code: VerificationCode, sha256: Hash): Sha256 {
  return hexOf(sha256(concatBytes(utf8("name"), bytesOfCode(code)))) as Sha256;
}

/** In groups for reading aloud: `7zzz-zzzz-…`. */
export const groupedCode = (code: VerificationCode): string => code.match(/.{1,4}/g)?.join("-") ?? code;
