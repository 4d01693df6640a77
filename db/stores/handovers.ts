import type { Sql } from "postgres";
import type { Grant, GrantId, OpeningId } from "../../src/core/grant.ts";
import type { CertificateId, RecipientId } from "../../src/core/ids.ts";
import type { Instant } from "../../src/core/kernel.ts";
import type { Recipient } from "../../src/core/recipients.ts";
import type { Handover, HandoverId } from "../../src/usecases/grants/hand-over.ts";
import { tellDelivered } from "./copy-events.ts";
import { insertGrant } from "./grants.ts";
import { keepMail } from "./outbox.ts";
import { type RecipientRow, recipientOf } from "./recipients.ts";
import { instantOf } from "./rows.ts";

/** The act, its grants and the letter that tells of it, or none of them. @returns false where it was kept before */
export async function keepHandover(
  sql: Sql,
  handover: Handover,
  grants: readonly Grant[],
  mailId: string | null,
): Promise<boolean> {
  const { id, recipientId, procedure, handedAt } = handover;
  return sql.begin(async (tx) => {
    const kept = await tx`
      insert into handover (id, recipient_id, procedure, handed_at)
      values (${id}, ${recipientId}, ${procedure}, ${handedAt}) on conflict (id) do nothing`;
    if (kept.count !== 1) return false;
    for (const grant of grants) {
      await insertGrant(tx, grant, null, id);
      await tellDelivered(tx, { certificateId: grant.certificateId, recipientId, at: handedAt });
    }
    if (mailId !== null)
      await keepMail(tx, { id: mailId, kind: "handed_over", recipientId, subject: id, at: handedAt });
    return true;
  });
}

export type HandoverLine = {
  readonly id: HandoverId;
  readonly procedure: string;
  readonly handedAt: Instant;
  /** Who asked for the certification of the first copy. */
  readonly applicantName: string;
  readonly copies: number;
  readonly opened: number;
};

type LineRow = {
  id: HandoverId;
  procedure: string;
  handed_at: string;
  applicant: string;
  copies: number;
  opened: number;
};

const lineOf = (row: LineRow): HandoverLine => ({
  id: row.id,
  procedure: row.procedure,
  handedAt: instantOf(row.handed_at),
  applicantName: row.applicant,
  copies: row.copies,
  opened: row.opened,
});

/** What was handed over to a recipient, newest first. @param only one of them */
export async function handoversOf(
  sql: Sql,
  recipientId: RecipientId,
  limit: number,
  only: HandoverId | null,
): Promise<HandoverLine[]> {
  const rows = await sql<LineRow[]>`
    select h.id, h.procedure, h.handed_at, min(d.applicant_name) as applicant, count(*)::int as copies,
      count(*) filter (where exists (select 1 from grant_opening o where o.grant_id = g.id))::int as opened
    from handover h join copy_grant g on g.handover_id = h.id join certificate c on c.id = g.certificate_id
      join dossier d on d.id = c.dossier_id
    where h.recipient_id = ${recipientId} and g.erased_at is null and ${only === null ? sql`true` : sql`h.id = ${only}`}
    group by h.id order by h.handed_at desc, h.id limit ${limit}`;
  return rows.map(lineOf);
}

export type HandedCopy = {
  readonly grantId: GrantId;
  readonly certificateId: CertificateId;
  /** The newest; null while it was not opened. */
  readonly openingId: OpeningId | null;
};

/** In the order of handing over. */
export async function copiesOfHandover(sql: Sql, id: HandoverId): Promise<HandedCopy[]> {
  return sql<HandedCopy[]>`
    select g.id as "grantId", g.certificate_id as "certificateId", (select o.id from grant_opening o
      where o.grant_id = g.id order by o.ordinal desc limit 1) as "openingId"
    from copy_grant g join certificate c on c.id = g.certificate_id
    where g.handover_id = ${id} and g.erased_at is null order by c.year, c.number`;
}

/** Whose poster or inbox it is, of whatever agency; null for one that no longer receives. */
export async function receivingRecipient(sql: Sql, id: RecipientId): Promise<Recipient | null> {
  const [row] = await sql<RecipientRow[]>`select * from recipient where id = ${id} and active`;
  return row === undefined ? null : recipientOf(row);
}

export type OpeningLine = {
  readonly id: OpeningId;
  readonly openedAt: Instant;
  readonly procedure: string;
  readonly kind: string;
};

/** What a recipient opened by link or inbox, newest first. */
export async function openingsOfRecipient(sql: Sql, id: RecipientId, limit: number): Promise<OpeningLine[]> {
  const rows = await sql<{ id: OpeningId; opened_at: string; procedure: string; kind: string }[]>`
    select o.id, o.opened_at, g.procedure, d.kind
    from grant_opening o join copy_grant g on g.id = o.grant_id join certificate c on c.id = g.certificate_id
      join dossier d on d.id = c.dossier_id
    where o.recipient_id = ${id} and g.erased_at is null order by o.opened_at desc, o.id limit ${limit}`;
  return rows.map(({ opened_at, ...line }) => ({ ...line, openedAt: instantOf(opened_at) }));
}
