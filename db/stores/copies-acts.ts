import type { Sql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { CertificateId } from "../../src/core/ids.ts";
import type { Failure } from "../../src/usecases/failure.ts";

export type CopiesAct = "sign" | "seal";

// A copy waits at most for three timestamp authorities of ten seconds each; an act that is silent for longer was cut.
const silentSeconds = 35;

/** @returns false while another run of the same act is alive: then nothing is begun */
export async function beginAct(
  sql: Sql,
  lineId: CertificateId,
  act: CopiesAct,
  run: string,
  actor: Actor,
): Promise<boolean> {
  const begun = await sql`
    insert into copies_act as known (certificate_id, act, run, person_id, beat_at)
    values (${lineId}, ${act}, ${run}, ${actor.personId}, clock_timestamp())
    on conflict (certificate_id, act) do update set run = excluded.run, person_id = excluded.person_id,
      beat_at = excluded.beat_at, ended_at = null, failure = null
    where known.ended_at is not null or known.beat_at < clock_timestamp() - make_interval(secs => ${silentSeconds})`;
  return begun.count === 1;
}

export async function beatAct(sql: Sql, run: string): Promise<void> {
  await sql`update copies_act set beat_at = clock_timestamp() where run = ${run} and ended_at is null`;
}

/** @param failure why it did not do all; null where it did */
export async function endAct(sql: Sql, run: string, failure: Failure | null): Promise<void> {
  await sql`
    update copies_act set ended_at = clock_timestamp(),
      failure = ${failure === null ? null : JSON.stringify(failure)}::text::jsonb
    where run = ${run}`;
}

/** @property isAlive it goes through the copies at this moment */
export type KnownAct = { readonly act: CopiesAct; readonly isAlive: boolean; readonly failure: Failure | null };

export async function knownActs(sql: Sql, lineId: CertificateId): Promise<readonly KnownAct[]> {
  const rows = await sql<{ act: CopiesAct; alive: boolean; ended: boolean; failure: Failure | null }[]>`
    select act, ended_at is not null as ended, failure,
      ended_at is null and beat_at >= clock_timestamp() - make_interval(secs => ${silentSeconds}) as alive
    from copies_act where certificate_id = ${lineId}`;
  return rows.map(({ act, alive, ended, failure }) => {
    return { act, isAlive: alive, failure: ended || alive ? failure : { code: "act_cut" } };
  });
}
