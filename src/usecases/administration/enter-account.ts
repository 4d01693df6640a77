import type { Actor } from "../../core/dossier.ts";
import type { Instant } from "../../core/kernel.ts";
import type { ReceivingAccount } from "../../core/vietqr.ts";
import { type Note, noteOf } from "./note.ts";

export type AccountWorld = {
  readonly now: () => Instant;
  /** One transaction with the note. */
  readonly keep: (account: ReceivingAccount, note: Note) => Promise<void>;
};

/** From now on slips print this account. The note says which: a changed account is where fees would be stolen. */
export async function enterAccount(account: ReceivingAccount, actor: Actor, world: AccountWorld): Promise<void> {
  const about = `${account.bankBin} ${account.number}, ${account.holder}`;
  await world.keep(account, noteOf(actor, "receiving_account_entered", about, world.now()));
}
