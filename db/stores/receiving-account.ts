import type { Sql } from "postgres";
import type { AgencyId } from "../../src/core/ids.ts";
import type { ReceivingAccount } from "../../src/core/vietqr.ts";
import type { Note } from "../../src/usecases/administration/note.ts";
import { noteAct } from "./admin-events.ts";

/** The one that counts now; null where none was entered. */
export async function receivingAccountOf(sql: Sql, agencyId: AgencyId): Promise<ReceivingAccount | null> {
  const [row] = await sql<{ bank_bin: string; account_number: string; holder: string }[]>`
    select bank_bin, account_number, holder from receiving_account
    where agency_id = ${agencyId} order by id desc limit 1`;
  return row === undefined ? null : { bankBin: row.bank_bin, number: row.account_number, holder: row.holder };
}

/** One transaction with the note. */
export async function keepReceivingAccount(sql: Sql, account: ReceivingAccount, note: Note): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into receiving_account (agency_id, bank_bin, account_number, holder, kept_at)
      values (${note.actor.agencyId}, ${account.bankBin}, ${account.number}, ${account.holder}, ${note.at})`;
    await noteAct(tx, note);
  });
}
