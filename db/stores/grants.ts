import type { Sql, TransactionSql } from "postgres";
import { type Grant, type GrantId, grantBounds } from "../../src/core/grant.ts";
import type { AgencyId, CertificateId, RecipientId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { instantOf } from "./rows.ts";

type GrantRow = {
  id: GrantId;
  certificate_id: CertificateId;
  agency_id: AgencyId;
  recipient_id: RecipientId | null;
  recipient_name: string;
  procedure: string;
  pages: number[] | null;
  uses: number;
  used: number;
  made_at: string;
  expires_at: string;
  revoked_at: string | null;
};

const grantOf = (row: GrantRow): Grant => ({
  id: row.id,
  certificateId: row.certificate_id,
  agencyId: row.agency_id,
  grantee: { id: row.recipient_id, name: row.recipient_name },
  procedure: row.procedure,
  pages: row.pages,
  uses: row.uses,
  used: row.used,
  madeAt: instantOf(row.made_at),
  expiresAt: instantOf(row.expires_at),
  revokedAt: row.revoked_at === null ? null : instantOf(row.revoked_at),
});

const selectGrant = (sql: Sql | TransactionSql) => sql`
  select g.id, g.certificate_id, g.agency_id, g.recipient_id, g.recipient_name, g.procedure, g.pages, g.uses,
    g.made_at, g.expires_at, g.revoked_at,
    (select count(*)::int from grant_opening o where o.grant_id = g.id) as used
  from copy_grant g`;

/** Codes of the audit trail. */
export async function noteGrantEvent(sql: Sql | TransactionSql, id: GrantId, what: string): Promise<void> {
  await sql`insert into grant_event (grant_id, what, happened_at)
    values (${id}, ${what}, date_trunc('second', clock_timestamp()))`;
}

/** The copy's row is locked, so that forms sent at once are counted one after the other. */
export async function keepGrant(
  sql: Sql,
  grant: Grant,
  secretHash: Bytes,
): Promise<"kept" | "kept_before" | "too_many"> {
  return sql.begin(async (tx) => {
    await tx`select 1 from certificate where id = ${grant.certificateId} for update`;
    const [open] = await tx<{ count: number }[]>`
      select count(*)::int as count from copy_grant
      where certificate_id = ${grant.certificateId} and revoked_at is null and expires_at > ${grant.madeAt}`;
    if ((open?.count ?? 0) >= grantBounds.mostOpenGrants) return "too_many";
    return (await insertGrant(tx, grant, secretHash, null)) ? "kept" : "kept_before";
  });
}

/** With its audit entry. @returns false where a grant of that id was kept before */
export async function insertGrant(
  tx: TransactionSql,
  grant: Grant,
  secretHash: Bytes | null,
  handoverId: string | null,
): Promise<boolean> {
  const kept = await tx`
    insert into copy_grant (id, certificate_id, agency_id, recipient_id, recipient_name, procedure, pages, uses,
      secret_hash, made_at, expires_at, handover_id)
    values (${grant.id}, ${grant.certificateId}, ${grant.agencyId}, ${grant.grantee.id}, ${grant.grantee.name},
      ${grant.procedure}, ${grant.pages === null ? null : [...grant.pages]}, ${grant.uses}, ${secretHash},
      ${grant.madeAt}, ${grant.expiresAt}, ${handoverId})
    on conflict (id) do nothing`;
  if (kept.count !== 1) return false;
  await noteGrantEvent(tx, grant.id, handoverId === null ? "made" : "handed_over");
  return true;
}

/** Newest first. */
export async function grantsOfCopy(sql: Sql, id: CertificateId): Promise<Grant[]> {
  const rows = await sql<GrantRow[]>`${selectGrant(sql)} where g.certificate_id = ${id} order by g.made_at desc, g.id`;
  return rows.map(grantOf);
}

export async function findGrant(sql: Sql, id: GrantId): Promise<Grant | null> {
  const [row] = await sql<GrantRow[]>`${selectGrant(sql)} where g.id = ${id}`;
  return row === undefined ? null : grantOf(row);
}

export async function findGrantBySecret(sql: Sql, secretHash: Bytes): Promise<Grant | null> {
  const [row] = await sql<GrantRow[]>`${selectGrant(sql)} where g.secret_hash = ${secretHash}`;
  return row === undefined ? null : grantOf(row);
}

/** Opens nothing from now on; revoked before, it stays as it is. */
export async function revokeGrant(sql: Sql, id: GrantId, at: Instant): Promise<void> {
  await sql.begin(async (tx) => {
    const revoked = await tx`update copy_grant set revoked_at = ${at} where id = ${id} and revoked_at is null`;
    if (revoked.count === 1) await noteGrantEvent(tx, id, "revoked");
  });
}
