import type { FreshDatabase } from "./database.ts";

/**
 * Until somebody, or so many, wait for a lock in this database: asked again and again, so that no test reckons with a time.
 *
 * @param act what should wait: where it ends instead, this ends too, and the test goes on to what it demands
 */
export async function untilSomebodyWaits(sql: FreshDatabase["sql"], many = 1, act?: Promise<unknown>): Promise<void> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  act?.then(end, end);
  const waiting = async () => {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    return row?.n ?? 0;
  };
  while (!isOver && (await waiting()) < many);
}
