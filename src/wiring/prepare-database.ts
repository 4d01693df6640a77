import { type Database, openDatabase } from "../../db/connect.ts";
import { type MigrationFailure, migrate } from "../../db/migrate.ts";
import { type Excess, excessOf } from "../../db/roles/excess.ts";
import { grantRights } from "../../db/roles/grant-rights.ts";
import { fail, ok, type Result } from "../core/kernel.ts";

/**
 * Brings a database to this program's shape. The owner makes tables and gives the service's role its rights, then lets go of
 * its connection; where no owner is named, the service's role must own them itself, or find everything made. ADR 103.
 *
 * @param log told when the role that will serve may do more than serving
 */
export async function prepareDatabase(
  service: Database,
  ownerUrl: string | null,
  { worksAsOwner = false, log }: { readonly worksAsOwner?: boolean; readonly log: (line: string) => void },
): Promise<Result<null, MigrationFailure>> {
  const owned = ownerUrl === null ? ok(null) : await asOwner(ownerUrl, service);
  if (!owned.ok) return owned;
  const migrated = await migrate(service.sql); // with an owner nothing is left to do, unless the two addresses differ
  if (!migrated.ok) return migrated;
  const excess = await excessOf(service.sql);
  if (worksAsOwner)
    return excess.includes("owner of tables") ? ok(null) : fail({ code: "database_needs_owner", name: "rebuild-log" });
  if (excess.length > 0) log(excessLine(excess));
  return ok(null);
}

async function asOwner(url: string, service: Database): Promise<Result<null, MigrationFailure>> {
  const owner = openDatabase(url, { max: 1 });
  try {
    const migrated = await migrate(owner.sql);
    if (!migrated.ok) return migrated;
    const [[serving], [owning]] = await Promise.all([roleOf(service), roleOf(owner)]);
    if (serving !== undefined && serving.role !== owning?.role) await grantRights(owner.sql, serving.role);
    return ok(null);
  } finally {
    await owner.close();
  }
}

const roleOf = ({ sql }: Database) => sql<{ role: string }[]>`select current_user as role`;

const excessLine = (excess: readonly Excess[]): string =>
  `the role in DATABASE_URL has too many rights (${excess.join(", ")}): the rules that keep the register do not bind it. As that role: create role chungthuc_service login password '…'; then put its address into DATABASE_OWNER_URL and that of chungthuc_service into DATABASE_URL`;
