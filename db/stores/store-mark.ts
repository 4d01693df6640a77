import type { Sql } from "postgres";

/** How the store was born; written once, never changed (a trigger holds it). DESIGN decision 10. */
export async function birthOf(sql: Sql, born: "development" | "production"): Promise<"development" | "production"> {
  await sql`insert into store_mark (name, value) values ('born', ${born}) on conflict (name) do nothing`;
  const [row] = await sql<{ value: string }[]>`select value from store_mark where name = 'born'`;
  return row?.value === "development" ? "development" : "production";
}

/** True exactly once in the life of a store. */
export async function markOnce(sql: Sql, name: string): Promise<boolean> {
  const marked = await sql`insert into store_mark (name, value) values (${name}, 'done') on conflict (name) do nothing`;
  return marked.count === 1;
}

export async function isMarked(sql: Sql, name: string): Promise<boolean> {
  const rows = await sql`select 1 from store_mark where name = ${name}`;
  return rows.length === 1;
}
