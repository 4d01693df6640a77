import { and, eq, lt, lte, or } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { PersonId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { person, session } from "../schema/people.ts";
import { type Person, personColumns } from "./people.ts";

export type LiveSession = { readonly actor: Person; readonly expiresAt: Instant; readonly lastSeen: Instant };

export async function keepSession(
  db: PostgresJsDatabase,
  kept: {
    readonly idHash: Bytes;
    readonly personId: PersonId;
    readonly createdAt: Instant;
    readonly expiresAt: Instant;
  },
): Promise<void> {
  await db.insert(session).values({ ...kept, lastSeen: kept.createdAt });
}

/** Null for an unknown hash and for a person who is no longer active. Whether it is still in time is the caller's to judge. */
export async function findSession(db: PostgresJsDatabase, idHash: Bytes): Promise<LiveSession | null> {
  const [found] = await db
    .select({ actor: personColumns, expiresAt: session.expiresAt, lastSeen: session.lastSeen })
    .from(session)
    .innerJoin(person, eq(person.id, session.personId))
    .where(and(eq(session.idHash, idHash), eq(person.active, true)));
  return found ?? null;
}

/** Never moves backwards: requests of one page overtake each other. */
export async function touchSession(db: PostgresJsDatabase, idHash: Bytes, seenAt: Instant): Promise<void> {
  await db
    .update(session)
    .set({ lastSeen: seenAt })
    .where(and(eq(session.idHash, idHash), lt(session.lastSeen, seenAt)));
}

export async function endSession(db: PostgresJsDatabase, idHash: Bytes): Promise<void> {
  await db.delete(session).where(eq(session.idHash, idHash));
}

/** @returns how many were swept away: past their end, or not used since `idleBefore` */
export async function sweepSessions(db: PostgresJsDatabase, now: Instant, idleBefore: Instant): Promise<number> {
  const over = or(lte(session.expiresAt, now), lt(session.lastSeen, idleBefore));
  return (await db.delete(session).where(over).returning({ at: session.createdAt })).length;
}
