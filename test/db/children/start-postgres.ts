// Starts PostgreSQL over a data folder, writes rows and prints each once it is acknowledged, until it is killed.
// Argument: data folder. A refusal is printed as one JSON line and ends it.
import { openDatabase } from "../../../db/connect.ts";
import { startPostgres } from "../../../db/postgres/launcher.ts";

const [dataFolder = ""] = process.argv.slice(2);
const started = await startPostgres({ dataFolder, log: (line) => process.stderr.write(`${line}\n`) });
if (!started.ok) {
  process.stdout.write(`${JSON.stringify(started.failure)}\n`);
  process.exit(1);
}
process.stdout.write(`${JSON.stringify({ url: started.value.url })}\n`);
const { sql } = openDatabase(started.value.url, { max: 1 });
await sql`create table if not exists counted (n int primary key)`;
const [{ next } = { next: 1 }] = await sql<{ next: number }[]>`select coalesce(max(n), 0) + 1 as next from counted`;
for (let n = next; ; n++) {
  await sql`insert into counted values (${n})`;
  process.stdout.write(`${n}\n`);
}
