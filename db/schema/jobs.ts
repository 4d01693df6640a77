import { bigint, boolean, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** At most one unfinished job a kind and subject (`job_unfinished`). Migration 0001. */
export const job = pgTable("job", {
  id: uuid().primaryKey().defaultRandom(),
  kind: text().notNull(),
  subject: uuid().notNull(),
  payload: jsonb().notNull().default({}),
  status: text({ enum: ["waiting", "running", "done", "failed"] })
    .notNull()
    .default("waiting"),
  progressDone: integer("progress_done").notNull().default(0),
  progressTotal: integer("progress_total").notNull().default(0),
  attempts: integer().notNull().default(0),
  maxAttempts: integer("max_attempts").notNull(),
  askedAgain: boolean("asked_again").notNull().default(false),
  runAfter: timestamp("run_after", { withTimezone: true, mode: "string" }).notNull().defaultNow(),
  lockedUntil: timestamp("locked_until", { withTimezone: true, mode: "string" }),
  lease: bigint({ mode: "number" }).notNull().default(0),
  lastError: text("last_error"),
  createdAt: instant("created_at").notNull(),
  finishedAt: instant("finished_at"),
});
