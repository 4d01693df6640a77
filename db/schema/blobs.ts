import { bigint, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { AgencyId, BlobId } from "../../src/core/ids.ts";
import type { Sha256 } from "../../src/core/kernel.ts";
import { bytea, instant } from "./columns.ts";

/** DESIGN decision 15: `key_wrapped` opens only with the master key. Migration 0001. */
export const agencyKey = pgTable("agency_key", {
  agencyId: text("agency_id").$type<AgencyId>().primaryKey(),
  masterKeyId: text("master_key_id").notNull(),
  keyWrapped: bytea("key_wrapped").notNull(),
  createdAt: instant("created_at").notNull(),
});

/** A trigger of migration 0001 refuses every change but erasing: the key goes, digest and size stay. */
export const blob = pgTable("blob", {
  id: uuid().$type<BlobId>().primaryKey(),
  agencyId: text("agency_id").$type<AgencyId>().notNull(),
  kind: text().notNull(),
  sha256: text().$type<Sha256>().notNull(),
  sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
  keyWrapped: bytea("key_wrapped"),
  createdAt: instant("created_at").notNull(),
  erasedAt: instant("erased_at"),
});
