import type { Sql } from "postgres";
import type { Actor } from "../../src/core/dossier.ts";
import type { AgencyId, PersonId } from "../../src/core/ids.ts";

const noFile = "0".repeat(64);

/** A made-up province of that code with one commune for each agency, and its own agency `tinh-<code>` with one watcher. */
export async function keepProvince(sql: Sql, code: string, agencies: readonly string[]): Promise<Actor> {
  const communes = agencies.map((agency, i) => ({ agency, code: `${code}.${i + 1}` }));
  const area = (said: string, name: string, kind: string, parent: string | null) => sql`
    with made as (insert into area values (${said}) returning code)
    insert into area_saying (code, name, kind, parent_code, file_sha256, said_at)
    select code, ${name}, ${kind}, ${parent}::text, ${noFile}, now() from made`;
  await area(code, `Tỉnh ${code} (hư cấu)`, "tinh", null);
  for (const one of communes) await area(one.code, `Xã ${one.code} (hư cấu)`, "xa", code);
  const own = `tinh-${code.toLowerCase()}` as AgencyId;
  for (const agency of [...agencies, own]) {
    await sql`insert into agency (id, name, province, code, development, created_at)
      values (${agency}, ${`Ủy ban ${agency} (hư cấu)`}, ${`Tỉnh ${code}`}, ${agency.toUpperCase()}, true, now())`;
  }
  for (const one of communes) await sql`update agency set area_code = ${one.code} where id = ${one.agency}`;
  await sql`insert into province_watch (agency_id, area_code, said_at) values (${own}, ${code}, now())`;
  return { agencyId: own, personId: await keepWatcher(sql, own) };
}

async function keepWatcher(sql: Sql, agencyId: AgencyId): Promise<PersonId> {
  const id = crypto.randomUUID() as string as PersonId;
  await keepPerson(sql, id, agencyId);
  await sql`insert into person_role values (${id}, 'province')`;
  return id;
}

export const keepPerson = async (sql: Sql, id: string, agencyId: string): Promise<void> => {
  await sql`insert into person (id, agency_id, user_name, full_name, password_hash, created_at)
    values (${id}, ${agencyId}, ${`n-${id.slice(0, 8)}`}, 'Người Thử (hư cấu)', '$argon2id$x', now())`;
};
