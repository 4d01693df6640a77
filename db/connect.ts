import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Sql } from "postgres";

export type Database = {
  /** Hand-written SQL. Parsed as drizzle leaves it: timestamps are text, `jsonb` parameters are text already in JSON. */
  readonly sql: Sql;
  /** The same connections, typed queries. */
  readonly db: PostgresJsDatabase;
  /**
   * One connection more, for questions by an index that are asked hundreds of times a second: their statements are planned
   * once. Of an array of keys PostgreSQL would make a new plan at each asking, which costs several times the answer.
   */
  readonly lookups: Sql;
  /** Waits up to five seconds for running queries, then cuts them off. */
  close(): Promise<void>;
};

const idleInTransactionMs = 60_000; // a holder of the register's row lock that hangs must not stop the counter
const longestBackoffSeconds = 1; // a database that is back is used at once; the driver would wait up to twenty

/**
 * A pool on any PostgreSQL 15 to 18; nothing is opened before the first query. Sessions speak UTC, `bytea` is a plain
 * Uint8Array of its own buffer.
 *
 * @param url `postgres://…`; what the database needs more (`sslmode`) is part of it
 * @param options.max connections at most, LISTEN's one not counted
 */
export function openDatabase(url: string, options: { readonly max: number }): Database {
  const sql = connectTo(url, options.max, {});
  const lookups = connectTo(url, 1, { plan_cache_mode: "force_generic_plan", enable_seqscan: "off" });
  const db = drizzle(sql);
  const close = async () => {
    await Promise.all([sql.end({ timeout: 5 }), lookups.end({ timeout: 5 })]);
  };
  return { sql, lookups, db, close };
}

const connectTo = (url: string, max: number, settings: Readonly<Record<string, string>>): Sql =>
  postgres(url, {
    max,
    onnotice: () => undefined,
    backoff: (attempts: number) => Math.min(longestBackoffSeconds, 0.05 * 2 ** attempts),
    types: { bytea: byteaType },
    connection: {
      application_name: "chungthuc",
      TimeZone: "UTC",
      idle_in_transaction_session_timeout: idleInTransactionMs,
      ...settings,
    },
  });

const byteaType = {
  to: 17,
  from: [17],
  serialize: (bytes: Uint8Array) => `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex")}`,
  parse: (text: string) => new Uint8Array(Buffer.from(text.slice(2), "hex")),
};
