import { eq, sql } from "drizzle-orm";
import type { PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import { agency, person, personRole, session } from "../schema/people.ts";

export type Agency = {
  readonly id: AgencyId;
  readonly name: string;
  readonly province: string;
  /** As it is written in numbers and records. */
  readonly code: string;
  readonly development: boolean;
  readonly createdAt: Instant;
};

export type Role = (typeof personRole.$inferSelect)["role"];

export type Person = {
  readonly personId: PersonId;
  readonly agencyId: AgencyId;
  /** Lower case; the database refuses others. */
  readonly userName: string;
  readonly fullName: string;
  readonly roles: readonly Role[];
};

export type Account = { readonly actor: Person; readonly passwordHash: string; readonly active: boolean };

/** Keeps the first description of an agency; a second with the same id changes nothing. */
export async function keepAgency(db: PostgresJsDatabase, kept: Agency): Promise<void> {
  await db.insert(agency).values(kept).onConflictDoNothing({ target: agency.id });
}

export async function findAgency(db: PostgresJsDatabase, id: AgencyId): Promise<Agency | null> {
  const [found] = await db.select().from(agency).where(eq(agency.id, id));
  return found ?? null;
}

/** @returns false when the user name is taken: nothing is kept then */
export async function keepPerson(
  db: PostgresJsDatabase,
  kept: Person & { readonly passwordHash: string; readonly passwordInitial?: boolean; readonly createdAt: Instant },
): Promise<boolean> {
  const { personId, agencyId, userName, fullName, passwordHash, passwordInitial = false, createdAt } = kept;
  return db.transaction(async (tx) => {
    const line = { id: personId, agencyId, userName, fullName, passwordHash, passwordInitial, createdAt };
    const made = await tx.insert(person).values(line).onConflictDoNothing({ target: person.userName }).returning();
    const roles = [...new Set(kept.roles)].map((role) => ({ personId, role }));
    if (made.length === 1 && roles.length > 0) await tx.insert(personRole).values(roles);
    return made.length === 1;
  });
}

/**
 * What a signed-in person is, in one query; roles in the order of the alphabet. None while the password is one that an
 * administrator has seen: it lets in to choose an own one, and to nothing else.
 */
export const personColumns = {
  personId: person.id,
  agencyId: person.agencyId,
  userName: person.userName,
  fullName: person.fullName,
  // plain names: drizzle writes columns without their table here
  roles: sql<Role[]>`array(select role from person_role
    where person_role.person_id = person.id and not person.password_initial order by role)`,
};

/** @param userName in lower case */
export async function findAccount(db: PostgresJsDatabase, userName: string): Promise<Account | null> {
  const columns = { actor: personColumns, passwordHash: person.passwordHash, active: person.active };
  const [found] = await db.select(columns).from(person).where(eq(person.userName, userName));
  return found ?? null;
}

/**
 * A new password ends every session that the old one opened.
 *
 * @param passwordInitial somebody else has seen it: it must be changed before anything else
 */
export async function changePassword(
  db: PostgresJsDatabase,
  id: PersonId,
  passwordHash: string,
  passwordInitial = false,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(person).set({ passwordHash, passwordInitial }).where(eq(person.id, id));
    await tx.delete(session).where(eq(session.personId, id));
  });
}

/** Who has left signs in no more; open sessions end with the same commit. */
export async function setActive(db: PostgresJsDatabase, id: PersonId, active: boolean): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(person).set({ active }).where(eq(person.id, id));
    if (!active) await tx.delete(session).where(eq(session.personId, id));
  });
}

/** Takes effect with the next request of the person. */
export async function setRoles(db: PostgresJsDatabase, id: PersonId, roles: readonly Role[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(personRole).where(eq(personRole.personId, id));
    const lines = [...new Set(roles)].map((role) => ({ personId: id, role }));
    if (lines.length > 0) await tx.insert(personRole).values(lines);
  });
}
