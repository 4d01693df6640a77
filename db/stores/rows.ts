import type { Bytes, Instant } from "../../src/core/kernel.ts";

/** Between PostgreSQL's types and ours; sessions speak UTC (db/connect.ts). Rows never leave `db/`. */

/** @param value `2026-01-31 09:30:00+00`, of a timestamptz(0) */
export const instantOf = (value: string): Instant => `${value.slice(0, 10)}T${value.slice(11, 19)}Z` as Instant;

export const bytesOf = (value: Uint8Array): Bytes => new Uint8Array(value);
