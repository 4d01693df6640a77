import type { Certificate } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import type { Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

/** What became of one dossier of many; null: it was not tried, since what met the one before would meet it too. */
export type OneOfMany = { readonly dossierId: DossierId; readonly result: Result<Certificate, Failure> | null };

export type Watch = { readonly told: (one: OneOfMany) => void; readonly isStopping: () => boolean };

/** What meets one of many would meet the next as well. */
export const stopsAll = ({ code }: Failure): boolean => meetsAll.has(code);

/**
 * Of the person, the key or the house, not of the dossier. After a wrong PIN trying on would count every further
 * dossier as a guess and block the key; after an outage it would only wait again.
 */
const meetsAll: ReadonlySet<Failure["code"]> = new Set<Failure["code"]>([
  "wrong_pin",
  "pin_last_try",
  "pin_locked",
  "key_unavailable",
  "key_elsewhere",
  "throttled",
  "no_registered_certificate",
  "mandate_missing",
  "mandate_not_begun",
  "mandate_over",
  "signer_away",
  "certificate_revoked",
  "revocation_unavailable",
  "timestamp_unavailable",
  "no_open_book",
  "clock_behind",
  "several_open_books",
]);

/**
 * Signs, or seals, dossiers one after another under one PIN: each is an act of its own with its own number, and stands
 * whatever becomes of the next. NĐ 45/2020 Art. 10(3); TT 01/2020 Art. 4(1), one number per paper.
 *
 * @param act opens the key anew for each, so no opened key outlives a dossier
 * @param watch told of each, and asked before the next whether the house closes: what is left then is not tried
 */
export async function actOnEach(
  dossierIds: readonly DossierId[],
  act: (id: DossierId) => Promise<Result<Certificate, Failure>>,
  watch: Watch = { told: () => undefined, isStopping: () => false },
): Promise<readonly OneOfMany[]> {
  const results: OneOfMany[] = [];
  let isStopped = false;
  for (const dossierId of new Set(dossierIds)) {
    const result = isStopped || watch.isStopping() ? null : await act(dossierId);
    if (result?.ok === false && stopsAll(result.failure)) isStopped = true;
    results.push({ dossierId, result });
    watch.told({ dossierId, result });
  }
  return results;
}
