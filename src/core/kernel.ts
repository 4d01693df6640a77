/** What every floor may use: outcomes, bytes, instants. No npm, no clock, no randomness, no I/O. */

/** Expected outcome as a value. Exceptions are left to bugs and outages. */
export type Result<T, F> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F };
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const fail = <F>(failure: F): Result<never, F> => ({ ok: false, failure });

declare const brand: unique symbol;
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Plain bytes over an ordinary buffer, as WebCrypto and Blob want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** 64 lower-case hexadecimal digits. */
export type Sha256 = Branded<string, "Sha256">;

/** RFC 3339, UTC, whole seconds: `2026-01-31T09:30:00Z`. Text sorts as time does. */
export type Instant = Branded<string, "Instant">;

/** `2026-01-31`, a calendar day in Vietnam (Asia/Ho_Chi_Minh, UTC+7, no summer time). */
export type LocalDate = Branded<string, "LocalDate">;

export function parseSha256(text: string): Result<Sha256, { code: "malformed_sha256" }> {
  return /^[0-9a-f]{64}$/.test(text) ? ok(text as Sha256) : fail({ code: "malformed_sha256" });
}

export function parseInstant(text: string): Result<Instant, { code: "malformed_instant" }> {
  const wellFormed = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text);
  return wellFormed && isRealDay(text.slice(0, 10)) && isRealTime(text.slice(11, 19))
    ? ok(text as Instant)
    : fail({ code: "malformed_instant" });
}

export function parseLocalDate(text: string): Result<LocalDate, { code: "malformed_date" }> {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isRealDay(text) ? ok(text as LocalDate) : fail({ code: "malformed_date" });
}

/** Seconds since 1970-01-01T00:00:00Z. */
export function secondsOf(instant: Instant): number {
  const seconds =
    Number(instant.slice(11, 13)) * 3600 + Number(instant.slice(14, 16)) * 60 + Number(instant.slice(17, 19));
  return daysFromCivil(instant.slice(0, 10)) * 86_400 + seconds;
}

/** @param seconds whole seconds since 1970, years 0000 to 9999 */
export function instantOfSeconds(seconds: number): Instant {
  const day = Math.floor(seconds / 86_400);
  const rest = seconds - day * 86_400;
  const time = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(pad2).join(":");
  return `${civilFromDays(day)}T${time}Z` as Instant;
}

const vietnamOffsetSeconds = 7 * 3600;

/** The day on a Vietnamese wall calendar at that instant. */
export function localDateOf(instant: Instant): LocalDate {
  return instantOfSeconds(secondsOf(instant) + vietnamOffsetSeconds).slice(0, 10) as LocalDate;
}

/** `2026-11-22T10:15:30+07:00`: ISO 8601 with Vietnam's offset, NĐ 30/2020 Appendix I. */
export function localTimeOf(instant: Instant): string {
  const hour = Number(instant.slice(11, 13)) + 7;
  if (hour < 24) return `${instant.slice(0, 11)}${pad2(hour)}${instant.slice(13, 19)}+07:00`; // the same day, mostly
  return `${instantOfSeconds(secondsOf(instant) + vietnamOffsetSeconds).slice(0, 19)}+07:00`;
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hexDigits[byte];
  return text;
}

/** Null for an odd length or anything but hexadecimal digits. */
export function bytesOfHex(hex: string): Bytes | null {
  if (hex.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(hex)) return null;
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (nibbleAt(hex, 2 * i) << 4) | nibbleAt(hex, 2 * i + 1);
  return bytes;
}

/** `0` to `9` are 0x30 on, letters of either case 0x41 or 0x61 on. */
const nibbleAt = (hex: string, at: number): number => {
  const unit = hex.charCodeAt(at);
  return (unit & 15) + (unit > 0x39 ? 9 : 0);
};

export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** For public values only: secrets are compared in constant time at the roof. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false; // a callback for each byte costs ten times as much
  return true;
}

export const utf8 = (text: string): Bytes => encoder.encode(text);

const encoder = new TextEncoder();

/**
 * Synchronous hashing, injected: `crypto.hash` in Node, a pure function in a browser. Same answer everywhere. `into` writes it
 * into bytes that are there, from one on, once all of the input was read, where a runtime can do that without an array of its own.
 */
export type Hash = ((bytes: Uint8Array) => Bytes) & {
  readonly into?: (bytes: Uint8Array, target: Uint8Array, at: number) => void;
};

const pad2 = (n: number) => String(n).padStart(2, "0");

function isRealDay(date: string): boolean {
  return civilFromDays(daysFromCivil(date)) === date;
}

function isRealTime(time: string): boolean {
  return Number(time.slice(0, 2)) < 24 && Number(time.slice(3, 5)) < 60 && Number(time.slice(6, 8)) < 60;
}

// Days and civil dates of the proleptic Gregorian calendar; March-based years put the leap day last.
function daysFromCivil(date: string): number {
  const month = Number(date.slice(5, 7));
  const year = Number(date.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(date.slice(8, 10)) - 1;
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear - 719_468;
}

function civilFromDays(days: number): string {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = ((monthFromMarch + 2) % 12) + 1;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${pad2(month)}-${pad2(dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1)}`;
}
