import { randomBytes, randomInt, randomUUID } from "node:crypto";
import type { Sql } from "postgres";

type Presented = { readonly agency: string; readonly person: string; readonly at: string };

/** A submission for rows of `dossier` that a test writes itself, with any code; its papers must be of the same day. */
export async function aSubmission(sql: Sql, { agency, person, at }: Presented): Promise<string> {
  const id = randomUUID();
  const code = `H00-${at.slice(2, 10).replaceAll("-", "")}-${randomInt(100_000, 1_000_000)}`;
  await sql`insert into submission (id, agency_id, code, channel, identity_digits_hash, secret_hash, secret_expires_at, opened_by, opened_at)
    values (${id}, ${agency}, ${code}, 'counter', ${randomBytes(32)}, ${randomBytes(32)}, ${at}, ${person}, ${at})`;
  return id;
}
