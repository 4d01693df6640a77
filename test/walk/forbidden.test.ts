import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dossierStatuses, mayFollow } from "../../src/core/stages.ts";
import { chanceOf } from "../support/seeded.ts";
import { openTown, type Town } from "./town.ts";
import { walkIn } from "./walk.ts";

/** What the database itself refuses, tried in SQL past every use case, on what a walk of officials left. */
let town: Town;

beforeAll(async () => {
  const chance = chanceOf(7);
  town = await openTown(chance, { crashIn: 0 });
  await walkIn(town, chance, { steps: 700, workers: 16 });
}, 60_000);
afterAll(() => town.close());

/** The act alone, undone, by the owner of the tables: what the role that serves may not even try is in test/db/roles. @returns whether the database let it happen */
async function happens(statement: string): Promise<boolean> {
  const undone = new Error("undone");
  const tried = town.owner.begin(async (tx) => {
    await tx.unsafe(statement);
    throw undone;
  });
  return tried.then(
    () => true,
    (error: unknown) => error === undone,
  );
}

describe("the order of steps, in the database", () => {
  const others = dossierStatuses.flatMap((from) => dossierStatuses.map((to) => [from, to] as const));
  const unlawful = others.filter(([from, to]) => from !== to && !mayFollow(from, to));

  test(`ORIG-1, SIGN-1, DESIGN decision 7: none of the ${unlawful.length} unlawful steps from one status to another can be taken`, async () => {
    const [row] = await town.sql<{ id: string }[]>`select id from dossier limit 1`;
    const taken: string[] = [];
    for (const [from, to] of unlawful) {
      const put = `set local session_replication_role = replica; update dossier set status = '${from}' where id = '${row?.id}';`;
      const step = `set local session_replication_role = origin; update dossier set status = '${to}' where id = '${row?.id}'`;
      if (await happens(`${put} ${step}`)) taken.push(`${from} -> ${to}`);
    }
    expect(taken).toEqual([]);
  });
});

/** Tables whose rows come and go. Every other one keeps what it has, whoever asks. */
const comeAndGo = [
  ...["job", "migration", "throttle", "session", "guest_session"], // how the program runs, and who is signed in
  ...["copies_act", "prepared_signature", "remote_visit"], // acts under way
  ...["evidence_plan", "outbox_mail", "webhook_delivery", "webhook_endpoint"], // what is still to be done, and where
  ...["person_role", "picture", "recipient_code"], // as they are now; the administrator's acts are kept
  ...["dossier_search", "register_search"], // follow from dossiers and lines
  ...["verification_batch", "verification_result", "copy_check", "dispatch_address", "data_request_words"], // kept for a term (LAW 8)
];

test("NĐ 23/2015 Art. 14, nothing is ever lost: a table refuses to be emptied, or is known to come and go", async () => {
  const tables = await town.sql<{ name: string }[]>`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'seen_step' order by 1`;
  const emptied: string[] = [];
  for (const { name } of tables) {
    const filled = (await town.sql.unsafe(`select 1 from "${name}" limit 1`)).length > 0;
    const isDeleted = filled && (await happens(`delete from "${name}"`));
    if (isDeleted || (await happens(`truncate "${name}" cascade`))) emptied.push(name);
  }
  expect(emptied).toEqual(comeAndGo.toSorted());
});
