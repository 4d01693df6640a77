// Takes one job, says so, and hangs: to be killed while it holds it. Arguments: url, kind, lease in seconds.
import { openDatabase } from "../../../db/connect.ts";
import { claim } from "../../../db/jobs.ts";

const [url = "", kind = "", leaseSeconds = ""] = process.argv.slice(2);
const { sql } = openDatabase(url, { max: 1 });
const job = await claim(sql, [kind], Number(leaseSeconds));
process.stdout.write(`${JSON.stringify(job)}\n`);
setInterval(() => undefined, 1000);
