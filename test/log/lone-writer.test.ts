import { readFileSync } from "node:fs";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { asOnlyStatusWriter, asOnlyWriter } from "../../db/stores/log.ts";
import { freshDatabase } from "../support/database.ts";

test("DESIGN decision 7: who writes the log or the status list stays the only one, however long it takes", async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const impatient = postgres(database.url, {
    max: 2,
    connection: { idle_in_transaction_session_timeout: 50 }, // a minute where the service runs
  });
  onTestFinished(() => impatient.end());
  for (const alone of [asOnlyWriter, asOnlyStatusWriter]) {
    const done: string[] = [];
    const first = alone(impatient, async () => {
      const second = alone(impatient, async () => done.push("second"));
      await database.sql`select pg_sleep(0.4)`;
      done.push("first");
      return { second };
    });
    await (await first).second;
    expect(done).toEqual(["first", "second"]);
  }
});

/** In seconds: when the system asks the other end of this connection whether it is still there. Linux' `/proc/net/tcp`. */
function asksIn(serverPort: number, clientPort: number): number {
  const hex = (port: number) => `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = readFileSync("/proc/net/tcp", "utf8").split("\n");
  const fields = lines.map((line) => line.trim().split(/\s+/));
  const own = fields.find(([, local, remote]) => local?.endsWith(hex(serverPort)) && remote?.endsWith(hex(clientPort)));
  const [timer, jiffies] = (own?.[5] ?? "").split(":");
  return timer === "02" ? Number.parseInt(jiffies ?? "", 16) / 100 : Number.NaN;
}

test("DESIGN decision 7: a lone writer's host that vanishes is missed within a minute, not after its system's two hours", async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const writer = postgres(database.url, { max: 1 });
  onTestFinished(() => writer.end());
  for (const alone of [asOnlyWriter, asOnlyStatusWriter])
    await alone(writer, async () => {
      const [held] = await database.sql<{ client_port: number }[]>`select client_port from pg_stat_activity
        join pg_locks using (pid) where locktype = 'advisory' and datname = current_database()`;
      const ports = [Number(new URL(database.url).port), held?.client_port ?? 0] as const;
      await expect.poll(() => asksIn(...ports)).toBeLessThanOrEqual(30); // while an answer is under way another clock runs
    });
  const [after] = await writer`show tcp_keepalives_idle`;
  expect(after?.["tcp_keepalives_idle"]).not.toBe("30");
});
