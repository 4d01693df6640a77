import { boolean, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import { bytea, instant } from "./columns.ts";

/** A commune's people's committee, a notary: who certifies. Migration 0002, as all tables of this file. */
export const agency = pgTable("agency", {
  id: text().$type<AgencyId>().primaryKey(),
  name: text().notNull(),
  province: text().notNull(),
  code: text().notNull().unique(),
  development: boolean().notNull(),
  createdAt: instant("created_at").notNull(),
});

/** Never deleted: the register names them. Who has left is no longer `active`. */
export const person = pgTable("person", {
  id: uuid().$type<PersonId>().primaryKey(),
  agencyId: text("agency_id").$type<AgencyId>().notNull(),
  userName: text("user_name").notNull().unique(),
  fullName: text("full_name").notNull(),
  passwordHash: text("password_hash").notNull(),
  active: boolean().notNull().default(true),
  /** Given by an administrator and not yet changed. Migration 0006. */
  passwordInitial: boolean("password_initial").notNull().default(false),
  createdAt: instant("created_at").notNull(),
});

export const personRole = pgTable(
  "person_role",
  {
    personId: uuid("person_id").$type<PersonId>().notNull(),
    role: text({ enum: ["receiver", "comparer", "signer", "clerk", "administrator", "province"] }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.role] })],
);

/** `id_hash` is the SHA-256 of the cookie's token. */
export const session = pgTable("session", {
  idHash: bytea("id_hash").primaryKey(),
  personId: uuid("person_id").$type<PersonId>().notNull(),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  lastSeen: instant("last_seen").notNull(),
});

/** `key_hash` is an HMAC under a key that changes every day. */
export const throttle = pgTable("throttle", {
  keyHash: bytea("key_hash").primaryKey(),
  windowStart: instant("window_start").notNull(),
  count: integer().notNull(),
  blockedUntil: instant("blocked_until"),
});
