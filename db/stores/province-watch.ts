import type { Sql, TransactionSql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import { fail, type Instant, ok, type Result } from "../../src/core/kernel.ts";

export type WatchedProvince = { readonly code: string; readonly name: string };

/** The province that the agency watches for, as it is called and merged today; null where it watches for none. AUTH-5. */
export async function watchedProvince(sql: Sql | TransactionSql, agencyId: AgencyId): Promise<WatchedProvince | null> {
  const [province] = await sql<WatchedProvince[]>`
    select n.code, n.name from province_watch_now w join area_now n on n.code = area_today(w.area_code)
    where w.agency_id = ${agencyId}`;
  return province ?? null;
}

export const watchesProvince = async (sql: Sql, agencyId: AgencyId): Promise<boolean> =>
  (await watchedProvince(sql, agencyId)) !== null;

type Saying = { readonly agencyId: AgencyId; readonly areaCode: string | null; readonly at: Instant };

/** By whoever runs the store. The same again changes nothing. */
export async function letWatch(sql: Sql | TransactionSql, { agencyId, areaCode, at }: Saying): Promise<void> {
  await sql`insert into province_watch (agency_id, area_code, said_at)
    select ${agencyId}, ${areaCode}, ${at} where ${areaCode}::text is distinct from
      (select area_code from province_watch where agency_id = ${agencyId} order by id desc limit 1)`;
}

/** The same, told in a value where there is no such agency or province. */
export async function letWatchChecked(
  sql: Sql,
  saying: Saying,
): Promise<Result<null, { readonly code: "agency_unknown" | "province_unknown" }>> {
  const [known] = await sql<{ agency: boolean; province: boolean }[]>`
    select exists (select 1 from agency where id = ${saying.agencyId}) as agency,
      ${saying.areaCode}::text is null or exists (select 1 from area_now
        where code = ${saying.areaCode} and kind in ('tinh', 'thanh_pho') and merged_into is null) as province`;
  if (known?.agency !== true) return fail({ code: "agency_unknown" });
  if (!known.province) return fail({ code: "province_unknown" });
  await letWatch(sql, saying);
  return ok(null);
}
