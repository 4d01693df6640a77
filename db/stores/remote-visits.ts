import type { Sql } from "postgres";
import type { CertificateId, DossierId, PersonId } from "../../src/core/ids.ts";
import type { Bytes, Instant } from "../../src/core/kernel.ts";
import { bytesOf, instantOf } from "./rows.ts";

/** A way to a remote signing service's own page and back, with what was prepared for it. */
export type VisitRow = {
  readonly id: string;
  readonly preparedId: string;
  readonly act: "sign" | "seal" | "notice";
  readonly dossierId: DossierId;
  /** Null for a notice of refusal. */
  readonly certificateId: CertificateId | null;
  readonly credentialId: string;
  readonly toBeSigned: Bytes;
  readonly begunAt: Instant;
  readonly answer: "none" | "code" | "refused";
  /** The service's own word, such as `access_denied`. */
  readonly refusal: string | null;
  readonly isUsed: boolean;
};

export async function keepVisit(
  sql: Sql,
  visit: {
    readonly id: string;
    readonly preparedId: string;
    readonly personId: PersonId;
    readonly stateHash: Bytes;
    readonly begunAt: Instant;
  },
): Promise<void> {
  const { id, preparedId, personId, stateHash, begunAt } = visit;
  await sql`insert into remote_visit (id, prepared_id, person_id, state_hash, begun_at)
    values (${id}, ${preparedId}, ${personId}, ${stateHash}, ${begunAt})`;
}

type Raw = {
  id: string;
  prepared_id: string;
  act: VisitRow["act"];
  dossier_id: DossierId;
  certificate_id: CertificateId | null;
  credential_id: string;
  to_be_signed: Uint8Array;
  begun_at: string;
  answered_at: string | null;
  refusal: string | null;
  used_at: string | null;
};

/** Null for another person's. */
export async function findVisit(sql: Sql, id: string, personId: PersonId): Promise<VisitRow | null> {
  const [row] = await sql<Raw[]>`
    select v.id, v.prepared_id, p.act, p.dossier_id, p.certificate_id, p.credential_id, p.to_be_signed, v.begun_at,
      v.answered_at, v.refusal, v.used_at
    from remote_visit v join prepared_signature p on p.id = v.prepared_id
    where v.id = ${id} and v.person_id = ${personId}`;
  if (row === undefined) return null;
  return {
    ...{ id: row.id, preparedId: row.prepared_id, act: row.act, dossierId: row.dossier_id },
    ...{ certificateId: row.certificate_id, credentialId: row.credential_id, refusal: row.refusal },
    toBeSigned: bytesOf(row.to_be_signed),
    begunAt: instantOf(row.begun_at),
    answer: row.answered_at === null ? "none" : row.refusal === null ? "code" : "refused",
    isUsed: row.used_at !== null,
  };
}

/**
 * What the browser brought back. The first answer stays: a state is good for one.
 *
 * @param since visits that began before are over
 * @returns the visit's id; null where no visit waits for this state
 */
export async function answerVisit(
  sql: Sql,
  stateHash: Bytes,
  answer: { readonly code: string } | { readonly refusal: string },
  { at, since }: { readonly at: Instant; readonly since: Instant },
): Promise<string | null> {
  const code = "code" in answer ? answer.code : null;
  const refusal = "refusal" in answer ? answer.refusal : null;
  const [row] = await sql<{ id: string }[]>`
    update remote_visit set answered_at = ${at}, code = ${code}, refusal = ${refusal}
    where state_hash = ${stateHash} and answered_at is null and begun_at >= ${since} returning id`;
  return row?.id ?? null;
}

/** Takes the code for one attempt, and forgets it in the same statement: a second attempt finds nothing. */
export async function takeCode(
  sql: Sql,
  id: string,
  personId: PersonId,
  { at, since }: { readonly at: Instant; readonly since: Instant },
): Promise<string | null> {
  const [row] = await sql<{ code: string }[]>`
    with held as (select id, code from remote_visit
      where id = ${id} and person_id = ${personId} and used_at is null and code is not null and begun_at >= ${since} for update)
    update remote_visit v set used_at = ${at}, code = null from held where v.id = held.id
    returning held.code`;
  return row?.code ?? null;
}
