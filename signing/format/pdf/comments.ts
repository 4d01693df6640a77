import type { Bytes } from "../../../src/core/kernel.ts";

const [percent, opening, closing, backslash] = [0x25, 0x28, 0x29, 0x5c];

/** Whether a comment stands between the offsets, outside of strings; what lies there is parsed already. ISO 32000-2 §7.2.4. */
export function holdsComment(bytes: Bytes, start: number, end: number): boolean {
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (depth > 0 && byte === backslash) at++;
    else if (byte === opening) depth++;
    else if (byte === closing) depth--;
    else if (byte === percent && depth === 0) return true;
  }
  return false;
}
