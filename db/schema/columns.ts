import { customType } from "drizzle-orm/pg-core";
import type { Bytes, Instant } from "../../src/core/kernel.ts";

/** Plain bytes both ways. */
export const bytea = customType<{ data: Bytes; driverData: Uint8Array }>({
  dataType: () => "bytea",
  fromDriver: (value) => new Uint8Array(value),
});

/** `timestamptz(0)` as an Instant: whole seconds, UTC, the same text in log, database and page (STYLE C2). */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => "timestamp(0) with time zone",
  fromDriver: instantOfColumn,
});

/** @param text as a session in UTC writes it: `2026-01-31 09:30:00+00`, a fraction is cut off */
export function instantOfColumn(text: string): Instant {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}Z` as Instant;
}
