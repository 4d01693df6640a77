import type { FreshDatabase } from "./database.ts";

/** Until somebody, or so many, wait for a lock in this database: asked again and again, so that no test reckons with a time. */
export async function untilSomebodyWaits(sql: FreshDatabase["sql"], many = 1): Promise<void> {
  const waiting = async () => {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    return row?.n ?? 0;
  };
  while ((await waiting()) < many);
}
