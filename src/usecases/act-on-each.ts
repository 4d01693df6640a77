import type { Certificate } from "../core/dossier.ts";
import type { DossierId } from "../core/ids.ts";
import type { Result } from "../core/kernel.ts";
import type { Failure } from "./failure.ts";

/** What became of one dossier of many; null: it was not tried, since what met the one before would meet it too. */
export type OneOfMany = { readonly dossierId: DossierId; readonly result: Result<Certificate, Failure> | null };

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
  "several_open_books",
]);

/**
 * Signs, or seals, dossiers one after another under one PIN: each is an act of its own with its own number, and stands
 * whatever becomes of the next. NĐ 45/2020 Art. 10(3); TT 01/2020 Art. 4(1), one number per paper.
 *
 * @param act opens the key anew for each, so no opened key outlives a dossier
 */
export async function actOnEach(
  dossierIds: readonly DossierId[],
  act: (id: DossierId) => Promise<Result<Certificate, Failure>>,
): Promise<readonly OneOfMany[]> {
  const results: OneOfMany[] = [];
  let isStopped = false;
  for (const dossierId of new Set(dossierIds)) {
    const result = isStopped ? null : await act(dossierId);
    if (result?.ok === false && meetsAll.has(result.failure.code)) isStopped = true;
    results.push({ dossierId, result });
  }
  return results;
}
