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
