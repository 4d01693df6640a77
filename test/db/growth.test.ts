import { expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../support/database.ts";

test("PERFORMANCE, growth: the lines of one dossier, voided ones too, are found by an index and never among all certificates of the store", async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const plan = await database.sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`; // the table is empty: whether there is a better way is what is asked
    return tx.unsafe(
      "explain select number from register_line where dossier_id = '00000000-0000-4000-8000-000000000000'",
    );
  });
  const lines = plan.map((row) => String(Object.values(row)[0])).join("\n");
  expect(lines).toContain("dossier_id");
  expect(lines).not.toContain("Seq Scan");
});
