import {
  type Bytes,
  fail,
  type Instant,
  type LocalDate,
  ok,
  parseInstant,
  parseLocalDate,
  type Result,
} from "../kernel.ts";
import { bytesOfBase64 } from "./base64.ts";

/**
 * Runs a reader over decoded JSON or CBOR. The field readers below leave by throwing; here it becomes a value again, so
 * nothing a stranger sends ends in a stray exception.
 */
export function readShape<T>(read: () => T): Result<T, { code: "wrong_shape"; field: string }> {
  try {
    return ok(read());
  } catch (thrown) {
    if (thrown instanceof WrongShape) return fail({ code: "wrong_shape", field: thrown.message });
    throw thrown;
  }
}

/** Leaves `readShape` with the name of the field that does not fit. */
export function wrongShape(field: string): never {
  throw new WrongShape(field);
}

/** One field after another out of an object or a CBOR map with text keys; no field may be left unread. */
export type Fields = ReadonlyMap<unknown, unknown>;

/** @param names every field, none optional: an unknown or a missing one is refused */
export function fieldsOf(value: unknown, field: string, names: readonly string[]): Fields {
  const fields =
    value instanceof Map ? value : isPlainObject(value) ? new Map(Object.entries(value)) : wrongShape(field);
  if (fields.size !== names.length) wrongShape(field);
  for (const name of names) if (!fields.has(name)) wrongShape(`${field}.${name}`);
  return fields;
}

export function text(value: unknown, field: string, maximumLength: number): string {
  return typeof value === "string" && value.length <= maximumLength ? value : wrongShape(field);
}

/** A whole number of 0 or more. */
export function count(value: unknown, field: string): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : wrongShape(field);
}

export function truth(value: unknown, field: string): boolean {
  return typeof value === "boolean" ? value : wrongShape(field);
}

export function bytes(value: unknown, field: string, lengths: { least: number; most: number }): Bytes {
  const fits = value instanceof Uint8Array && value.length >= lengths.least && value.length <= lengths.most;
  return fits ? (value as Bytes) : wrongShape(field);
}

export function list(value: unknown, field: string, most: number): readonly unknown[] {
  return Array.isArray(value) && value.length <= most ? value : wrongShape(field);
}

export function oneOf<T extends string>(value: unknown, field: string, choices: readonly T[]): T {
  return choices.find((choice) => choice === value) ?? wrongShape(field);
}

export function instant(value: unknown, field: string): Instant {
  const parsed = parseInstant(text(value, field, 20));
  return parsed.ok ? parsed.value : wrongShape(field);
}

export function localDate(value: unknown, field: string): LocalDate {
  const parsed = parseLocalDate(text(value, field, 10));
  return parsed.ok ? parsed.value : wrongShape(field);
}

export function nullOr<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null ? null : read(value);
}

/** @param most characters of base 64 */
export function base64(value: unknown, field: string, most: number): Bytes {
  return bytesOfBase64(text(value, field, most)) ?? wrongShape(field);
}

/** Fields `from` and `to`; null there has no end. */
export function term(fields: Fields): { from: Instant; to: Instant | null } {
  return {
    from: instant(fields.get("from"), "from"),
    to: nullOr(fields.get("to"), (to) => instant(to, "to")),
  };
}

class WrongShape extends Error {}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
