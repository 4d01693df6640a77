import { type Instant, instantOfSeconds, parseInstant, secondsOf } from "../../src/core/kernel.ts";
import type { PdfObject } from "../format/pdf/object.ts";

/** Text string, ISO 32000-2 §7.9.2.2: UTF-16BE, UTF-8 by their marks, else read as Latin-1; null for anything else. */
export function textOfString(object: PdfObject): string | null {
  if (object.kind !== "string") return null;
  const [first, second, third] = object.bytes;
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(object.bytes.subarray(2));
  if (first === 0xef && second === 0xbb && third === 0xbf) return new TextDecoder().decode(object.bytes.subarray(3));
  return latin1(object.bytes);
}

/** Date, ISO 32000-2 §7.9.4: `D:20261122101530+07'00'`; null for one without an offset, as it names no instant. */
export function instantOfDate(text: string): Instant | null {
  const parts = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'?00'?)?|([+-])(\d\d)'?(\d\d)'?)$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, sign = "+", hours = "0", minutes = "0"] = parts;
  const local = parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!local.ok) return null;
  const offset = (Number(hours) * 3600 + Number(minutes) * 60) * (sign === "-" ? -1 : 1);
  const utc = parseInstant(instantOfSeconds(secondsOf(local.value) - offset));
  return utc.ok ? utc.value : null;
}

const chunkChars = 8192; // as many arguments as every engine takes

export function latin1(bytes: Uint8Array): string {
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += chunkChars)
    chunks.push(String.fromCharCode(...bytes.subarray(at, at + chunkChars)));
  return chunks.join("");
}
